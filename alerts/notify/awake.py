"""How long this machine was awake with job-alerts at work, so that a night asleep costs no message its tries."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.store.store import Store

#: The fact under which the time awake is kept, in seconds.
FACT = "awake"
#: Between two looks no more than this counts; cron calls may lie so far apart, a sleep is longer.
GAP = timedelta(hours=1)
#: A look that comes sooner is not written down.
STEP = timedelta(minutes=5)


def awake(store: Store, now: datetime) -> timedelta:
    """The time awake until now; each look counts the time since the last one, up to an hour."""
    kept = store.fact(FACT)
    seconds, at = (_number(kept[0]), kept[1]) if kept else (0.0, now)
    passed = min(max(now - at, timedelta(0)), GAP)
    total = timedelta(seconds=seconds) + passed
    if kept is None or passed >= STEP or now < at:
        store.keep_fact(FACT, f"{total.total_seconds():.0f}", now)
    return total


def last_awake(store: Store) -> datetime | None:
    """When this was last kept; later than now where the clock was set back since."""
    kept = store.fact(FACT)
    return kept[1] if kept else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
