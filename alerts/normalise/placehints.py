"""What an address says of its country beside the names in it: postcodes, departments, words of streets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from alerts.normalise import gazetteer, tables

#: Postcodes that only one country writes so.
_FORMS = (
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
    ("CA", re.compile(r"\b(?P<code>[ABCEGHJ-NPRSTVXY])\d[A-Z] \d[A-Z]\d\b")),
    ("NL", re.compile(r"\b[1-9]\d{3} [A-Z]{2}\b")),
    ("JP", re.compile(r"〒\d{3}-\d{4}")),
    ("BR", re.compile(r"\b\d{5}-\d{3}\b")),
    ("PT", re.compile(r"\b\d{4}-\d{3}\b")),
    ("PL", re.compile(r"\b\d{2}-\d{3}\b")),
)
#: Five digits are a postcode of many; which, the region of the town tells.
_FIVE = re.compile(r"(?<![\d-])(\d{5})(?![\d-])")
#: ``Brest - 29``, ``Nantes (44)``
_DEPARTMENT = re.compile(r"^\D+(?:\s[-–]\s|\()(?P<code>\d\d|2[AB])\)?\s*$")
_CYRILLIC = re.compile(r"[\u0430-\u044f\u0451]", re.IGNORECASE)
#: Letters that only Vietnamese has.
_VIETNAMESE = re.compile(r"[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_HOUSE = re.compile(r"\s*\d+(?:[/-]\d+)*\s?\w?\s*")


@dataclass(frozen=True, slots=True)
class Hint:
    """A country that an address speaks for; ``region`` narrows it, and only a ``sure`` one speaks without the town's help."""

    country: str
    region: str = ""
    sure: bool = False


def read(words: str) -> tuple[Hint, ...]:
    """Everything in an address that speaks for a country."""
    found = []
    if any(map(str.isdigit, words)):
        found = [*_departments(words), *_postcodes(words)]
    if not words.isascii() and (country := _written_in(words)) and _address(country).search(words):
        found.append(Hint(country, sure=True))
    return tuple(found)


def _departments(words: str) -> list[Hint]:
    known = gazetteer.province_codes()
    return [Hint(*known[match["code"]]) for match in _DEPARTMENT.finditer(words) if match["code"] in known]


def _postcodes(words: str) -> list[Hint]:
    found = []
    for country, form in _FORMS:
        if match := form.search(words):
            region = _region(country, match["code"]) if "code" in form.groupindex else ""
            found.append(Hint(country, region, sure=True))
    for match in _FIVE.finditer(words):
        if region := _region("US", match[1][:3]):
            found.append(Hint("US", region))
        if department := gazetteer.province_codes().get(match[1][:2]):
            found.append(Hint(*department))
    return found


def _region(country: str, prefix: str) -> str:
    return next((region for land, first, last, region in _prefixes() if land == country and first <= prefix <= last), "")


@cache
def _prefixes() -> tuple[tuple[str, str, str, str], ...]:
    return tuple((row[0], row[1], row[2], row[3]) for row in (line.split("\t") for line in tables.rows("postcodes.tsv")))


def _written_in(words: str) -> str | None:
    """The country whose addresses look like that, by its letters."""
    if _VIETNAMESE.search(words):
        return "VN"
    if not _CYRILLIC.search(words) or any(sign in words.lower() for sign in _table()["RU"]["others"]):
        return None
    return "RU"


def towns(words: str) -> str:
    """An address without its streets and houses: ``г. Рязань, ул. Мира, д. 5`` → ``Рязань``."""
    country = None if words.isascii() else _written_in(words)
    if country is None or not _address(country).search(words):
        return words
    opened = words.replace("(", ", ").replace(")", " ") if country == "RU" else words
    parts = [part for part in re.split(r"[,;]", opened) if not _street(country).search(part) and not _HOUSE.fullmatch(part)]
    return ", ".join(_kind(country).sub(" ", part).strip() for part in parts)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tables.toml("addresses.toml")


def _words(country: str, name: str) -> str:
    return "|".join(map(re.escape, sorted(_table()[country][name], key=len, reverse=True))) or "(?!)"


@cache
def _street(country: str) -> re.Pattern[str]:
    plain, station, house = (_words(country, name) for name in ("street", "station", "house"))
    return re.compile(
        rf"(?<![\w-])(?:(?i:{plain})(?![\w-])|(?:{station})(?:\.\s*|\s+)(?=[A-ZА-ЯЁ])|(?i:{house})(?:\.\s*|\s+)(?:№\s*)?\d)"
    )


@cache
def _kind(country: str) -> re.Pattern[str]:
    """A word of what a place is, with what a short one of them may number (``Quận 7``)."""
    return re.compile(rf"(?<![\w-])(?:{_words(country, 'kind')})(?![\w-])\.?(?:\s*\d+\b)?", re.IGNORECASE)


@cache
def _address(country: str) -> re.Pattern[str]:
    """Anything of an address; for Russian also a name and a number behind it (``Воровского, 29 А``)."""
    number = r"|^[А-ЯЁ][\w -]+,?\s\d+(?:/\d+)?\s?[А-Яа-я]?$" if country == "RU" else r"|" + _VIETNAMESE.pattern
    return re.compile(f"(?i:{_street(country).pattern}|{_kind(country).pattern}){number}")
