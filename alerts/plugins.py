"""Find the file that answers to a kind: the folder is the registry, entry points add those of third parties."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import tomllib
from functools import cache
from importlib import resources
from types import ModuleType
from typing import Literal

from alerts.model.errors import UnknownKind

Family = Literal["sources", "channels"]


@cache
def kinds(family: Family) -> tuple[str, ...]:
    """All kinds of a family, sorted: our files not starting with ``_``, and installed entry points."""
    return tuple(sorted(_ours(family) | set(_entry_points(family))))


@cache
def load(family: Family, kind: str) -> ModuleType:
    """The module that answers to ``kind``; raises UnknownKind, naming the nearest and all known kinds."""
    # Ours first: an installed package may add a kind, never replace one. To look through all that is installed takes long.
    if kind in _ours(family):
        return importlib.import_module(f"alerts.{family}.{kind}")
    if kind in (others := _entry_points(family)):
        return importlib.import_module(others[kind])
    if said := _served_by(family, kind):
        raise UnknownKind(f"there is no kind of {family[:-1]} {kind!r}: {said}")
    near = difflib.get_close_matches(kind, kinds(family), 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UnknownKind(f"unknown kind of {family[:-1]} {kind!r}.{hint} Known: {', '.join(kinds(family))}")


def served_elsewhere(name: str) -> str | None:
    """What a word means that is no kind itself, of channels or of sources."""
    return _served_by("channels", name) or _served_by("sources", name)


def _served_by(family: Family, name: str) -> str | None:
    """What serves a name that people try as a kind: "Telegram is served by kind = "apprise""; None where nothing is known."""
    table = tomllib.loads(resources.files("alerts").joinpath("elsewhere.toml").read_text("utf-8"))
    known = table[family].get(name.casefold())
    if known is None:
        return None
    there = next((kind for kind in known["kinds"] if kind in kinds(family) and kind != name), None)
    return str(known["say"].replace("{kind}", there)) if there else known.get("otherwise")


@cache
def _ours(family: Family) -> frozenset[str]:
    folder = importlib.import_module(f"alerts.{family}")
    return frozenset(module.name for module in pkgutil.iter_modules(folder.__path__) if not module.name.startswith("_"))


def _entry_points(family: Family) -> dict[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=f"job_alerts.{family}")}
