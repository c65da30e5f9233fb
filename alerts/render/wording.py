"""How codes are said to a person: places, remote scope, pay, levels, times."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from alerts.model.posting import Pay, Place, Posting
from alerts.normalise import gazetteer
from alerts.normalise.rates import Rates
from alerts.render.clean import line

if TYPE_CHECKING:
    from babel import Locale

_PLACES = 3
_AREAS = 4


@cache
def words(table: str) -> dict[str, Any]:
    """One table of ``data/words.toml``."""
    whole = tomllib.loads(resources.files("alerts.render").joinpath("data/words.toml").read_text("utf-8"))
    return dict(whole[table])


@cache
def locale() -> Locale:
    """English, with its names of countries and currencies."""
    from babel import Locale

    return Locale("en")


def country(code: str) -> str:
    """ "Germany" for DE; the code itself where it is no country's."""
    return str(words("countries").get(code) or locale().territories.get(code) or line(code, 60))


def area(code: str, *, short: bool = False) -> str:
    """A code of remote scope in words: a country, "California", "worldwide", "time zone CET±2"."""
    if code.startswith("TZ:"):
        return f"time zone {line(code[3:], 40)}"
    if code in words("areas"):
        return str(words("areas")[code][short])
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
    """ "A, B, C and 4 more places": nothing is left out silently."""
    unique = [one for one in dict.fromkeys(said) if one]
    rest = len(unique) - most
    return between.join(unique[:most]) + (f" and {rest} more {what.removesuffix('s') if rest == 1 else what}" if rest > 0 else "")


def where(posting: Posting, *, short: bool = False) -> str:
    """Work type, remote scope and places: "Remote (Canada) or hybrid · Toronto, ON". "" where nothing is said."""
    most = 1 if short else _PLACES
    kinds = [words("work").get(kind) or line(kind, 20) for kind in posting.work[:4]]
    scope = several([area(code, short=short) for code in posting.remote_scope], 2 if short else _AREAS, "areas")
    if "remote" in posting.work[:4] and scope:
        kinds[posting.work.index("remote")] = f"Remote ({scope})"
    elif scope:
        kinds.append(f"from {scope}")
    said = " or ".join(str(kind) if not at else str(kind)[:1].lower() + str(kind)[1:] for at, kind in enumerate(kinds))
    if posting.remote_excluded and not short:
        said += f", not from {several([area(code) for code in posting.remote_excluded], _AREAS, 'areas')}"
    # "Remote (Europe)" in the field for places is said by the scope already.
    known = [one for one in posting.places if one.city or one.region or one.country or not scope]
    places = several([place(one) for one in known], most, "places", "; ")
    if short and posting.work == ("remote",) and scope:
        places = ""
    return " · ".join(part for part in (said, places) if part and part.lower() != "remote (" + places.lower() + ")")


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
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= (size if unit == "M" else 10_000):
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + unit
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def pay(stated: Pay, home: str | None = None, *, short: bool = False) -> str:
    """Pay as stated: "CA$200k–240k a year", "from €60 an hour", "up to $90k a year (on target)"; "" where no amount is."""
    sign = symbol(stated.currency, home)
    low, high = stated.min, stated.max
    if low is None and high is None:
        return line(stated.words, 80)
    if low is not None and high is not None:
        said = f"{sign}{amount(low)}" + (f"–{amount(high)}" if high != low else "")
    else:
        said = f"from {sign}{amount(low)}" if low is not None else f"up to {sign}{amount(high or 0)}"
    if not stated.currency:
        said += " (currency not stated)"
    if stated.period and not (short and stated.period == "year"):
        said += f" {'an' if stated.period == 'hour' else 'a'} {line(stated.period, 10)}"
    if stated.tax in ("gross", "net") and not short:
        said += f" {stated.tax}"
    if not short:
        notes = [words("pay_kind").get(stated.kind, ""), f"for {line(stated.scope, 40)}" if stated.scope else ""]
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
        return "just now"
    if since < timedelta(0) or since > timedelta(days=14):
        return f"on {day(then, now, zone)}"
    from babel.dates import format_timedelta

    return str(format_timedelta(-since, add_direction=True, threshold=1, locale=locale()))


def day(then: datetime, now: datetime, zone: str) -> str:
    """ "3 October", with the year where it is another one."""
    # A date without an hour is the same day everywhere.
    here = then if (then.hour, then.minute, then.second) == (0, 0, 0) else then.astimezone(_zone(zone))
    today = now.astimezone(_zone(zone))
    return f"{here.day} {here:%B}" + (f" {here.year}" if here.year != today.year else "")


def last_day(expires: datetime, now: datetime) -> str:
    """The day until which one can apply, as the employer wrote it: "3 October"; no time zone moves it."""
    return f"{expires.day} {expires:%B}" + (f" {expires.year}" if expires.year != now.year else "")


def clock(then: datetime, zone: str) -> str:
    """ "Mon 23 Nov 2026, 08:05"."""
    here = then.astimezone(_zone(zone))
    return f"{here:%a} {here.day} {here:%b %Y, %H:%M}"


@cache
def _zone(name: str) -> ZoneInfo | Any:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
