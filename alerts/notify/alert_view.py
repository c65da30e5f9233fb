"""Rows of the store → the alert that a message shows: the job with all its places, the employer's own first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alerts.dedupe.consolidate import consolidate, in_order
from alerts.model.alert import Alert
from alerts.model.posting import Posting
from alerts.store.outbox import QueuedAlert
from alerts.store.posting_rows import Stored
from alerts.store.short import short
from alerts.store.store import Store


def alert_of(store: Store, owed: QueuedAlert, *, letter: str | None = None) -> Alert:
    """The alert with everything that a message may want to say; raises LookupError where nothing of the job can be read."""
    # Two jobs may have become one while the alert of either was on its way.
    job = store.postings.job(owed.job)
    number = job.id if job else owed.job
    stored = store.postings.of_job(number)
    if not stored:
        raise LookupError(number)
    postings = shown_first(stored, store.sources.names_of(one.posting.source for one in stored))
    return Alert(
        id=owed.id,
        job=short(number),
        search=" · ".join((owed.search, *owed.also)),
        event=owed.event,
        at=owed.at,
        posting=postings[0],
        postings=postings,
        changes=owed.changes,
        reasons=owed.reasons,
        possibly=tuple(short(other) for other, relation, _ in store.postings.pairs_of(number) if relation == "likely"),
        reposted=job.reposts if job else 0,
        score=owed.score,
        letter=letter,
    )


def shown_first(stored: Sequence[Stored], names: dict[str, str]) -> tuple[Posting, ...]:
    """The job as a whole, then the other open listings (all, where none is open), each under the name of its source."""
    alive = [one for one in stored if one.closed is None] or list(stored)
    ordered = in_order(one.posting for one in alive)
    named = [replace(one, source=names.get(one.source, one.source)) for one in (consolidate(ordered), *ordered[1:])]
    return tuple(named)
