"""What ``normalise`` knows of a user's words: areas, pay, rates, companies, categories; the one door to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from alerts.model.posting import Pay, Place, Posting
from alerts.normalise import areas, category, company, employer, pay, rates, reach
from alerts.normalise.areas import Area
from alerts.normalise.rates import Rates


def area(text: str) -> Area | None:
    """The area that location words mean; None where no such place is known."""
    return areas.area(text)


def within(place: Place, where: Area) -> bool | None:
    """Is the place inside the area?"""
    return areas.within(place, where)


def allows(posting: Posting, where: Area) -> bool | None:
    """May a remote worker live there?"""
    return reach.scope_allows(posting.remote_scope, posting.remote_excluded, where)


def amount(text: str) -> Pay | None:
    """A user's pay: "180k CAD", "60 EUR/hour"."""
    return pay.parse(text)


def say(amount: Pay) -> str:
    """Pay in words for a person."""
    return pay.say(amount) or amount.words


def annual(amount: Pay, currency: str, table: Rates | None) -> tuple[float | None, float | None, str] | None:
    """A year's pay in a currency, low and high, and how it was worked out."""
    return rates.annual(amount, currency, table or shipped_rates())


def shipped_rates() -> Rates:
    """The rates that came with the program."""
    global _rates
    if _rates is None:
        _rates = Rates.load()
    return _rates


_rates: Rates | None = None


def named_in_title(title: str) -> frozenset[str]:
    """The folded names that a title may name as the employer."""
    return employer.named_in_title(title)


def company_key(name: str | None) -> str:
    """A company name folded for comparison."""
    return company.key(name)


def category_of(text: str) -> str:
    """The category that a user's word means; the word itself where none is known."""
    found = category.category((text,), "")[0]
    return found or text.strip().casefold()


def industry_of(text: str) -> str:
    """The industry that a user's word means; the word itself where none is known."""
    found = category.industry((text,))[0]
    return found or text.strip().casefold()


def known(table: str) -> tuple[str, ...]:
    """The values that ``categories`` or ``industries`` may take."""
    return category.known(table)


def languages_named(text: str) -> Iterator[tuple[str, int, int]]:
    """(code, start, end) of every language that a text names, in order."""
    for found in _languages().finditer(text.lower()):
        yield found.lastgroup or "", *found.span()


@cache
def _languages() -> re.Pattern[str]:
    """The names that ``normalise`` reads eligibility by."""
    table = files("alerts.normalise").joinpath("data/eligibility_languages.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in table if line and not line.startswith("#"))
    return re.compile(r"(?<![^\W\d_])(?:" + "|".join(f"(?P<{code}>{names})" for code, names in rows) + ")")
