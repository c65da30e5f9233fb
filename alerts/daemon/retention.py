"""Once a day what has been closed for longer than ``settings.keep`` loses its text, and later all but a tombstone."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.notify.means import Means
from alerts.store.retention import forget

FACT = "retention"
EVERY = timedelta(hours=20)
#: So long ago nothing was closed.
FOR_EVER = timedelta(days=365 * 1000)


def tend(means: Means, now: datetime) -> str | None:
    """Do it when it is due; what to log, if anything. Room that became free goes back to the disk, some of it each time."""
    done = means.store.fact(FACT)
    said = None if done and timedelta(0) <= now - done[1] < EVERY else _forget(means, now)
    means.store.give_back()
    return said


def _forget(means: Means, now: datetime) -> str | None:
    keep = min(means.plan.settings.keep, FOR_EVER)
    gone = forget(means.store.ledger, means.store.index, _before(now, keep), _before(now, 2 * keep))
    # Last, so that what a kill cut short goes on at the next start.
    means.store.keep_fact(FACT, "", now)
    if not (gone.texts or gone.tombstones):
        return None
    return f"closed for long: {gone.texts} postings lost their text, {gone.tombstones} are remembered by name only"


def _before(now: datetime, span: timedelta) -> datetime:
    """The moment so long ago; the first that there is, where a clock stands in 1970 or ``keep`` is for ever."""
    first = datetime.min.replace(tzinfo=now.tzinfo)
    return now - span if now - first > span else first
