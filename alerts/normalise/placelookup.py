"""What one stretch of words may mean as a place: every reading that the gazetteer has for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import City, fold


@dataclass(frozen=True, slots=True)
class Element:
    """One stretch of words with all its readings; none: a stretch that names no known place."""

    text: str
    cities: tuple[City, ...] = ()
    #: (country, region)
    regions: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    zone: str | None = None
    #: (country, region) of an area of several cities.
    broad: tuple[str, str] | None = None
    #: A code of two or three letters.
    code: bool = False
    #: (country, region or "") of counties, departments and boroughs of that name; they count only beside what they hold.
    counties: tuple[tuple[str, str], ...] = ()
    #: remote | hybrid | onsite
    work: str | None = None

    @property
    def known(self) -> bool:
        """Has it any reading at all?"""
        return bool(self.cities or self.regions or self.countries or self.zone or self.broad)


@lru_cache(maxsize=16384)
def look_up(words: str) -> Element | None:
    """Every reading of exactly these words; None where there is none."""
    key = fold(words)
    if not key:
        return None
    plain = words.replace(".", "")
    if len(plain) <= 3 and plain.isascii() and plain.isalpha() and (plain.isupper() or len(plain) == 2):
        return _code(words, plain.upper(), key)
    if broad := gazetteer.broad_areas().get(key):
        return Element(words, broad=broad, counties=(broad,))
    if key in gazetteer.vague() and key in gazetteer.noise():
        return None
    cities = _cities(key)
    regions = gazetteer.regions().get(key, ())
    country = gazetteer.countries().get(key)
    zone = gazetteer.zones().get(key)
    if zone and not country and key not in gazetteer.nicknames():
        return Element(words, zone=zone)
    counties = gazetteer.counties().get(key, ())
    if not (cities or regions or country):
        return _county(words, counties)
    return Element(words, cities, regions, (country,) if country else (), counties=counties)


def _county(words: str, counties: tuple[tuple[str, str], ...]) -> Element | None:
    """What is nothing else is that county, if one country alone has it."""
    if len({country for country, _ in counties}) != 1:
        return Element(words, counties=counties) if counties else None
    country, region = counties[0]
    return (
        Element(words, regions=((country, region),), counties=counties)
        if region
        else Element(words, broad=counties[0], counties=counties)
    )


def _code(words: str, code: str, key: str) -> Element | None:
    nickname = gazetteer.nicknames().get(key)
    short = gazetteer.places()["short_cities"].get(code) if words.isupper() else None
    cities = _named(*nickname) if nickname else _named(*short.split("|")) if short else ()
    regions = gazetteer.region_codes().get(code, ())
    # "NA" is "not available" or North America, and next to never Namibia.
    country = gazetteer.countries().get(key) or (gazetteer.country_codes().get(code) if code != "NA" else None)
    zone = gazetteer.zones().get(key) if words.isupper() else None
    if code in ("EU", "EUR", "SEA", "ANZ", "LAC", "CET", "ET", "EST", "PST", "UTC", "GMT", "EET", "BST", "CEE", "UE") and zone:
        return Element(words, cities, zone=zone, code=True) if code != "SEA" else Element(words, cities, zone=zone)
    if not (cities or regions or country):
        return None
    return Element(words, cities, regions, (country,) if country else (), code=True)


def _cities(key: str) -> tuple[City, ...]:
    """Cities of that name; a nickname or a district goes before equal names elsewhere."""
    found = gazetteer.cities(key)
    named = gazetteer.nicknames().get(key) or gazetteer.districts().get(key)
    if not named:
        return found if found or not key.endswith(" city") else gazetteer.cities(key.removesuffix(" city"))
    return (*_named(*named), *found)


@cache
def _named(name: str, country: str, region: str) -> tuple[City, ...]:
    fits = [city for city in gazetteer.cities(fold(name)) if city.country == country]
    best = next((city for city in fits if city.region == region), max(fits, key=lambda city: city.people, default=None))
    if best is None:
        return ()
    return (City(name, country, best.region or region, best.lat, best.lon, best.people * 3, alias=False),)
