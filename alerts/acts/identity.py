"""Two jobs are one, or two listings are not: the person's word, which stays."""

from __future__ import annotations

from datetime import datetime

from alerts.acts.application_marks import follow
from alerts.store.store import Store


def join(store: Store, a: int, b: int, now: datetime) -> tuple[int, int]:
    """Join two jobs for ever; (the older, which keeps its id, and the one that is part of it now)."""
    into, other = sorted((a, b))
    with store.transaction():
        store.postings.merge(into, other)
        store.postings.pair(into, other, "same", ["joined by the user"], now, by_user=True)
    return into, other


def keep_apart(store: Store, a: int, b: int, now: datetime) -> None:
    """Two jobs are never taken for one again."""
    store.postings.pair(a, b, "different", ["parted by the user"], now, by_user=True)


def part(store: Store, job: int, posting: int, now: datetime) -> int:
    """Take a listing out of a job for ever; what was told of it counts as told. The new job."""
    with store.transaction():
        other = store.postings.part(posting, now)
        keep_apart(store, job, other, now)
        follow(store, job, other, now)
    return other
