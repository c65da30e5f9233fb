"""An event of a job → alerts owed, to the searches that asked for its kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.model.event import Change, EventKind
from alerts.model.posting import Posting
from alerts.notify.enqueue import Found, enqueue, visible
from alerts.notify.means import Means


def enqueue_event(
    kind: EventKind,
    event: int,
    job: int,
    posting: Posting,
    means: Means,
    now: datetime,
    found: Found | None = None,
    changes: Iterable[Change] = (),
) -> int:
    """Owe the alerts of one event, known by its number; how many. ``found``: the matches, where they are known already."""
    store = means.store
    if found is None:
        state = store.postings.job(job)
        found = means.matcher.find([posting], now, [state.first_seen if state else now])[0]
    watched = job in store.marks.watched()
    asked = [(saved, match) for saved, match in found if kind in saved.events or watched]
    shown = visible(store, job, posting, asked, now)
    return enqueue(store, means.plan, job, kind, shown, now, key=str(event), changes=changes)
