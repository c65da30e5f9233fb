"""Find the file that answers to a kind: the folder is the registry, entry points add those of third parties."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
from functools import cache
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
        near = difflib.get_close_matches(kind, kinds(family), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownKind(f"unknown kind of {family[:-1]} {kind!r}.{hint} Known: {', '.join(kinds(family))}")
    # Ours first: an installed package may add a kind, never replace one.
    ours = importlib.util.find_spec(f"alerts.{family}.{kind}")
    return importlib.import_module(f"alerts.{family}.{kind}" if ours else _entry_points(family)[kind])


def _entry_points(family: Family) -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=f"job_alerts.{family}")}
