"""The best reading of a place's words: city, region and country agree; people settle the rest."""

from __future__ import annotations

import math
import re
from itertools import product

from alerts.model.posting import Place
from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import City, fold
from alerts.normalise.placelookup import Element

#: Countries whose regions are written alone ("Ontario", "Texas").
_STATES = frozenset({"US", "CA", "AU"})
_CITY_FIRST = frozenset({"new york", "washington", "la", "dc"})
_BOTH = frozenset({"SG", "HK", "MO"})

#: (kind, cities, region, country, how likely)
_Reading = tuple[str, tuple[City, ...], str, str, float]
#: (points, city, region, country)
Best = tuple[float, City | None, str, str]


def resolve(group: list[Element], votes: dict[str, float], *, areas: bool = False) -> Place | None:
    """The best reading of one group as a place; None where nothing in it is known."""
    raw = ", ".join(element.text for element in group)
    top = best(tuple(group), votes, areas=areas)
    if top is None:
        top = _loosely(group, votes)
    if top is None:
        return None
    _, city, region, country = top
    if city:
        # Small places bear the region that was written, others their own.
        within = None if city.country in _BOTH else city.region or region or None
        return Place(raw, city.name, within, city.country, city.lat, city.lon)
    name = next((element.text for element in group if not element.known), None)
    if name is None and len(group) > 1:
        name = next((element.text for element in group if element.cities and not element.regions and not element.countries), None)
    return Place(raw, _cased(name) if name else None, region or None, country or None)


def _loosely(group: list[Element], votes: dict[str, float]) -> Best | None:
    """City and code disagree: a large city keeps its own region, a small one is as it was written."""
    head = next((element for element in group if element.cities), None)
    if head is None:
        return None
    # The town, its readings forgotten, still says that a code behind it is a state's.
    context = best((Element(head.text), *(element for element in group if element is not head)), votes, areas=True)
    if context is None:
        return best((head,), votes)
    _, _, region, country = context
    city = next((city for city in head.cities if city.country == country and city.people >= 40_000), None)
    return (0.0, city, city.region, city.country) if city else (0.0, None, region, country)


def score(group: tuple[Element, ...]) -> float | None:
    """Points of the best reading; None where the elements do not agree in any."""
    top = best(group, {})
    return top[0] if top else None


def best(group: tuple[Element, ...], votes: dict[str, float], *, areas: bool = False) -> Best | None:
    """(points, city, region, country) of the best reading in which all elements agree."""
    known = [element for element in group if element.known]
    if len(known) == 1:
        return _alone(known[0], votes, areas=areas, named=len(group) > 1)
    top: Best | None = None
    for readings in product(*(_readings(element, areas) for element in known[:5])):
        found = _agreeing(readings, votes)
        if found and (top is None or found[0] > top[0]):
            top = found
    return top


def _readings(element: Element, areas: bool) -> list[_Reading]:
    """(kind, cities, region, country, how likely) of every reading."""
    found: list[_Reading] = []
    # "Oklahoma" is no short name of Oklahoma City.
    names = {pair for pair in element.regions if pair[0] in _STATES}
    cities = tuple(city for city in element.cities if not (city.alias and (city.country, city.region) in names))
    if cities:
        state = any(country in _STATES for country, _ in element.regions) and not element.code
        shy = (state and people(element) < 1_000_000) or bool(element.code and element.regions)
        shy = shy and fold(element.text) not in _CITY_FIRST
        foreign = bool(element.countries) and not element.code and cities[0].country not in element.countries
        if not (areas and (state or (element.code and element.regions))):
            found.append(("city", cities, "", "", -12.0 if shy and element.code else -8.0 if shy or foreign else 0.0))
    if element.broad:
        found.append(("region" if element.broad[1] else "country", (), element.broad[1], element.broad[0], 1.0))
    for country, region in element.regions:
        likely = 1.5 if not element.code else 1.2 if country == "US" else 1.0 if country == "CA" else 0.2
        found.append(("region", (), region, country, likely))
    found.extend(
        ("country", (), "", country, 0.6 if element.code and len(element.text) == 2 else 1.6) for country in element.countries
    )
    return found


def _agreeing(readings: tuple[_Reading, ...], votes: dict[str, float]) -> Best | None:
    names = [cities for kind, cities, *_ in readings if kind == "city"]
    lands = {country for _, _, _, country, _ in readings if country}
    regions = {region for _, _, region, _, _ in readings if region}
    if len(names) > 1 or len(lands) > 1 or len(regions) > 1:
        return None
    points = sum(likely for *_, likely in readings)
    land, region = next(iter(lands), ""), next(iter(regions), "")
    if not names:
        return points + votes.get(land, 0), None, region, land
    top: Best | None = None
    for city in names[0]:
        if (land and city.country != land) or (region and city.region and city.region != region):
            continue
        weight = points + 4 + _weight(city, votes)
        if top is None or weight > top[0]:
            top = weight, city, region, city.country
    return top


def _weight(city: City, votes: dict[str, float]) -> float:
    market: float = gazetteer.places()["market"].get(city.country, 0.0)
    return math.log10(city.people + 10) - (0.8 if city.alias else 0) + votes.get(city.country, 0) + market


def _alone(element: Element, votes: dict[str, float], *, areas: bool, named: bool) -> Best | None:
    """One element without context: a country before a small city, a state before a town, else the city."""
    city = max(element.cities, key=lambda city: _weight(city, votes), default=None)
    if element.broad:
        return 1.0, None, element.broad[1], element.broad[0]
    if named and (element.regions or element.countries):
        city = None
    if city and _city_wins(element, city, votes, areas):
        return 4 + _weight(city, votes), city, city.region, city.country
    if element.regions and not (element.countries and _country_wins(element, votes, named=named)):
        country, region = max(element.regions, key=lambda pair: votes.get(pair[0], 0))
        return 1.0, None, region, country
    if element.countries:
        return 1.0, None, "", element.countries[0]
    return None


def _city_wins(element: Element, city: City, votes: dict[str, float], areas: bool) -> bool:
    if not (element.regions or element.countries):
        return True
    if element.code and areas and element.regions:
        return False
    if element.countries:
        return city.people >= 1_000_000 and (element.countries[0] in _BOTH or city.country != element.countries[0])
    if fold(element.text) in _CITY_FIRST:
        return not areas
    if any(country in _STATES for country, _ in element.regions):
        return city.people >= 1_000_000
    return True


def _country_wins(element: Element, votes: dict[str, float], *, named: bool) -> bool:
    """``Georgia`` is the state; ``CA`` is one behind an unknown town, and the country where it stands alone."""
    country, region = element.countries[0], element.regions[0]
    if votes.get("listed") and element.code:
        return True
    if votes.get(region[0], 0) > votes.get(country, 0):
        return False
    if element.code:
        return region[0] != "US" or country == "DE" or (not named and country in ("CA", "IN"))
    return region[0] != "US"


def people(element: Element) -> int:
    """How many people the largest city of that name has."""
    return max((city.people for city in element.cities), default=0)


def votes_of(groups: list[list[Element]]) -> dict[str, float]:
    """How strongly the whole string speaks for each country."""
    votes: dict[str, float] = {}
    for group in groups:
        top = best(tuple(group), {})
        if top is None:
            continue
        country = top[1].country if top[1] else top[3]
        certain = len(group) > 1 or (bool(group[0].countries) and not group[0].regions)
        if len(group) == 1 and group[0].countries and not (group[0].regions or group[0].cities):
            # "US/CA/UK": beside countries a code is a country.
            votes["listed"] = 1.0
        if country:
            votes[country] = max(votes.get(country, 0), 1.5 if certain else 0.6)
    return votes


def is_state(group: list[Element]) -> bool:
    """A state alone or with its country."""
    states = [element for element in group if element.regions]
    if len(states) != 1 or any(element.cities and not element.regions for element in group) or len(group) > 2:
        return False
    if states[0].code:
        return any(country in ("US", "CA") for country, _ in states[0].regions)
    return people(states[0]) < 500_000


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else re.sub(r"\s+", " ", name)
