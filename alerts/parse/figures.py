"""Figures: amounts of money that sources write as text in fields of their own ("45.000", "15,50", "45'000", "45k")."""

from __future__ import annotations

import re

from alerts.parse import digits
from alerts.parse.values import number

_LONGEST = 60
#: A figure with a currency or a unit of thousands beside it, and nothing else.
_FIGURE = re.compile(
    r"(?:(?:[A-Z]{1,3}|[Kk]r|[Rr]s)\.?)?\s?[$€£₹¥₩₪₽₺₫฿￥]?\s?(?P<digits>\d(?:[\d.,'’´\u00a0\u2009\u202f ]*\d)?)"
    r"(?:\s?(?P<times>k|K|mil|mille|tsd\.?|T(?=\s?€)|lakhs?|lpa|LPA|L))?"
    r"(?:,-{1,2}|\.-{1,2})?\s?(?:[$€£₹¥₩₪₽₺₫฿￥]|zł|kr\.?|Kč|Ft|[A-Z]{3}|[Ee]uros?)?"
)
_SPACES = re.compile("[\u00a0\u2009\u202f ]|['’´]")
_GROUPS = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}")
_JOIN = re.compile(r"(?<=[\w€$£.])\s*(?:-{1,2}|–|—|~|\bto\b|\bbis\b|\bà\b|\ba\b|\btot\b|\bdo\b)\s*(?=[\d€$£A-Z])")
_HOURLY = re.compile(r"hour|stunde|heure|hora|uur|timm|godz|^p?h(?:r|rs)?$", re.IGNORECASE)
#: Money in which an hour is paid with thousands.
_SMALL = frozenset(
    ["JPY", "KRW", "IDR", "VND", "COP", "CLP", "HUF", "ISK", "CRC", "PYG", "ARS", "NGN", "UGX", "TZS", "IRR", "LBP"]
)
_TIMES = {"k": 1e3, "mil": 1e3, "mill": 1e3, "mille": 1e3, "tsd": 1e3, "t": 1e3, "l": 1e5, "lakh": 1e5, "lakhs": 1e5, "lpa": 1e5}


def amount(value: object, currency: object = None, period: object = None) -> float | None:
    """The amount of a field, a number or the text of one; None where it is anything else.

    A point or comma before three digits groups thousands, wherever the publisher lives, but in the pay of an hour, which has
    none; before one, two or four digits it is the decimal point.
    """
    if not isinstance(value, str):
        return number(value)
    said = digits.plain(value.strip()[: _LONGEST + 1])
    found = _FIGURE.fullmatch(said) if len(said) <= _LONGEST else None
    if found is None:
        return None
    times = _TIMES.get((found["times"] or "").rstrip(".").lower(), 1.0)
    hourly = isinstance(period, str) and bool(_HOURLY.search(period.strip())) and str(currency or "").upper() not in _SMALL
    read = _value(found["digits"], small=hourly or times > 1)
    return None if read is None else read * times


def span(value: object, currency: object = None, period: object = None) -> tuple[float, float] | None:
    """Both ends of "45.000 - 55.000", or one figure twice; None where the text is anything else."""
    ends = _JOIN.split(value.strip()[:_LONGEST], maxsplit=1) if isinstance(value, str) else [value]
    read = [amount(end, currency, period) for end in ends]
    if read[0] is None or read[-1] is None:
        return None
    low, high = read[0], read[-1]
    # "45-55k": the unit of thousands stands once.
    low = low * 1000 if low < 1000 <= high and low * 1000 <= high else low
    return (low, high) if 0 < low <= high else None


def _value(said: str, *, small: bool) -> float | None:
    """The value of digits with separators; ``small``: three digits behind a single point are decimals."""
    said = said.strip()
    if _SPACES.search(said):
        parts = _SPACES.split(re.split(r"[.,]\d{1,2}$", said)[0])
        if not all(len(part) == 3 for part in parts[1:]):
            return None  # two figures, or a date
        said = _SPACES.sub("", said)
    points, commas = said.count("."), said.count(",")
    if points and commas:
        last = max(said.rfind("."), said.rfind(","))
        whole, rest = said[:last], said[last + 1 :]
        if said[last] in whole or not _GROUPS.fullmatch(whole):
            return None
        return float(re.sub(r"\D", "", whole) + "." + rest)
    if points + commas == 1:
        head, tail = re.split("[.,]", said)
        decimal = len(tail) != 3 or len(head) > 3 or head == "0" or (small and "." in said)
        return float(f"{head}.{tail}") if decimal else float(head + tail)
    if points + commas and not _GROUPS.fullmatch(said):
        return None
    return float(re.sub("[.,]", "", said)) if len(said) <= 25 else None
