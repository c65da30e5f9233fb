"""The values of a change in words: kept as ``dedupe/changes.py`` writes them, said in the language spoken."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from alerts.model.posting import Pay
from alerts.render import wording

#: ``100,000–120,000 USD a year``, ``from 90,000 a month``: every part but a figure may be missing.
_PAY = re.compile(
    r"(?:(?P<end>from|up to) )?(?P<low>[\d,]+)(?:–(?P<high>[\d,]+))?(?: (?P<currency>[A-Z]{3}))?(?: a (?P<period>[a-z]+))?"
)
#: What one country calls ``Berlin, DE`` another calls by its name.
_COUNTRY = re.compile(r"(?:^|(?<=, ))[A-Z]{2}$")


def said(field: str, value: str, now: datetime, home: str | None = None) -> str:
    """``value`` of ``field`` as a person says it; what is not understood stays as it is."""
    match field:
        case "pay":
            return _pay(value, home)
        case "work" | "employment" | "level":
            return ", ".join(wording.word(field, one) or one for one in value.split(", ")) if value else ""
        case "places":
            return "; ".join(_COUNTRY.sub(lambda found: wording.country(found[0]), one) for one in value.split("; "))
        case "expires":
            return _day(value, now)
    return value


def _pay(value: str, home: str | None) -> str:
    found = _PAY.fullmatch(value)
    if found is None:
        return value
    low, high = (float(one.replace(",", "")) if one and one.strip(",") else None for one in (found["low"], found["high"]))
    if found["end"] == "up to":
        low, high = None, low
    elif not found["end"] and high is None:
        high = low
    return wording.pay(Pay(low, high, found["currency"], found["period"]), home)


def _day(value: str, now: datetime) -> str:
    try:
        return wording.last_day(datetime.fromisoformat(value).replace(tzinfo=UTC), now)
    except ValueError:
        return value
