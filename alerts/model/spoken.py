"""When, how long ago and how far ahead, as a person says it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in a word: ``3h``, ``2d``, ``never``."""
    if moment is None:
        return "never"
    seconds = max(0, (now - moment).total_seconds())
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f}{unit}"
    return f"{seconds:.0f}s"


def ahead(moment: datetime, now: datetime) -> str:
    """How far ahead, in a word: ``in 25m``, ``now``."""
    return f"in {ago(now, moment)}" if moment > now else "now"


def here(moment: datetime, zone: str) -> str:
    """A moment in a time zone, which it names: ``2026-11-28 08:05 CET``."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
