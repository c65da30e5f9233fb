"""Find the file that answers to a kind: the folder is the registry, entry points add those of third parties."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
import tomllib
from functools import cache
from importlib import resources
from importlib.metadata import entry_points
from types import ModuleType
from typing import Literal

from alerts.model.errors import UnknownKind

Family = Literal["sources", "channels"]


@cache
def kinds(family: Family) -> tuple[str, ...]:
    """All kinds of a family, sorted: our files not starting with ``_``, and installed entry points."""
    folder = importlib.import_module(f"alerts.{family}")
    ours = {module.name for module in pkgutil.iter_modules(folder.__path__) if not module.name.startswith("_")}
    return tuple(sorted(ours | set(_entry_points(family))))


@cache
def load(family: Family, kind: str) -> ModuleType:
    """The module that answers to ``kind``; raises UnknownKind, naming the nearest and all known kinds."""
    if kind not in kinds(family):
        if said := _served_by(family, kind):
            raise UnknownKind(f"there is no kind of {family[:-1]} {kind!r}: {said}")
        near = difflib.get_close_matches(kind, kinds(family), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownKind(f"unknown kind of {family[:-1]} {kind!r}.{hint} Known: {', '.join(kinds(family))}")
    # Ours first: an installed package may add a kind, never replace one.
    ours = importlib.util.find_spec(f"alerts.{family}.{kind}")
    return importlib.import_module(f"alerts.{family}.{kind}" if ours else _entry_points(family)[kind])


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


def _entry_points(family: Family) -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=f"job_alerts.{family}")}
