"""An event of a job → alerts owed, to the searches that asked for its kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.model.event import Change, EventKind
from alerts.model.posting import Posting
from alerts.notify.context import Context
from alerts.notify.enqueue import Found, enqueue, visible


def enqueue_event(
    kind: EventKind,
    event: int,
    job: int,
    posting: Posting,
    context: Context,
    now: datetime,
    found: Found | None = None,
    changes: Iterable[Change] = (),
) -> int:
    """Owe the alerts of one event, known by its number; how many. ``found``: the matches, where they are known already."""
    store = context.store
    if found is None:
        state = store.postings.job(job)
        found = context.matcher.find([posting], now, [state.first_seen if state else now])[0]
    watched = job in store.marks.watched()
    asked = [(saved, match) for saved, match in found if kind in saved.events or watched]
    shown = visible(store, job, posting, asked, now)
    return enqueue(store, context.plan, job, kind, shown, now, key=str(event), changes=changes)
