"""All elements of one place are chosen together: the county or postcode that holds a town settles which it is.

``Guildford, Surrey`` is in England although a Surrey in Canada is larger; ``Brest - 29`` is in France. Only where such a
witness stands beside a name is anything decided here; all else is left to ``placegroups``.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby

from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import City
from alerts.normalise.placehints import Hint
from alerts.normalise.placelookup import Element
from alerts.normalise.placewords import Item

#: Points of what a name is in a country; a city's grow with its people.
_COUNTRY, _REGION, _COUNTY, _CITY, _CODE = 9.0, 4.2, 3.9, 2.6, 3.0
#: What is held by another, and what two names are that neither holds.
_HELD, _APART = 1.0, -2.0
#: The winner's lead over the second.
_LEAD = 0.5
#: A town of the default country may be so many times smaller than one of that name elsewhere.
_SMALLER = 50
#: A town of fewer people may share its name with one that the gazetteer lacks.
_SMALL = 50_000
#: No county of the default country is meant by the name of a city of so many.
_WORLD_CITY = 1_000_000


def agree(stream: tuple[Item, ...], hints: tuple[Hint, ...], home: str | None) -> tuple[Item, ...]:
    """The stream with the readings that its parts agree in; ``home`` is the country of what stays ambiguous."""
    chunks = [list(chunk) for _, chunk in groupby(stream, key=lambda item: item.chunk)] or [[]]
    settled = [_settled(chunk, hints if len(chunks) == 1 else (), home) for chunk in chunks]
    return tuple(item for chunk in settled for item in chunk)


def _settled(chunk: list[Item], hints: tuple[Hint, ...], home: str | None) -> list[Item]:
    parts = [item.element for item in chunk if _names(item.element)]
    if not parts:
        return _unnamed(chunk, hints)
    if any(part.counties for part in parts) or hints or _code_of_province(parts):
        if country := _country(parts, hints):
            return _narrowed(chunk, parts, country, hints)
    elif len(parts) == 2 and (near := _suburb(*parts)):
        return [replace(item, element=near) if item.element is parts[0] else item for item in chunk]
    return _at_home(chunk, parts, home) if home else chunk


def _names(element: Element) -> bool:
    return bool(element.cities or element.regions or element.countries or element.counties) and not element.work


def _unnamed(chunk: list[Item], hints: tuple[Hint, ...]) -> list[Item]:
    """An address none of whose names is known: its department or the words of its streets still tell the country."""
    hint = next((hint for hint in hints if hint.sure or hint.region), None)
    names = [item for item in chunk if not item.element.work]
    if hint is None or not (names or hint.sure) or any(item.element.zone or item.element.broad for item in chunk):
        return chunk
    if hint.sure:
        return [*(item for item in chunk if item.element.work), Item(",", Element("", countries=(hint.country,)), 0)]
    return [*chunk, Item(",", Element("", regions=((hint.country, hint.region),)), chunk[-1].chunk)] if len(names) == 1 else chunk


def _code_of_province(parts: list[Element]) -> bool:
    return len(parts) == 2 and parts[1].code and parts[1].text in gazetteer.province_codes()


def _country(parts: list[Element], hints: tuple[Hint, ...]) -> str | None:
    """The country in which all parts have a reading, one of which holds another; None where two do as well."""
    lands = {land for part in parts for land in _lands(part)}
    ranked = []
    for land in lands:
        values = [_value(part, land) for part in parts]
        if None not in values:
            held = _held(parts, land, hints)
            ranked.append((sum(value for value in values if value) + (_HELD if held else _APART), held, land))
    ranked.sort(reverse=True)
    if not ranked:
        return _county_of_unknown(parts)
    if not ranked[0][1] or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD):
        return None
    return ranked[0][2]


def _county_of_unknown(parts: list[Element]) -> str | None:
    """A small town that is known elsewhere only is still in the county that stands behind it."""
    lands = {land for land, _ in parts[-1].counties}
    small = all(city.people < _SMALL for city in parts[0].cities) and not _spoken(parts[0])
    return lands.pop() if len(parts) == 2 and len(lands) == 1 and small and not parts[1].countries else None


def _lands(part: Element) -> set[str]:
    lands = {city.country for city in part.cities} | set(part.countries)
    lands |= {land for land, _ in (*part.regions, *part.counties)}
    return lands | {gazetteer.province_codes()[part.text][0]} if part.code and part.text in gazetteer.province_codes() else lands


def _value(part: Element, land: str) -> float | None:
    values = [_CITY + 0.75 * max(-1.2, math.log10(max(city.people, 500) / 20_000)) for city in _cities(part, land)]
    if land in part.countries:
        values.append(_CODE - 0.5 if part.code and part.text not in ("UK", "USA", "UAE") else _COUNTRY)
    values += [_REGION for country, _ in part.regions if country == land]
    values += [_COUNTY for country, _ in part.counties if country == land]
    if part.code and gazetteer.province_codes().get(part.text, ("",))[0] == land:
        values.append(_CODE)
    return max(values, default=None)


def _cities(part: Element, land: str) -> list[City]:
    return [city for city in part.cities if city.country == land]


def _holders(part: Element, land: str) -> list[str]:
    """The regions that hold what a county, region or code of that country holds; "" for any of them."""
    found = [region for country, region in (*part.counties, *part.regions) if country == land]
    code = gazetteer.province_codes().get(part.text) if part.code else None
    return [*found, code[1]] if code and code[0] == land else found


def _held(parts: list[Element], land: str, hints: tuple[Hint, ...]) -> bool:
    """Does a county, region, code or postcode hold a town or county that is named beside it?"""
    said = [hint for hint in hints if hint.country == land]
    if any(_within(part, land, hint.region) for part in parts for hint in said):
        return True
    if any(land in part.countries for part in parts) and any(_holders(part, land) for part in parts):
        return True
    pairs = [(part, other) for part in parts for other in parts if part is not other]
    if any(_within(part, land, region) for part, other in pairs for region in _holders(other, land)):
        return True
    return len(parts) == 1 and not parts[0].cities and bool(_holders(parts[0], land))


def _within(part: Element, land: str, region: str) -> bool:
    return any(not region or city.region in ("", region) for city in _cities(part, land)) or any(
        not (region and own) or own == region for own in _holders(part, land)
    )


def _narrowed(chunk: list[Item], parts: list[Element], land: str, hints: tuple[Hint, ...]) -> list[Item]:
    """Readings of that country alone; a county goes where the town that it holds is named."""
    regions = {region for part in parts for region in _holders(part, land) if region}
    regions |= {hint.region for hint in hints if hint.country == land and hint.region}
    town = next((part for part in parts if _towns(part, land, regions) and not part.regions), None)
    kept = []
    for item in chunk:
        element = item.element
        if not _names(element):
            kept.append(item)
            continue
        holder = bool(_holders(element, land)) and (element.counties or element.code) and not _is_region(element, land)
        if not (holder and town is not None and town is not element):
            kept.append(replace(item, element=_only(element, land, regions, county=bool(holder) and town is not element)))
    return kept


def _is_region(element: Element, land: str) -> bool:
    """A region of the first level, such as a state: it says more than its country."""
    own = {pair for pair in element.regions if pair[0] == land}
    return bool(own - set(element.counties)) or land in element.countries


def _towns(part: Element, land: str, regions: set[str]) -> list[City]:
    cities = _cities(part, land)
    return [city for city in cities if not regions or city.region in regions] or cities


def _only(element: Element, land: str, regions: set[str], *, county: bool) -> Element:
    own = tuple(pair for pair in element.regions if pair[0] == land)
    if element.broad:
        return element
    if county:
        pair = next((pair for pair in (*element.counties, *element.regions) if pair[0] == land), (land, ""))
        return Element(element.text, regions=(pair,)) if pair[1] else Element(element.text, broad=pair)
    cities = tuple(_towns(element, land, regions))
    countries = tuple(country for country in element.countries if country == land)
    return replace(element, cities=cities, regions=own, countries=countries, counties=())


def _suburb(part: Element, beside: Element) -> Element | None:
    """``Hampstead, Montréal``: the small place of that name that lies at the city, not a larger one elsewhere."""
    if not (part.cities and beside.cities) or part.regions or part.countries or beside.regions or beside.countries:
        return None
    city = max(beside.cities, key=lambda city: city.people)
    near = [own for own in _cities(part, city.country) if own.people <= city.people and _at(own, city)]
    return replace(part, cities=tuple(near)) if near and part.cities[0].country != city.country else None


def _at(own: City, city: City) -> bool:
    return abs(own.lat - city.lat) < 0.3 and abs(own.lon - city.lon) * math.cos(math.radians(city.lat)) < 0.3


def _at_home(chunk: list[Item], parts: list[Element], home: str) -> list[Item]:
    """What is ambiguous is in the default country, unless something beside it says another."""
    lands = {id(part): _lands(part) | ({home} if _claimed(part, home) else set()) for part in parts}
    if any(_spoken(part) and home not in lands[id(part)] for part in parts):
        return chunk
    names = {part for part, own in lands.items() if home in own}
    return [replace(item, element=_homely(item.element, home)) if id(item.element) in names else item for item in chunk]


def _spoken(part: Element) -> set[str]:
    """The countries of which a part names the whole or a region."""
    return {*part.countries, *(land for land, _ in part.regions)}


def _homely(element: Element, home: str) -> Element:
    largest = max((city.people for city in element.cities), default=0)
    cities = tuple(city for city in _cities(element, home) if city.people * _SMALLER >= largest) or _claimed(element, home)
    regions = tuple(pair for pair in (*element.regions, *element.counties) if pair[0] == home and pair[1])
    countries = tuple(country for country in element.countries if country == home)
    if cities or countries or (regions and largest < _WORLD_CITY):
        return replace(element, cities=cities, regions=regions if not cities else (), countries=countries, counties=())
    return element


def _claimed(element: Element, home: str) -> tuple[City, ...]:
    """Towns of a disputed region, as in the default country: the user's word settles what no table can."""
    claims = gazetteer.places()["claims"].get(home, ())
    return tuple(replace(city, country=home) for city in element.cities if f"{city.country}|{city.region}" in claims)
