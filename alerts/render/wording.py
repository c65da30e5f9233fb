"""How codes are said to a person: places, remote scope, pay, levels, times."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from alerts.model.posting import Pay, Place, Posting
from alerts.normalise import gazetteer
from alerts.normalise.rates import Rates
from alerts.render.clean import line
from alerts.render.tongue import ENGLISH, count, locale, say

if TYPE_CHECKING:
    from babel import Locale

_PLACES = 3
_AREAS = 4
#: CLDR's forms are for numbers of at most so much.
_LARGEST = 1e15


@cache
def words(table: str) -> dict[str, Any]:
    """One table of ``data/words.toml``."""
    whole = tomllib.loads(resources.files("alerts.render").joinpath("data/words.toml").read_text("utf-8"))
    return dict(whole[table])


def word(table: str, key: str, *, part: int | None = None) -> str:
    """One word of ``data/words.toml`` in the language spoken; "" where it has none."""
    found = words(table).get(key, "")
    return say(str(found if part is None or not found else found[part]))


def country(code: str) -> str:
    """ "Germany" for DE; the code itself where it is no country's."""
    short = words("countries").get(code) if locale().language == ENGLISH else None
    return str(short or locale().territories.get(code) or line(code, 60))


def area(code: str, *, short: bool = False) -> str:
    """A code of remote scope in words: a country, "California", "worldwide", "time zone CET±2"."""
    if code.startswith("TZ:"):
        return say("time zone {zone}", zone=line(code[3:], 40))
    if code in words("areas"):
        return word("areas", code, part=int(short))
    if len(code) > 3 and code[2:3] == "-":
        name = _regions().get((code[:2], code[3:])) or f"{line(code[3:], 20)}, {country(code[:2])}"
        return line(code, 20) if short else name
    return line(code if short and len(code) == 2 else country(code), 60)


@cache
def _regions() -> dict[tuple[str, str], str]:
    """(country, short name) → the region's usual name; only scopes by region need it."""
    names: dict[tuple[str, str], str] = {}
    for name, found in gazetteer.regions().items():
        for region in found:
            names.setdefault(region, name.title())
    return names


def place(where: Place) -> str:
    """ "Berlin, Germany", "Toronto, ON", "Canada"; as the source wrote it where it could not be read."""
    if not (where.city or where.region or where.country):
        return line(where.raw, 80)
    near = where.country in {"US", "CA", "AU"} and where.region
    region = where.region if near or not where.city else None
    land = country(where.country) if where.country and not (near and where.city) else None
    parts = [where.city, region, land]
    return line(", ".join(part for part in dict.fromkeys(parts) if part), 80)


def several(said: list[str], most: int, what: str, between: str = ", ") -> str:
    """ "A, B, C and 4 more places": nothing is left out silently. ``what``: places | areas | sources | jobs."""
    unique = [one for one in dict.fromkeys(said) if one]
    rest = len(unique) - most
    return between.join(unique[:most]) + (" " + _more(rest, what) if rest > 0 else "")


def _more(number: int, what: str) -> str:
    match what:
        case "places":
            return count(number, "and {number} more place", "and {number} more places")
        case "areas":
            return count(number, "and {number} more area", "and {number} more areas")
        case "sources":
            return count(number, "and {number} more source", "and {number} more sources")
    return count(number, "and {number} more job", "and {number} more jobs")


def where(posting: Posting, *, short: bool = False) -> str:
    """Work type, remote scope and places: "Remote (Canada) or hybrid · Toronto, ON". "" where nothing is said."""
    most = 1 if short else _PLACES
    kinds = [word("work", kind) or line(kind, 20) for kind in posting.work[:4]]
    scope = several([area(code, short=short) for code in posting.remote_scope], 2 if short else _AREAS, "areas")
    if "remote" in posting.work[:4] and scope:
        kinds[posting.work.index("remote")] = say("Remote ({area})", area=scope)
    elif scope:
        kinds.append(say("from {area}", area=scope))
    said = say(" or ").join(kind if not at else kind[:1].lower() + kind[1:] for at, kind in enumerate(kinds))
    if posting.remote_excluded and not short:
        excluded = several([area(code) for code in posting.remote_excluded], _AREAS, "areas")
        said += say(", not from {area}", area=excluded)
    # "Remote (Europe)" in the field for places is said by the scope already.
    known = [one for one in posting.places if one.city or one.region or one.country or not scope]
    places = several([place(one) for one in known], most, "places", "; ")
    if short and posting.work == ("remote",) and scope:
        places = ""
    if places and said == say("Remote ({area})", area=places):
        places = ""
    return " · ".join(part for part in (said, places) if part)


def symbol(currency: str | None, home: str | None) -> str:
    """ "CA$", "€", "PLN "; a bare "$" only for readers at home in US dollars, or who have not said."""
    if not currency:
        return ""
    if currency == "USD":
        return "$" if home in {None, "USD"} else "US$"
    from babel.numbers import get_currency_symbol

    sign = get_currency_symbol(currency, locale())
    return f"{line(currency, 3)} " if sign == currency else sign


def amount(value: float) -> str:
    """ "200k", "47.5k", "1.2M", "35", "62.50"."""
    if not abs(value) < _LARGEST:  # what no job pays is said plainly, and breaks no message
        return f"{value:g}"
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= (size if unit == "M" else 10_000):
            return _number(value / size, "0.##") + unit
    return _number(value, "#,##0" if value == int(value) else "#,##0.00")


def _number(value: float, form: str) -> str:
    return _formatted(value, form, locale())


@lru_cache(maxsize=4096)
def _formatted(value: float, form: str, here: Locale) -> str:
    """The same round amounts come again and again, and the form is read anew for each."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, form, locale=here))


def pay(stated: Pay, home: str | None = None, *, short: bool = False) -> str:
    """Pay as stated: "CA$200k–240k a year", "from €60 an hour", "up to $90k a year (on target)"; "" where no amount is."""
    sign = symbol(stated.currency, home)
    low, high = stated.min, stated.max
    if low is None and high is None:
        return line(stated.words, 80)
    if low is not None and high is not None:
        said = f"{sign}{amount(low)}" + (f"–{amount(high)}" if high != low else "")
    else:
        end = say("from {amount}") if low is not None else say("up to {amount}")
        said = end.format(amount=f"{sign}{amount(low if low is not None else high or 0)}")
    if not stated.currency:
        said += " " + say("(currency not stated)")
    if stated.period and not (short and stated.period == "year"):
        said += " " + (word("period", stated.period) or line(f"a {stated.period}", 12))
    if stated.tax in ("gross", "net") and not short:
        said += " " + word("tax", stated.tax)
    if not short:
        notes = [word("pay_kind", stated.kind), say("for {place}", place=line(stated.scope, 40)) if stated.scope else ""]
        said += "".join(f" ({note})" for note in notes if note)
    return said


def pay_at_home(stated: Pay, home: str | None, rates: Rates | None) -> str:
    """The pay in the user's currency, "≈ €136k–163k"; "" where it is the same currency or no rate is known."""
    if not (home and rates and stated.currency) or stated.currency == home:
        return ""
    rate = rates.between(stated.currency, home)
    if rate is None or (stated.min is None and stated.max is None):
        return ""
    low, high = (None if value is None else _rounded(value * rate) for value in (stated.min, stated.max))
    return "≈ " + pay(Pay(low, high, home, stated.period), home, short=True)


def _rounded(value: float) -> float:
    step = 1000 if value >= 10_000 else 10 if value >= 1000 else 1
    return float(round(value / step) * step)


def ago(then: datetime, now: datetime, zone: str) -> str:
    """ "just now", "2 hours ago", "yesterday" … and after two weeks the date."""
    since = now - then
    if timedelta(0) > since > timedelta(minutes=-10) or timedelta(0) <= since < timedelta(minutes=2):
        return say("just now")
    if since < timedelta(0) or since > timedelta(days=14):
        return say("on {day}", day=day(then, now, zone))
    return _span(-since, locale())


@lru_cache(maxsize=1024)
def _span(since: timedelta, here: Locale) -> str:
    """A page says each moment several times."""
    from babel.dates import format_timedelta

    return str(format_timedelta(since, add_direction=True, threshold=1, locale=here))


def day(then: datetime, now: datetime, zone: str) -> str:
    """ "3 October", with the year where it is another one."""
    # A date without an hour is the same day everywhere.
    here = then if (then.hour, then.minute, then.second) == (0, 0, 0) else then.astimezone(_zone(zone))
    today = now.astimezone(_zone(zone))
    return _day(here, with_year=here.year != today.year)


def last_day(expires: datetime, now: datetime) -> str:
    """The day until which one can apply, as the employer wrote it: "3 October"; no time zone moves it."""
    return _day(expires, with_year=expires.year != now.year)


def _day(when: datetime, *, with_year: bool) -> str:
    from babel.dates import format_date

    form = say("d MMMM y") if with_year else say("d MMMM")
    return str(format_date(when.date(), form, locale=locale()))


def clock(then: datetime, zone: str) -> str:
    """ "Mon 23 Nov 2026, 08:05"."""
    from babel.dates import format_datetime

    return str(format_datetime(then.astimezone(_zone(zone)), say("EEE d MMM y, HH:mm"), locale=locale()))


@cache
def _zone(name: str) -> ZoneInfo | Any:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
