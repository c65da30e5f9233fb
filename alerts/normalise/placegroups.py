"""Which words of a location make up one place together: a town with its state and country."""

from __future__ import annotations

from dataclasses import replace

from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import City, fold
from alerts.normalise.placelookup import Element
from alerts.normalise.placereadings import best, people, score
from alerts.normalise.placewords import Item


def gather(stream: tuple[Item, ...]) -> list[list[Element]]:
    """Elements that make up one place together."""
    groups: list[list[Element]] = []
    fresh, worked, beside = True, False, False
    for item in stream:
        element = item.element
        if element.work or (element.zone and not (element.cities and groups)):
            fresh, worked = fresh or bool(element.zone), worked or bool(element.work)
            continue
        if worked and groups and element.countries and country_of(groups[-1]) not in (None, element.countries[0]):
            fresh = True
        if (worked or beside) and groups and _elsewhere(groups[-1], element):
            fresh = True
        beside, worked = worked, False
        strong = item.before not in ("", ",")
        if groups and not fresh and not strong and any(fold(member.text) == fold(element.text) for member in groups[-1]):
            groups[-1] = _city_of_state(groups[-1], element)
            continue
        if groups and not fresh and not strong and (better := _without_codes(groups[-1], element)):
            groups[-1] = better
            continue
        if groups and not fresh and not strong and _stray(groups[-1], element, apart=item.before == ","):
            continue
        if groups and not fresh and _belongs(groups[-1], element, strong, item.before):
            groups[-1].append(element)
        elif element.known or not groups or strong or fresh:
            groups.append([element])
        fresh = False
    return [group for group in groups if any(element.known for element in group)]


def _elsewhere(group: list[Element], element: Element) -> bool:
    """``US Remote, Toronto``: behind the work word a great city of another country, not a village of this one."""
    if not element.cities or not all(member.countries and not member.cities for member in group):
        return False
    here = max((city.people for city in element.cities if city.country == group[-1].countries[0]), default=0)
    return people(element) >= 300_000 and here * 50 < people(element)


def _city_of_state(group: list[Element], element: Element) -> list[Element]:
    """``New York, New York``: written twice it is the city, never the state alone."""
    if len(group) != 1 or group[0].code or not (element.cities and element.regions):
        return group
    sure = [replace(element, regions=()), replace(element, cities=())]
    return sure if score(tuple(sure)) is not None else group


def _stray(group: list[Element], element: Element, *, apart: bool) -> bool:
    """``Cincinnati BA - Blue Ash``, ``Bergamo, BG, Italy``, ``Lille, Nord``: a code or region that fits no city before it."""
    if element.cities or not any(member.cities for member in group) or score((*group, element)) is not None:
        return False
    lands = {country for country, _ in element.regions}
    if not element.code:
        # A name of no better known country's region is the city's own province, written without ours knowing it.
        return bool(lands) and not element.countries and not lands & gazetteer.places()["market"].keys()
    if not apart:
        return True
    return (
        len(element.text) == 2 and not lands & {"US", "CA"} and element.text not in ("US", "UK") and people(group[0]) >= 100_000
    )


def _belongs(group: list[Element], element: Element, strong: bool, before: str) -> bool:
    if not element.known:
        # "United States - California - Edwards AFB": the unknown last step of a descent from country to region.
        return not strong and _descent(group)
    if element.broad or any(member.broad for member in group):
        return not strong and not element.cities and not element.broad and score((*group, element)) is not None
    if strong:
        small = element.code or (element.countries and not element.cities)
        lone = len(group) == 1 and bool(group[0].cities or not group[0].known)
        descent = all(member.code for member in group) and before in ("|", ";", "\n")
        if not (descent or (small and lone) or (small and _closes(group, element))):
            return False
    if not any(member.known for member in group):
        return bool(element.regions or element.countries)
    land = country_of(group) if any(member.countries and not member.code for member in group) else None
    if land and element.countries and not (element.regions and (element.code or element.regions[0][0] == land)):
        return element.countries[0] == land
    points = score((*group, element))
    if points is None and score(tuple(group)) is None:
        # The town was a misfit before; its country may still follow its state.
        context = tuple(member for member in group if member.regions or member.countries)
        return not strong and bool(element.countries) and score((*context, element)) is not None
    if points is None:
        return not strong and _misfit(group, element)
    return not _dwarfed(group, element)


def _closes(group: list[Element], element: Element) -> bool:
    """``Aurora ; IL ; US``: the country after its state."""
    if not element.countries or any(element.countries[0] in member.countries for member in group):
        return False
    return any(member.code for member in group) and country_of(group) == element.countries[0]


def _misfit(group: list[Element], element: Element) -> bool:
    """A small town that the gazetteer has elsewhere only (``Marcy, US``; ``Kansas-Stilwell``) is still where it is said to be."""
    names = [member for member in group if member.cities]
    if not names:
        return _descent(group) and not (element.regions or element.countries) and people(element) < 50_000
    if len(group) > 1 or names[0].regions or names[0].countries:
        return False
    first = max(names[0].cities, key=lambda city: city.people)
    lands = {country for country, _ in element.regions}
    if element.cities:
        return element.code and bool(lands) and first.people < 100_000
    return first.people < 100_000 or (element.code and bool(lands & {first.country, "US", "CA"}))


def _descent(group: list[Element]) -> bool:
    """Only a region, with or without its country."""
    areas = all((member.regions or member.countries) and (member.regions or not member.cities) for member in group)
    return areas and any(member.regions for member in group)


def _dwarfed(group: list[Element], element: Element) -> bool:
    """``Cleveland, New York`` are two cities although a village of that name lies in that state."""
    if element.code or people(element) < 300_000:
        return False
    names = [member for member in group if member.cities and not (member.regions or member.countries)]
    if not names:
        return False
    most = people(names[0])
    top = best((*group, element), {})
    return top is not None and top[1] is not None and top[1].people * 50 < most


def _without_codes(group: list[Element], element: Element) -> list[Element] | None:
    """``Cuneo, CN, Italy``: a code that fits no better than China is the province's, and goes."""
    if not element.countries or score((*group, element)) is not None:
        return None
    if any(country == element.countries[0] for member in group if member.code for country, _ in member.regions):
        return None
    rest = [member for member in group if not member.code]
    if not rest or len(rest) == len(group) or not any(member.cities for member in rest):
        return None
    top = best((*rest, element), {})
    return [*rest, element] if top and top[1] and top[1].country == element.countries[0] else None


def country_of(group: list[Element]) -> str | None:
    """The country of the group's best reading."""
    top = best(tuple(group), {})
    return None if top is None else top[1].country if top[1] else top[3]


def without_districts(groups: list[list[Element]], votes: dict[str, float]) -> list[list[Element]]:
    """``Sant Cugat, Barcelona, Spain`` is one place: the middle name is the county or province."""
    kept: list[list[Element]] = []
    for group in groups:
        last = kept[-1] if kept else None
        if (
            last
            and len(last) == 1
            and len(group) >= 2
            and last[0].cities
            and not last[0].code
            and group[0].cities
            and group[-1].countries
        ):
            land = group[-1].countries[0]
            a = next((city for city in last[0].cities if city.country == land), None)
            b = next((city for city in group[0].cities if city.country == land), None)
            if (
                a
                and land not in ("CA",)
                and (
                    b is None
                    or b.people < 20_000
                    or (b.people < 60_000 and b.people * 1.5 < a.people)
                    or (_near(a, b) and b.people > a.people and land != "US")
                )
            ):
                kept[-1] = [last[0], group[-1]]
                continue
        kept.append(group)
    return kept


def _near(a: City, b: City) -> bool:
    return abs(a.lat - b.lat) < 0.8 and abs(a.lon - b.lon) < 1.2
