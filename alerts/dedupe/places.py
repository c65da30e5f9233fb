"""Do two postings speak of the same places? Wording differs in most true duplicates; disjoint cities mean different."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from alerts.model import Place

#: (city, region, country), folded; any may be "".
Spot = tuple[str, str, str]
Relation = Literal["equal", "overlap", "inside", "unsaid", "elsewhere", "abroad"]

_SEVERAL = re.compile(r"\s*(?:;|\||/|\b[Oo]r\b|\b[Aa]nd\b|&|\n|•)\s*")
_WORD = re.compile(r"[^\W_]+")


def fold(places: Iterable[Place]) -> tuple[Spot, ...]:
    """The places for comparison; what normalising could not read is read roughly from its words."""
    spots: dict[Spot, None] = {}
    for place in places:
        if place.city or place.region or place.country:
            spots[(_city(place.city or ""), _plain(place.region or ""), (place.country or "").lower())] = None
        else:
            spots.update(dict.fromkeys(_rough(place.raw)))
    return tuple(spot for spot in spots if any(spot))


@lru_cache(maxsize=8192)
def compare(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> Relation:
    """equal: the same cities. overlap: some in common. inside: one says it more broadly (country, region, nothing more).

    unsaid: one says nothing. elsewhere: other cities of one country. abroad: other countries.
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
    if _inside(a, b):
        return "inside"
    countries_a, countries_b = {s[2] for s in a if s[2]}, {s[2] for s in b if s[2]}
    return "abroad" if countries_a and countries_b and not countries_a & countries_b else "elsewhere"


def _same_city(x: Spot, y: Spot) -> bool:
    if (x[2] and y[2] and x[2] != y[2]) or (x[1] and y[1] and x[1] != y[1] and x[0] != y[0]):
        return False
    if x[0] == y[0]:
        return not (x[1] and y[1] and x[1] != y[1] and len(x[1]) == len(y[1]))
    one, two = set(x[0].split()), set(y[0].split())
    return one <= two or two <= one


def _inside(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> bool:
    """Does a place without a city hold a place of the other side?"""
    for broad, narrow in ((a, b), (b, a)):
        for spot in broad:
            if not spot[0] and any(_holds(spot, other) for other in narrow):
                return True
    return False


def _holds(broad: Spot, narrow: Spot) -> bool:
    if broad[1]:
        return narrow[1] == broad[1] or (not narrow[1] and not narrow[2])
    return not narrow[2] or narrow[2] == broad[2]


@lru_cache(maxsize=8192)
def _rough(raw: str) -> tuple[Spot, ...]:
    """``Remote - USA; Austin, TX`` → ``("", "", "us"), ("austin", "tx", "us")``; places by their words alone."""
    return tuple(dict.fromkeys(spot for part in _SEVERAL.split(raw) for spot in _spots(part) if any(spot)))


def _spots(part: str) -> list[Spot]:
    """The places of a part without separators; a list of "City, ST, City, ST" is several."""
    spots: list[Spot] = []
    city, region, country = "", "", ""
    for piece in re.split(r"\s*[,()\[\]]\s*|\s+-+\s+|-(?=[A-Z]{2})", part):
        name, state, land = _piece(piece, first=not (city or region))
        if name and (region or country) and city:
            spots.append((city, region, country))
            city, region, country = "", "", ""
        elif name and city:
            name = city if len(city) > 2 else name
        city, region, country = name or city, state or region, land or country
    spots.append((city, region, country))
    lands = {spot[2] for spot in spots if spot[2]}
    return [(c, r, n or (next(iter(lands)) if len(lands) == 1 else "")) for c, r, n in spots]


def _piece(piece: str, *, first: bool) -> Spot:
    """One piece between commas: words of country and region are taken out, the rest is the city."""
    written = _WORD.findall(piece)
    words = [_plain(word) for word in written]
    city: list[str] = []
    region = country = ""
    at = 0
    while at < len(words):
        size, kind, value = _phrase(words, written, at)
        if kind == "country":
            country = value
        elif kind == "region":
            region, country = value.split()
        elif kind == "city":
            city.append(value)
        at += size
    if region and not city and first and words == region.split():
        region = ""
    return _city(" ".join(city)), region, country


def _phrase(words: list[str], written: list[str], at: int) -> tuple[int, str, str]:
    """How many words from here on make one thing, which kind it is, and its code; a short code only in capitals."""
    table = _codes()
    for size in (3, 2, 1):
        phrase = " ".join(words[at : at + size])
        if at + size > len(words) or (len(phrase) < 4 and not written[at].isupper()):
            continue
        if phrase in table["cities"] and len(phrase) > 2:
            return size, "city", table["cities"][phrase]
        if phrase in table["regions"] and not (phrase in table["countries"] and at == 0):
            return size, "region", " ".join(table["regions"][phrase])
        if phrase in table["countries"]:
            return size, "country", table["countries"][phrase]
    word = words[at]
    return 1, "" if word in table["empty"] or word.isdigit() else "city", word


def _city(name: str) -> str:
    plain = _plain(name)
    cities: dict[str, str] = _codes()["cities"]
    return cities.get(plain) or cities.get(plain.removesuffix(" city"), plain.removesuffix(" city"))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(c for c in text if not unicodedata.combining(c))))


@cache
def _codes() -> dict[str, Any]:
    table = tomllib.loads((files("alerts.dedupe") / "places.toml").read_text(encoding="utf-8"))
    countries = {name: code for code, names in table["countries"].items() for name in names}
    regions: dict[str, tuple[str, str]] = {}
    for country, states in table["regions"].items():
        for code, name in states.items():
            regions.setdefault(code, (code, country))
            regions[name] = (code, country)
    empty = frozenset(table["words"]["empty"]) | frozenset(table["words"]["remote"])
    return {"countries": countries, "regions": regions, "cities": table["cities"], "empty": empty}
