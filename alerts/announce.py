"""An event of a job → alerts owed, to the searches that asked for its kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.means import Means
from alerts.model import Change, EventKind, Posting
from alerts.tell import Found, tell, visible


def announce(
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
        found = means.wanted.find([posting], now, [state.first_seen if state else now])[0]
    watched = job in store.marks.watched()
    asked = [(saved, match) for saved, match in found if kind in saved.events or watched]
    shown = visible(store, job, posting, asked, now)
    return tell(store, means.plan, job, kind, shown, now, key=str(event), changes=changes)
