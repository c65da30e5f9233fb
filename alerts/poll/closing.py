"""Which stored postings a listing still shows: what is missing for long is closed, what comes back opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.dedupe import presence
from alerts.dedupe.presence import Presence
from alerts.model.event import EventKind
from alerts.model.plan import Source
from alerts.notify.enqueue_event import enqueue_event
from alerts.notify.means import Means
from alerts.poll.crawl import Listing
from alerts.store.postings import Known


@dataclass(slots=True)
class Attendance:
    """What a listing says of the postings that were there before."""

    #: Does it count for what it does not show? And why (not).
    counted: bool = False
    verdict: str = ""
    closed: int = 0
    reopened: int = 0
    told: int = 0


def attend(source: Source, listing: Listing, means: Means, now: datetime) -> Attendance:
    """Keep who is there and who is not; call it inside the transaction of the poll."""
    store, seen = means.store, Attendance()
    known = store.postings.open_of(source.key)
    if listing.unchanged:
        # The same listing once more: what it lacked before, it lacks again.
        missing = [one for one in known if one.missed]
        seen.verdict = "nothing changed"
    else:
        missing = _missing(source, listing, known, means, seen)
        _come_back(source, listing, means, now, seen)
    for one in missing:
        after = presence.not_seen(Presence(one.missed, one.first_missed), now)
        store.postings.keep_presence(one.id, after.missed, after.first_missed, after.closed_at)
        if after.closed_at and not store.postings.has_open(one.job):
            _close(one, means, now, seen)
    return seen


def _missing(source: Source, listing: Listing, known: list[Known], means: Means, seen: Attendance) -> list[Known]:
    state = means.store.sources.state(source.key)
    before = state.dropped if state.dropped is not None else state.listed
    verdict = presence.judge_listing(len(known), len(listing.raws), before, listing.complete)
    seen.counted, seen.verdict = verdict.counts, verdict.why
    means.store.sources.keep_drop(source.key, len(listing.raws) if listing.complete and not verdict.counts else None)
    return [one for one in known if one.source_id not in listing.raws] if verdict.counts else []


def _come_back(source: Source, listing: Listing, means: Means, now: datetime, seen: Attendance) -> None:
    store = means.store
    for one in store.postings.known(source.key, list(listing.raws)).values():
        if not (one.missed or one.closed):
            continue
        store.postings.keep_presence(one.id, 0, None, None)
        job = store.postings.job(one.job)
        if job is None or job.closed is None:
            continue
        store.postings.keep_job(job.id, closed=None)
        event = store.events.add(job.id, EventKind.REOPENED, now, one.id)
        seen.reopened += 1
        seen.told += enqueue_event(EventKind.REOPENED, event, job.id, store.postings.get(one.id).posting, means, now)


def _close(one: Known, means: Means, now: datetime, seen: Attendance) -> None:
    """The last open posting of a job is closed, and so is the job."""
    means.store.postings.keep_job(one.job, closed=now)
    event = means.store.events.add(one.job, EventKind.CLOSED, now, one.id)
    seen.closed += 1
    seen.told += enqueue_event(EventKind.CLOSED, event, one.job, means.store.postings.get(one.id).posting, means, now)
