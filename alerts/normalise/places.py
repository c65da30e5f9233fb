"""Places of work: what location fields say, as city, region and country.

Each string is cut into elements (``placewords``), whose readings the gazetteer knows (``placelookup``); they are gathered into
places (``placegroups``), and of all readings of a place the one is taken in which its parts agree (``placereadings``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from alerts.model.posting import Place
from alerts.model.raw import RawPlace
from alerts.normalise import gazetteer, headline, placehints, text
from alerts.normalise.placegroups import gather, without_districts
from alerts.normalise.placejoint import agree
from alerts.normalise.placelookup import Element
from alerts.normalise.placereadings import is_state, resolve, votes_of
from alerts.normalise.placewords import Item, items

__all__ = ["parse", "read"]

#: ``CH - Shanghai, China``: a code of the company's own before a place.
_PREFIX = re.compile(r"(?:^|[;|\n])\s*([A-Z]{2,3})\s?[-–—:]\s?(?=[^;|\n,]+,)")
#: What fills a field that has nothing to say.
_NOTHING = re.compile(r"n\s?[/.]?\s?a\.?|none|null|tb[ad]|unknown|unspecified|location|\W+", re.IGNORECASE)


def read(raw: tuple[RawPlace, ...], *, title: str = "", country: str | None = None) -> tuple[Place, ...]:
    """All places of a posting, from its location fields, else from its title (``Nurse - Berlin``).

    ``country`` (ISO2) is where an ambiguous place lies that says nothing more.
    """
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for known in [known for place in raw for known in _from_fields(place, country)] or parse(
        headline.place_words(title), country
    ):
        if known.city or known.region or known.country or known.raw:
            found.setdefault((known.city, known.region, known.country) if known.country else (known.raw, None, None), known)
    return tuple(found.values())


@lru_cache(maxsize=8192)
def _from_fields(place: RawPlace, country: str | None) -> tuple[Place, ...]:
    """City, region and country fields say it best; the free text is read where they are silent."""
    stated = ", ".join(part for part in (text.line(place.city), text.line(place.region), _country(place.country)) if part)
    written = text.line(place.text) or ""
    written = "" if _NOTHING.fullmatch(written) else written
    said = parse(written, country) if written else ()
    if not stated:
        return said or ((Place(written[:200]),) if written else ())
    fields = parse(stated, country)
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


def parse(words: str, country: str | None = None) -> tuple[Place, ...]:
    """The places that one location string, or a user's words, speak of (``Toronto, ON; NYC``)."""
    return _parse(words.strip()[:2000], country) if words and words.strip() else ()


@lru_cache(maxsize=8192)
def _parse(words: str, country: str | None) -> tuple[Place, ...]:
    stream = agree(items(words), placehints.read(words), country)
    groups = _without_misnomer(_without_prefixes(gather(stream), words), stream)
    votes = votes_of(groups)
    states = sum(is_state(group) for group in groups)
    only_areas = states >= 2 or (states == 1 and len(groups) > 1 and all(map(_of_land, groups)))
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for group in without_districts(groups, votes):
        place = resolve(group, votes, areas=only_areas)
        if place is not None:
            found.setdefault((place.city, place.region, place.country), place)
    return tuple(found.values())


def _without_prefixes(groups: list[list[Element]], words: str) -> list[list[Element]]:
    """A country's code that starts a place of another, written-out country is the company's code for something else."""
    codes = set(_PREFIX.findall(words))
    kept = []
    for n, group in enumerate(groups):
        after = groups[n + 1] if n + 1 < len(groups) else []
        code = len(group) == 1 and group[0].text in codes and not group[0].cities
        if not (code and after and after[0].cities and any(_written(member) for member in after[1:])):
            kept.append(group)
    return kept


def _of_land(group: list[Element]) -> bool:
    """``New York, USA``: what may be a state, with its country."""
    return len(group) == 2 and bool(group[0].regions) and bool(group[1].countries) and not group[0].code


def _written(element: Element) -> bool:
    return bool(element.countries) and (not element.code or element.text in ("UK", "USA", "UAE"))


def _without_misnomer(groups: list[list[Element]], stream: tuple[Item, ...]) -> list[list[Element]]:
    """``Denver, Canada`` is in Canada, which has no Denver: in fields filled in by hand the country is the surer.

    But ``El Segundo, Canada`` is in California: a feed that spells countries out took its "CA" for one.
    """
    parts = [item for item in stream if not item.element.work]
    if len(groups) != 2 or len(parts) != 2 or parts[1].before != "," or len(groups[0]) + len(groups[1]) != 2:
        return groups
    (town,), (land,) = groups
    if not town.cities or town.regions or town.countries or town.code or not _written(land):
        return groups
    home, country = town.cities[0], land.countries[0]
    if {home.country, country} != {"US", "CA"} or country in {city.country for city in town.cities}:
        return groups
    return [groups[0]] if (home.country, home.region) == ("US", "CA") else [groups[1]]
