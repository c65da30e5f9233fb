"""Dates in words: months, ages and time zones in the languages of the sources."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from alerts.normalise import tables

_COUNT = r"(?P<count>\d{1,4})\s*\+?\s*"


def month(name: str) -> int | None:
    """The number of a month by its name or short name in any of 35 languages."""
    low = name.lower().strip(".")
    if low in _months():
        return _months()[low]
    numbers = {number for known, number in _months().items() if len(low) > 2 and known.startswith(low)}
    return numbers.pop() if len(numbers) == 1 else None


def days_ago(text: str) -> float | None:
    """How many days back the words say; None where they do not speak of an age."""
    low = text.lower()
    if re.search(_words()["ago"], low) and (found := _age().search(low)):
        return int(found["count"]) * _units()[int((found.lastgroup or "u0")[1:])][0]
    if re.search(_words()["yesterday"], low):
        return 1.0
    return 0.0 if re.search(_words()["today"], low) else None


def hours_east(zone: str | None) -> float:
    """What a zone's short name, or "+0300", is ahead of Greenwich; 0 where it is not known."""
    if zone and zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        hours = int(digits[:2]) + int(digits[2:4]) / 60
        return hours if zone[0] == "+" else -hours
    return float(_words()["zones"].get((zone or "").lower(), 0))


@cache
def _words() -> dict[str, Any]:
    return tables.toml("dates.toml")


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for row in tables.rows("calendar.tsv"):
        _, _, number, names = row.split("\t")
        for name in names.split("|"):
            found.setdefault(name.lower().strip("."), int(number))
    return found


@cache
def _units() -> list[tuple[float, str]]:
    return [(float(days), words) for days, words in _words()["units"].items()]


@cache
def _age() -> re.Pattern[str]:
    return re.compile(_COUNT + "(?:" + "|".join(f"(?P<u{at}>{words})" for at, (_, words) in enumerate(_units())) + ")")
