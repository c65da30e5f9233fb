"""Spans of time as people write them: ``30m``, ``14 days``, ``2h``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
_UNITS |= {"d": 86_400, "day": 86_400, "w": 604_800, "week": 604_800, "month": 2_629_800, "y": 31_557_600, "year": 31_557_600}
_SPAN = re.compile(r"\s*(\d{1,12}(?:\.\d{1,3})?)\s*([a-z]+?)s?\s*", re.ASCII)


def span(text: str) -> timedelta:
    """The time that ``text`` says; raises ValueError telling the form that is expected."""
    match = _SPAN.fullmatch(text.lower())
    unit = _UNITS.get(match[2]) or (1 if match and match[2] == "" else None) if match else None
    if match is None or unit is None:
        raise ValueError(f'{text!r} is not a span of time; write for example "90s", "30m", "12h" or "14d"')
    return timedelta(seconds=float(match[1]) * unit)


def say(length: timedelta) -> str:
    """The shortest writing of a span that :func:`span` reads back to the same value."""
    seconds = length.total_seconds()
    for unit, size in (("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{int(seconds)}s" if seconds == int(seconds) else f"{seconds:.3f}s"
