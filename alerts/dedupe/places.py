"""Do two postings speak of the same places? Wording differs in most true duplicates; disjoint cities mean different."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from alerts.model.posting import Place
from alerts.normalise import gazetteer

#: (city, region, country), folded; any may be "".
Spot = tuple[str, str, str]
Relation = Literal["equal", "overlap", "near", "namesake", "inside region", "inside country", "unsaid", "elsewhere", "abroad"]

#: Cities nearer than this are often one office ("Foster City" and "San Mateo").
NEAR_KM = 30.0


def fold(places: Iterable[Place]) -> tuple[Spot, ...]:
    """The places for comparison; one that could not be read stands with its words in the city's stead."""
    spots = [
        (gazetteer.fold(place.city or ""), (place.region or "").casefold(), (place.country or "").casefold())
        if place.city or place.region or place.country
        else (_words(place.raw), "", "")
        for place in places
    ]
    said = {spot for spot in spots if any(spot)}
    return tuple(sorted(spot for spot in said if spot[0] or not any(other[0] and _holds(spot, other) for other in said)))


def _words(raw: str) -> str:
    words = gazetteer.fold(raw)
    return "" if _nowhere() & set(words.split()) else words


@lru_cache(maxsize=8192)
def compare(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> Relation:
    """How the places of two postings lie to each other; the same for (b, a).

    equal: the same cities. overlap: some in common. near: neighbouring cities. inside: one says it more broadly.
    namesake: a city of one name, read as another region's. unsaid: one says nothing.
    elsewhere: other cities of one country. abroad: other countries.
    """
    if not a or not b:
        return "unsaid"
    cities_a, cities_b = [s for s in a if s[0]], [s for s in b if s[0]]
    if cities_a and cities_b:
        met_a = sum(any(_same_city(x, y) for y in cities_b) for x in cities_a)
        met_b = sum(any(_same_city(x, y) for x in cities_a) for y in cities_b)
        if met_a == len(cities_a) and met_b == len(cities_b):
            return "equal"
        if met_a or met_b:
            return "overlap"
        if any(_near(x, y) for x in cities_a for y in cities_b):
            return "near"
        if {x[0] for x in cities_a} & {y[0] for y in cities_b}:
            return "namesake"
    elif set(a) == set(b):
        return "equal"
    held = [broad for x in a for y in b for broad in (_holds(x, y) and x, _holds(y, x) and y) if broad]
    if held:
        return "inside region" if any(spot[1] for spot in held) else "inside country"
    lands_a, lands_b = {s[2] for s in a if s[2]}, {s[2] for s in b if s[2]}
    return "abroad" if lands_a and lands_b and not lands_a & lands_b else "elsewhere"


def _same_city(x: Spot, y: Spot) -> bool:
    """One name, and nothing else said of it disagrees."""
    return x[0] == y[0] and (not x[1] or not y[1] or x[1] == y[1]) and (not x[2] or not y[2] or x[2] == y[2])


def _holds(broad: Spot, narrow: Spot) -> bool:
    """Is ``broad`` the region or country, named alone, of ``narrow``?"""
    if broad[0] or broad[2] != narrow[2]:
        return False
    return not broad[1] or broad[1] == narrow[1]


def _near(x: Spot, y: Spot) -> bool:
    if x[2] != y[2]:
        return False
    one, two = _where(x), _where(y)
    if one is None or two is None:
        return False
    east = (two[1] - one[1]) * math.cos(math.radians((one[0] + two[0]) / 2))
    return math.hypot(two[0] - one[0], east) * 111.2 <= NEAR_KM


@lru_cache(maxsize=8192)
def _where(spot: Spot) -> tuple[float, float] | None:
    """Degrees of the largest city of that name, region and country."""
    known = gazetteer.cities(spot[0]) if spot[2] else ()
    fitting = (c for c in known if c.country.casefold() == spot[2] and (not spot[1] or c.region.casefold() == spot[1]))
    return next(((city.lat, city.lon) for city in fitting), None)


@cache
def _nowhere() -> frozenset[str]:
    return frozenset(tomllib.loads((files("alerts.dedupe") / "places.toml").read_text(encoding="utf-8"))["nowhere"])
