"""More like this job: what is stored, the most alike first, each with how alike it is and why."""

from __future__ import annotations

from datetime import datetime

from alerts.store.posting_rows import Stored
from alerts.store.store import Store

#: Postings that are looked at, the newest.
MOST = 20_000


def alike(store: Store, job: int, since: datetime, number: int, most: int = MOST) -> list[tuple[int, Stored, tuple[str, ...]]]:
    """(per cent, posting, the words they share) of the nearest jobs that were first seen since a moment, each once."""
    from alerts.match.likeness import nearest

    shown = store.postings.of_job(job)[0].posting
    others = _others(store, job, since, most)
    found = nearest(shown, [one.posting for one in others], number)
    return [(round(score * 100), others[at], words) for at, score, words in found]


def _others(store: Store, job: int, since: datetime, most: int) -> list[Stored]:
    """One posting of every other job, the newest jobs."""
    found: dict[int, Stored] = {}
    for batch in store.postings.since(since):
        for one in batch:
            if one.job != job:
                found.setdefault(one.job, one)
    return list(found.values())[-most:]
