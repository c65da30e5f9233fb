"""Tables: the files of ``data/``, read when they are first asked for."""

from __future__ import annotations

from typing import Any


def toml(name: str) -> dict[str, Any]:
    """A file of tables."""
    import tomllib

    return tomllib.loads(_read(name))


def rows(name: str) -> list[str]:
    """The lines of a file of tab-separated values, without its heading."""
    return _read(name).splitlines()[1:]


def _read(name: str) -> str:
    from importlib.resources import files

    return files("alerts.normalise").joinpath("data", name).read_text(encoding="utf-8")
