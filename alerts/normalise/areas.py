"""An area that a user speaks of: a country, region, city, zone such as the EU, or circle around a city."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from alerts.model.posting import Place
from alerts.normalise import gazetteer, tables
from alerts.normalise.places import parse

_UNIT = r"(?P<unit>km|kms|kilomet\w+|mi|miles?|meilen)"
_SIZE = r"(?P<size>\d+(?:[.,]\d+)?)"
_CIRCLE = (
    re.compile(rf"^(?:within\s+)?{_SIZE}\s*{_UNIT}\b\s*(?:of|from|around|um|von|de|to|near)?\s+(?P<city>.+)$", re.IGNORECASE),
    re.compile(rf"^(?P<city>.+?)\s*(?:±|\+/?-|\+)\s*{_SIZE}\s*{_UNIT}$", re.IGNORECASE),
)
_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Area:
    """``codes`` are ISO2 countries, "US-CA" regions or zone names (EU, EMEA, WORLD …); any of them will do.

    ``centre`` is a city: exactly that one, or everything within ``km`` of it.
    """

    text: str
    codes: tuple[str, ...] = ()
    centre: Place | None = None
    km: float | None = None


@lru_cache(maxsize=1024)
def area(text: str) -> Area | None:
    """The area that a user's location words mean; None where no such place is known.

    Countries, regions and cities as people write them, zones (EU, EMEA, DACH, LATAM, Nordics, Worldwide …),
    ``50 km of Toronto``, ``30 miles from Boston``, ``Toronto ± 50km``.
    """
    words = text.strip()
    for pattern in _CIRCLE:
        if match := pattern.match(words):
            centre = next((place for place in parse(match["city"]) if place.lat is not None), None)
            size = float(match["size"].replace(",", ".")) * (_MILE if match["unit"].lower().startswith("m") else 1)
            return Area(words, centre=centre, km=size) if centre else None
    if code := gazetteer.zones().get(gazetteer.fold(words)):
        return Area(words, (code,))
    found = parse(words)
    if not found or not (found[0].city or found[0].country):
        return None
    place = found[0]
    if place.city:
        return Area(words, centre=place)
    code = f"{place.country}-{place.region}" if place.region else place.country or ""
    return Area(words, (code,))


def within(place: Place, area: Area, home: Place | None = None) -> bool | None:
    """Is the place inside the area? None where that cannot be told."""
    if area.codes:
        answers = [_inside(place, code) for code in area.codes]
        return True if True in answers else None if None in answers else False
    centre = area.centre
    if centre is None:
        return None
    if area.km is not None:
        far = distance_km(place, centre)
        if far is not None:
            return far <= area.km
        return False if place.country and centre.country and not _may_reach(place, centre, area.km) else None
    if place.city is None:
        return _may_hold(place, centre)
    if place.country and place.country != centre.country:
        return False
    if gazetteer.fold(place.city) == gazetteer.fold(centre.city or "") and place.region in (centre.region, None):
        return True
    far = distance_km(place, centre)
    return far is not None and far < 3


def _inside(place: Place, code: str) -> bool | None:
    if code == "WORLD":
        return True
    country, _, region = code.partition("-")
    if place.country is None:
        return None
    if region:
        if place.country != country:
            return False
        return None if place.region is None else gazetteer.fold(place.region) == gazetteer.fold(region)
    return place.country in members(code)


def _may_hold(place: Place, centre: Place) -> bool | None:
    """A place of which only region or country is known may be that city."""
    if place.country is None:
        return None
    if place.country != centre.country or (place.region and centre.region and place.region != centre.region):
        return False
    return None


def _may_reach(place: Place, centre: Place, km: float) -> bool:
    """Without degrees: another country may be within reach only of a circle of some size."""
    return place.country == centre.country or km >= 50


def distance_km(a: Place, b: Place) -> float | None:
    """Kilometres between two places along the earth's surface; None where either has no degrees."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


@cache
def members(code: str) -> frozenset[str]:
    """The countries (ISO2) of a zone; a country is its own only member."""
    table = _zones()
    if code not in table:
        return frozenset({code})
    found: set[str] = set()
    for part in table[code]:
        if part.startswith("continent:"):
            continent = part.removeprefix("continent:")
            found |= {country for country, where in gazetteer.continents().items() if where == continent}
        else:
            found |= members(part)
    return frozenset(found)


@cache
def _zones() -> dict[str, list[str]]:
    zones: dict[str, list[str]] = tables.toml("zones.toml")["zones"]
    return zones
