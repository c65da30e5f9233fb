"""Places of work: what location fields say, as city, region and country.

Each string is cut into elements (``placewords``), the elements are gathered into places, and of all readings of a place the
one is taken in which city, region and country agree; people and the other places of the string settle the rest.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import product

from alerts.model import Place, RawPlace
from alerts.normalise import gazetteer, headline
from alerts.normalise.areas import Area, area, distance_km, within
from alerts.normalise.gazetteer import City, fold
from alerts.normalise.placewords import Element, Item, items

__all__ = ["Area", "area", "distance_km", "parse", "read", "within"]

#: Countries whose regions are written alone ("Ontario", "Texas").
_STATES = frozenset({"US", "CA", "AU"})
_CITY_FIRST = frozenset({"new york", "washington", "la", "dc"})
_BOTH = frozenset({"SG", "HK", "MO"})


def read(raw: tuple[RawPlace, ...], *, title: str = "") -> tuple[Place, ...]:
    """All places of a posting, from its location fields, else from its title (``Nurse - Berlin``)."""
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for known in [known for place in raw for known in _from_fields(place)] or parse(headline.place_words(title)):
        if known.city or known.region or known.country or known.raw:
            found.setdefault((known.city, known.region, known.country) if known.country else (known.raw, None, None), known)
    return tuple(found.values())


def _from_fields(place: RawPlace) -> tuple[Place, ...]:
    """City, region and country fields say it best; the free text is read where they are silent."""
    stated = ", ".join(part.strip() for part in (place.city, place.region, place.country) if part and part.strip())
    written = (place.text or "").strip()
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


def _agree(place: Place, others: tuple[Place, ...]) -> bool:
    return any(place.country == other.country or other.country is None for other in others)


def parse(text: str) -> tuple[Place, ...]:
    """The places that one location string, or a user's words, speak of (``Toronto, ON; NYC``)."""
    return _parse(text.strip()[:2000]) if text and text.strip() else ()


@lru_cache(maxsize=8192)
def _parse(text: str) -> tuple[Place, ...]:
    groups = gather(items(text))
    votes = _votes(groups)
    only_areas = sum(_as_state(group) for group in groups) >= 2
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for group in _without_districts(groups, votes):
        place = resolve(group, votes, areas=only_areas)
        if place is not None:
            found.setdefault((place.city, place.region, place.country), place)
    return tuple(found.values())


def _as_state(group: list[Element]) -> bool:
    """A state alone or with its country."""
    states = [element for element in group if element.regions]
    if len(states) != 1 or any(element.cities and not element.regions for element in group) or len(group) > 2:
        return False
    if states[0].code:
        return any(country in ("US", "CA") for country, _ in states[0].regions)
    return _people(states[0]) < 500_000


# --- gathering ------------------------------------------------------------------------------------------------------


def gather(stream: tuple[Item, ...]) -> list[list[Element]]:
    """Elements that make up one place together."""
    groups: list[list[Element]] = []
    fresh, worked = True, False
    for item in stream:
        element = item.element
        if element.work or element.zone:
            fresh, worked = fresh or bool(element.zone), worked or bool(element.work)
            continue
        if worked and groups and element.countries and _lands(groups[-1]) not in (None, element.countries[0]):
            fresh = True
        worked = False
        strong = item.before not in ("", ",")
        if groups and not fresh and not strong and any(fold(member.text) == fold(element.text) for member in groups[-1]):
            continue
        if groups and not fresh and not strong and (better := _without_codes(groups[-1], element)):
            groups[-1] = better
            continue
        if groups and not fresh and item.before == "" and element.code and not element.cities and _stray(groups[-1], element):
            continue
        if groups and not fresh and _belongs(groups[-1], element, strong, item.before):
            groups[-1].append(element)
        elif element.known or not groups or strong or fresh:
            groups.append([element])
        fresh = False
    return [group for group in groups if any(element.known for element in group)]


def _stray(group: list[Element], element: Element) -> bool:
    """``Cincinnati BA - Blue Ash``: a code in the same breath as a city which it does not fit."""
    return any(member.cities for member in group) and _score((*group, element)) is None


def _without_codes(group: list[Element], element: Element) -> list[Element] | None:
    """``Cuneo, CN, Italy``: a code that fits no better than China is the province's, and goes."""
    if not element.countries or element.code or _score((*group, element)) is not None:
        return None
    rest = [member for member in group if not member.code]
    if not rest or len(rest) == len(group) or not any(member.cities for member in rest):
        return None
    best = _best((*rest, element), {})
    return [*rest, element] if best and best[1] else None


def _belongs(group: list[Element], element: Element, strong: bool, before: str) -> bool:
    if not element.known:
        # "United States - California - Edwards AFB": the unknown last step of a descent from country to region.
        return not strong and _descent(group)
    if element.broad or any(member.broad for member in group):
        return not strong and not element.cities and not element.broad and _score((*group, element)) is not None
    if strong:
        small = element.code or (element.countries and not element.cities)
        lone = len(group) == 1 and bool(group[0].cities or not group[0].known)
        descent = all(member.code for member in group) and before in ("|", ";", "\n")
        if not (descent or (small and lone) or (small and _closes(group, element))):
            return False
    if not any(member.known for member in group):
        return bool(element.regions or element.countries)
    lands = [member.countries[0] for member in group if member.countries and not member.code]
    if lands and element.countries and not (element.regions and (element.code or element.regions[0][0] == lands[0])):
        return element.countries[0] == lands[0]
    score = _score((*group, element))
    if score is None and _score(tuple(group)) is None:
        # The town was a misfit before; its country may still follow its state.
        context = tuple(member for member in group if member.regions or member.countries)
        return not strong and bool(element.countries) and _score((*context, element)) is not None
    if score is None:
        return not strong and _misfit(group, element)
    return not _dwarfed(group, element)


def _closes(group: list[Element], element: Element) -> bool:
    """``Aurora ; IL ; US``: the country after its state."""
    if not element.countries or any(element.countries[0] in member.countries for member in group):
        return False
    return any(member.code for member in group) and _lands(group) == element.countries[0]


def _misfit(group: list[Element], element: Element) -> bool:
    """A small town that the gazetteer has elsewhere only (``Marcy, US``; ``Kansas-Stilwell``) is still where it is said to be."""
    names = [member for member in group if member.cities]
    if not names:
        return _descent(group) and not (element.regions or element.countries) and _people(element) < 50_000
    if len(group) > 1 or names[0].regions or names[0].countries:
        return False
    if element.cities and not element.code:
        return False
    lands = {country for country, _ in element.regions}
    first = max(names[0].cities, key=lambda city: city.people)
    return first.people < 100_000 or (element.code and first.country in lands)


def _descent(group: list[Element]) -> bool:
    """Only a region, with or without its country."""
    areas = all((member.regions or member.countries) and (member.regions or not member.cities) for member in group)
    return areas and any(member.regions for member in group)


def _people(element: Element) -> int:
    return max((city.people for city in element.cities), default=0)


def _lands(group: list[Element]) -> str | None:
    best = _best(tuple(group), {})
    return None if best is None else best[1].country if best[1] else best[3]


def _dwarfed(group: list[Element], element: Element) -> bool:
    """``Cleveland, New York`` are two cities although a village of that name lies in that state."""
    if _people(element) < 300_000:
        return False
    names = [member for member in group if member.cities and not (member.regions or member.countries)]
    if not names:
        return False
    most = _people(names[0])
    best = _best((*group, element), {})
    return best is not None and best[1] is not None and best[1].people * 50 < most


def _without_districts(groups: list[list[Element]], votes: dict[str, float]) -> list[list[Element]]:
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
                and (b is None or b.people < 20_000 or (_near(a, b) and b.people > a.people and land != "US"))
            ):
                kept[-1] = [last[0], group[-1]]
                continue
        kept.append(group)
    return kept


def _near(a: City, b: City) -> bool:
    return abs(a.lat - b.lat) < 0.8 and abs(a.lon - b.lon) < 1.2


def _votes(groups: list[list[Element]]) -> dict[str, float]:
    """How strongly the whole string speaks for each country."""
    votes: dict[str, float] = {}
    for group in groups:
        best = _best(tuple(group), {})
        if best is None:
            continue
        country = best[1].country if best[1] else best[3]
        certain = len(group) > 1 or (bool(group[0].countries) and not group[0].regions)
        if len(group) == 1 and group[0].countries and not (group[0].regions or group[0].cities):
            # "US/CA/UK": beside countries a code is a country.
            votes["listed"] = 1.0
        if country:
            votes[country] = max(votes.get(country, 0), 1.5 if certain else 0.6)
    return votes


# --- resolving ------------------------------------------------------------------------------------------------------


def resolve(group: list[Element], votes: dict[str, float], *, areas: bool = False) -> Place | None:
    """The best reading of one group as a place; None where nothing in it is known."""
    raw = ", ".join(element.text for element in group)
    best = _best(tuple(group), votes, areas=areas)
    if best is None:
        best = _loosely(group, votes)
    if best is None:
        return None
    _, city, region, country = best
    if city:
        # Small places bear the region that was written, others their own.
        return Place(raw, city.name, city.region or region or None, city.country, city.lat, city.lon)
    name = next((element.text for element in group if not element.known), None)
    if name is None and len(group) > 1:
        name = next((element.text for element in group if element.cities and not element.regions and not element.countries), None)
    return Place(raw, _cased(name) if name else None, region or None, country or None)


def _loosely(group: list[Element], votes: dict[str, float]) -> tuple[float, City | None, str, str] | None:
    """City and code disagree: a large city keeps its own region, a small one is as it was written."""
    head = next((element for element in group if element.cities), None)
    if head is None:
        return None
    # The town, its readings forgotten, still says that a code behind it is a state's.
    context = _best((Element(head.text), *(element for element in group if element is not head)), votes, areas=True)
    if context is None:
        return _best((head,), votes)
    _, _, region, country = context
    city = next((city for city in head.cities if city.country == country and city.people >= 40_000), None)
    return (0.0, city, city.region, city.country) if city else (0.0, None, region, country)


def _score(group: tuple[Element, ...]) -> float | None:
    best = _best(group, {})
    return best[0] if best else None


def _best(
    group: tuple[Element, ...], votes: dict[str, float], *, areas: bool = False
) -> tuple[float, City | None, str, str] | None:
    """(score, city, region, country) of the best reading in which all elements agree."""
    known = [element for element in group if element.known]
    if len(known) == 1:
        return _alone(known[0], votes, areas=areas, named=len(group) > 1)
    best: tuple[float, City | None, str, str] | None = None
    for readings in product(*(_readings(element, areas) for element in known[:5])):
        found = _agreeing(readings, votes)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


_Reading = tuple[str, tuple[City, ...], str, str, float]


def _readings(element: Element, areas: bool) -> list[_Reading]:
    """(kind, cities, region, country, how likely) of every reading."""
    found: list[_Reading] = []
    if element.cities:
        state = any(country in _STATES for country, _ in element.regions) and not element.code
        shy = (state and _people(element) < 1_000_000) or bool(element.code and element.regions)
        shy = shy and fold(element.text) not in _CITY_FIRST
        foreign = bool(element.countries) and not element.code and element.cities[0].country not in element.countries
        if not (areas and (state or (element.code and element.regions))):
            found.append(("city", element.cities, "", "", -12.0 if shy and element.code else -8.0 if shy or foreign else 0.0))
    if element.broad:
        found.append(("region" if element.broad[1] else "country", (), element.broad[1], element.broad[0], 1.0))
    for country, region in element.regions:
        likely = 1.5 if not element.code else 1.2 if country == "US" else 1.0 if country == "CA" else 0.2
        found.append(("region", (), region, country, likely))
    found.extend(
        ("country", (), "", country, 0.6 if element.code and len(element.text) == 2 else 1.6) for country in element.countries
    )
    return found


def _agreeing(readings: tuple[_Reading, ...], votes: dict[str, float]) -> tuple[float, City | None, str, str] | None:
    names = [cities for kind, cities, *_ in readings if kind == "city"]
    lands = {country for _, _, _, country, _ in readings if country}
    regions = {region for _, _, region, _, _ in readings if region}
    if len(names) > 1 or len(lands) > 1 or len(regions) > 1:
        return None
    score = sum(likely for *_, likely in readings)
    land, region = next(iter(lands), ""), next(iter(regions), "")
    if not names:
        return score + votes.get(land, 0), None, region, land
    best: tuple[float, City | None, str, str] | None = None
    for city in names[0]:
        if (land and city.country != land) or (region and city.region and city.region != region):
            continue
        weight = score + 4 + _weight(city, votes)
        if best is None or weight > best[0]:
            best = weight, city, region, city.country
    return best


def _weight(city: City, votes: dict[str, float]) -> float:
    market: float = gazetteer.places()["market"].get(city.country, 0.0)
    return math.log10(city.people + 10) - (0.8 if city.alias else 0) + votes.get(city.country, 0) + market


def _alone(element: Element, votes: dict[str, float], *, areas: bool, named: bool) -> tuple[float, City | None, str, str] | None:
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


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else re.sub(r"\s+", " ", name)
