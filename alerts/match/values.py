"""A user's words for values → the values: levels, languages, durations, pay, places; each with its complaint."""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files

from alerts.match import readings
from alerts.model.posting import Pay
from alerts.normalise.areas import Area


class BadValue(ValueError):
    """A value that cannot be used; ``str()`` says what is wrong and what is expected."""


_UNITS = {
    "h": timedelta(hours=1), "hour": timedelta(hours=1), "d": timedelta(days=1), "day": timedelta(days=1),
    "w": timedelta(weeks=1), "week": timedelta(weeks=1), "m": timedelta(days=30), "month": timedelta(days=30),
    "y": timedelta(days=365), "year": timedelta(days=365),
}  # fmt: skip
_DURATION = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*([a-z]+?)s?\s*", re.IGNORECASE)
_YEARS = re.compile(r"\s*(\d{1,2}(?:\.\d+)?)\s*\+?\s*(?:y|yr|yrs|year|years|yoe)?\s*", re.IGNORECASE)
_BARE_CIRCLE = re.compile(r"\s*\d+(?:\.\d+)?\s*(?:km|mi|miles?|kilomet(?:er|re)s?)\s*", re.IGNORECASE)


@cache
def _spellings(key: str) -> dict[str, str]:
    table = tomllib.loads(files("alerts.match").joinpath("data/values.toml").read_text("utf-8"))[key]
    return {spelling: value for value, others in table.items() for spelling in (value, *others)}


def choices(key: str) -> tuple[str, ...]:
    """The values of ``work``, ``employment``, ``level`` or ``language``, in order."""
    return tuple(dict.fromkeys(_spellings(key).values()))


def choice(key: str, text: str) -> str:
    """The value that the words mean."""
    plain = " ".join(text.replace("_", "-").casefold().split())
    spellings = _spellings(key)
    for form in (plain, plain.replace(" ", "-"), plain.replace("-", " ")):
        if form in spellings:
            return spellings[form]
    close = difflib.get_close_matches(plain, spellings, n=1, cutoff=0.5)
    hint = f"; did you mean {spellings[close[0]]!r}?" if close else ""
    known = ", ".join(choices(key)) if key != "language" else "a name or an ISO code, such as English or de"
    raise BadValue(f"{text!r} is not known{hint} Use one of: {known}" if hint else f"{text!r} is not known; use one of: {known}")


def listed(table: str, text: str) -> str:
    """A category or industry; one that is not in the list is taken as it stands, unless it looks mistyped."""
    known = readings.known(table)
    value = readings.category_of(text) if table == "categories" else readings.industry_of(text)
    if value in known:
        return value
    close = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise BadValue(f"{text!r} is not known{hint or ';'} Use one of: {', '.join(known)}")


def duration(text: str) -> timedelta:
    """``14d``, ``2 weeks``, ``36h``."""
    match = _DURATION.fullmatch(text)
    unit = _UNITS.get(match.group(2).lower()) if match else None
    if match is None or unit is None:
        raise BadValue(f"{text!r} is not a span of time; write a number and h, d, w or months, such as 14d")
    return float(match.group(1)) * unit


def years(text: str) -> float:
    """``10 years``, ``3``, ``2.5y``."""
    match = _YEARS.fullmatch(text)
    if match is None:
        raise BadValue(f"{text!r} is not a number of years; write it such as '10 years'")
    return float(match.group(1))


def pay(text: str) -> Pay:
    """``180k CAD``, ``60 EUR/hour``; a year's where no period is said."""
    amount = readings.amount(text)
    if amount is None or (amount.min is None and amount.max is None):
        raise BadValue(f"no amount can be read in {text!r}; write it such as '180k CAD' or '60 EUR/hour'")
    return amount


def area(text: str, home: str | None = None) -> Area:
    """``Canada``, ``Toronto``, ``EU``, ``50 km of Toronto``; ``30 km`` alone starts at home."""
    if _BARE_CIRCLE.fullmatch(text):
        if not home:
            raise BadValue(f"{text!r} names no place to measure from; write '{text.strip()} of Toronto' or set settings.home")
        text = f"{text.strip()} of {home}"
    found = readings.area(text)
    if found is None:
        raise BadValue(
            f"{text!r} is no place that is known; write a city, region, country or zone, "
            "such as 'Toronto, ON', 'Canada', 'EU' or '50 km of Toronto'"
        )
    return found
