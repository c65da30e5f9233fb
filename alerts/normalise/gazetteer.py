"""Names of cities, regions, countries and zones: what GeoNames and CLDR know, found in microseconds.

The cities (GeoNames, CC BY 4.0) are sorted tables, a page a letter, each unpacked on first use
and searched by halving.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from alerts.normalise import tables

_SIGNS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ð": "d",
        "þ": "th",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
        "ʻ": "",
    }
)
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "cd": "ciudad"}


@dataclass(frozen=True, slots=True)
class City:
    """One reading of a city's name. ``people`` settles what nothing else does."""

    name: str
    country: str
    region: str
    lat: float
    lon: float
    people: int
    #: True where the name asked for is not the city's own.
    alias: bool


def fold(name: str) -> str:
    """``St. Gallen`` → ``saint gallen``: lower case, no accents, signs as spaces, saints and forts written out."""
    plain = name.lower().translate(_SIGNS)
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
        plain = unicodedata.normalize("NFC", plain).lower()
    words = re.sub(r"[\W_]+", " ", plain).split()
    return " ".join(_SHORT.get(word, word) for word in words)


@lru_cache(maxsize=16384)
def cities(key: str) -> tuple[City, ...]:
    """Every city of that folded name, the largest first."""
    table = _page(page_of(key))
    wanted = key.encode() + b"\t"
    found = []
    start = _seek(table, wanted)
    while table.startswith(wanted, start):
        end = table.index(b"\n", start)
        _, name, country, region, lat, lon, people, alias = table[start:end].decode().split("\t")
        found.append(City(name or key.title(), country, region, float(lat), float(lon), int(people), bool(alias)))
        start = end + 1
    return tuple(sorted(found, key=lambda city: (city.alias, -city.people)))


class _Lines:
    """The lines of the table seen from any byte: what bisect needs."""

    def __init__(self, table: bytes) -> None:
        self.table = table

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, at: int) -> bytes:
        start = self.table.rfind(b"\n", 0, at) + 1
        return self.table[start : self.table.find(b"\t", start) + 1]


def _seek(table: bytes, wanted: bytes) -> int:
    at = bisect_left(_Lines(table), wanted)
    return table.rfind(b"\n", 0, at) + 1


def page_of(key: str) -> str:
    """Which page of the table holds a folded name: a page a letter, one for all else."""
    return key[0] if "a" <= key[:1] <= "z" else "other"


@cache
def _page(name: str) -> bytes:
    import zipfile

    with _file("cities.zip").open("rb") as file, zipfile.ZipFile(file) as pages:
        return pages.read(f"{name}.tsv")


@cache
def countries() -> dict[str, str]:
    """Folded name in any of many languages → ISO2."""
    names: dict[str, str] = {}
    for code, _iso3, _continent, _name, keys in _country_rows():
        names |= dict.fromkeys(keys.split("|"), code)
    for code, more in places()["countries"].items():
        names |= {fold(name): code for name in more}
    return names


@cache
def country_codes() -> dict[str, str]:
    """ISO2 and ISO3 codes → ISO2."""
    rows = _country_rows()
    return {iso3: code for code, iso3, *_ in rows} | {code: code for code, *_ in rows}


@cache
def continents() -> dict[str, str]:
    """ISO2 → EU, NA, SA, AS, AF, OC, AN."""
    return {code: continent for code, _iso3, continent, *_ in _country_rows()}


@cache
def country_name(code: str) -> str:
    """The English name of a country."""
    return next((name for iso2, _iso3, _continent, name, _keys in _country_rows() if iso2 == code), code)


@cache
def regions() -> dict[str, tuple[tuple[str, str], ...]]:
    """Folded name → (country, short name) of every region that bears it."""
    return {name: found for name, found in (_regions_by(2) | _more_regions("1")).items() if name not in vague()}


@cache
def counties() -> dict[str, tuple[tuple[str, str], ...]]:
    """Folded name → (country, region that it lies in or "") of counties, departments, landscapes and boroughs."""
    return _more_regions("2")


@cache
def province_codes() -> dict[str, tuple[str, str]]:
    """Number of a department or plate of a province → (country, region that it lies in)."""
    return {codes: (country, region) for country, region, _, _, codes in _more_rows() if codes}


def _more_regions(level: str) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for country, region, its_level, names, _ in _more_rows():
        for name in names.split("|") if its_level == level and names else ():
            found[name] = (*found.get(name, ()), (country, region))
    return found


@cache
def _more_rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in tables.rows("regions_more.tsv"))


@cache
def region_codes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Codes of two or three letters → (country, short name); those of the United States and Canada first."""
    return _regions_by(3)


def _regions_by(column: int) -> dict[str, tuple[tuple[str, str], ...]]:
    names: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in _file("regions.tsv").read_text("utf-8").splitlines():
        row = line.split("\t")
        for name in row[column].split("|"):
            names[name] = (*names.get(name, ()), (row[0], row[1]))
    names.pop("", None)
    return names


@cache
def zones() -> dict[str, str]:
    """Folded name of a zone → its code (EMEA, EU, WORLD, TZ:CET …)."""
    return {fold(name): code for code, names in places()["zones"].items() for name in names}


@cache
def nicknames() -> dict[str, tuple[str, str, str]]:
    """``nyc`` → (name, country, region) of what people call a city."""
    return {fold(name): tuple(value.split("|")) for name, value in places()["cities"].items()}


@cache
def districts() -> dict[str, tuple[str, str, str]]:
    """Folded name of a district → (city, country, region) that it stands for."""
    return {fold(name): tuple(city.split("|")) for city, names in places()["districts"].items() for name in names}


@cache
def broad_areas() -> dict[str, tuple[str, str]]:
    """Folded name of an area of several cities → (country, region or "")."""
    return {fold(name): tuple(value.split("|")) for name, value in places()["words"]["areas"].items()}


@cache
def noise() -> frozenset[str]:
    """Folded words that stand beside a place without being one."""
    return frozenset(map(fold, places()["words"]["noise"]))


@cache
def settlements() -> frozenset[str]:
    """Words that make a town's name the name of another place ("Junction")."""
    return frozenset(places()["words"]["settlements"])


@cache
def vague() -> frozenset[str]:
    """Words that are somewhere the name of a town or region, and everywhere else an ordinary word."""
    return frozenset(map(fold, places()["words"]["vague"]))


@cache
def places() -> dict[str, Any]:
    """The hand-kept table: more names of countries, zones, nicknames of cities, words that say nothing."""
    return tables.toml("places.toml")


@cache
def _country_rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in _file("countries.tsv").read_text("utf-8").splitlines())


def _file(name: str) -> Any:
    from importlib.resources import files

    return files("alerts.normalise").joinpath("data", name)
