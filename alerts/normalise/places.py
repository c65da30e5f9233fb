"""Places of work: what location fields say, as city, region and country.

Each string is cut into elements (``placewords``), whose readings the gazetteer knows (``placelookup``); they are gathered into
places (``placegroups``), and of all readings of a place the one is taken in which its parts agree (``placereadings``).
"""

from __future__ import annotations

from functools import lru_cache

from alerts.model import Place, RawPlace
from alerts.normalise import gazetteer, headline, text
from alerts.normalise.areas import Area, area, distance_km, within
from alerts.normalise.placegroups import gather, without_districts
from alerts.normalise.placereadings import is_state, resolve, votes_of
from alerts.normalise.placewords import items

__all__ = ["Area", "area", "distance_km", "parse", "read", "within"]


def read(raw: tuple[RawPlace, ...], *, title: str = "") -> tuple[Place, ...]:
    """All places of a posting, from its location fields, else from its title (``Nurse - Berlin``)."""
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for known in [known for place in raw for known in _from_fields(place)] or parse(headline.place_words(title)):
        if known.city or known.region or known.country or known.raw:
            found.setdefault((known.city, known.region, known.country) if known.country else (known.raw, None, None), known)
    return tuple(found.values())


@lru_cache(maxsize=8192)
def _from_fields(place: RawPlace) -> tuple[Place, ...]:
    """City, region and country fields say it best; the free text is read where they are silent."""
    stated = ", ".join(part for part in (text.line(place.city), text.line(place.region), _country(place.country)) if part)
    written = text.line(place.text) or ""
    said = parse(written) if written else ()
    if not stated:
        return said or ((Place(written[:200]),) if written else ())
    fields = parse(stated)
    if place.city and not any(known.city for known in fields) and any(known.city for known in said):
        return said
    if len(said) > len(fields) and all(known.country for known in said):
        return said
    if not any(known.city for known in fields) and any(known.city and _agree(known, fields) for known in said):
        return said
    return (
        tuple(Place(written or known.raw, known.city, known.region, known.country, known.lat, known.lon) for known in fields)
        or said
    )


def _country(stated: str | None) -> str | None:
    """A code in a country field is a country's (``IL`` is Israel there, and Illinois elsewhere)."""
    country = text.line(stated)
    code = gazetteer.country_codes().get(country.upper()) if country and len(country) <= 3 else None
    return gazetteer.country_name(code) if code else country


def _agree(place: Place, others: tuple[Place, ...]) -> bool:
    return any(place.country == other.country or other.country is None for other in others)


def parse(words: str) -> tuple[Place, ...]:
    """The places that one location string, or a user's words, speak of (``Toronto, ON; NYC``)."""
    return _parse(words.strip()[:2000]) if words and words.strip() else ()


@lru_cache(maxsize=8192)
def _parse(words: str) -> tuple[Place, ...]:
    groups = gather(items(words))
    votes = votes_of(groups)
    only_areas = sum(is_state(group) for group in groups) >= 2
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for group in without_districts(groups, votes):
        place = resolve(group, votes, areas=only_areas)
        if place is not None:
            found.setdefault((place.city, place.region, place.country), place)
    return tuple(found.values())
