"""Where a remote job may be done, and whether that includes where one is."""

from __future__ import annotations

from alerts.model import Evidence, Place, RawPlace
from alerts.normalise.areas import Area


def read(
    areas: tuple[str, ...], raw: tuple[RawPlace, ...], places: tuple[Place, ...], title: str, text: str, work: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], Evidence | None]:
    """(scope, excluded, why) of a remote job; empty where it is not said or the job is not remote."""
    return (), (), None


def scope_allows(scope: tuple[str, ...], excluded: tuple[str, ...], area: Area) -> bool | None:
    """Can I do this remote job from there? None where nothing is said."""
    return None
