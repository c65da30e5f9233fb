"""Once a day what has been closed for longer than ``settings.keep`` loses its text, and later all but a tombstone."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.notify.means import Means
from alerts.store.retention import forget

FACT = "retention"
EVERY = timedelta(hours=20)


def tend(means: Means, now: datetime) -> str | None:
    """Do it when it is due; what to log, if anything."""
    done = means.store.fact(FACT)
    if done and timedelta(0) <= now - done[1] < EVERY:
        return None
    keep = means.plan.settings.keep
    means.store.keep_fact(FACT, "", now)
    gone = forget(means.store.ledger, now - keep, now - 2 * keep)
    if not (gone.texts or gone.tombstones):
        return None
    return f"closed for long: {gone.texts} postings lost their text, {gone.tombstones} are remembered by name only"
