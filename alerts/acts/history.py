"""What happened to a job: seen where and when, changed how, told by which channel; and what it is known by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from alerts.model.spoken import here
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import short
from alerts.store.store import Store

MARKS = {"hide": "hidden by you", "applied": "you applied", "saved": "saved by you"}


def lines(store: Store, job: JobState, stored: Sequence[Stored]) -> Iterator[tuple[datetime, str]]:
    """What happened and when, in no order."""
    names = store.sources.names()
    for one in stored:
        yield one.first_seen, f"seen at {names.get(one.posting.source, one.posting.source)}: {one.posting.url}"
    for event in store.events.of_job(job.id):
        changes = "".join(f"; {c.field}: {c.before or '(nothing)'} → {c.after or '(nothing)'}" for c in event.changes)
        yield event.at, f"{event.kind.value}{changes}"
    for owed in store.outbox.told(job.id):
        yield owed.at, f"{owed.event.value} {owed.state} by {owed.channel} for {owed.search}"
    for mark in store.marks.of("job", str(job.id)):
        yield mark.at, mark.note or MARKS.get(mark.mark, mark.mark)


def identity(stored: Sequence[Stored]) -> Iterator[str]:
    """What each listing is known by, and why it is the same job as the first."""
    from alerts.dedupe.fingerprint import fingerprint
    from alerts.dedupe.judge import judge

    prints = [fingerprint(one.posting, with_text=True, seen=one.first_seen) for one in stored]
    yield f"known as {', '.join(dict.fromkeys(name for one in prints for name in one.ids)) or prints[0].address}"
    for one, print_ in zip(stored[1:], prints[1:], strict=True):
        verdict = judge(prints[0], print_)
        yield f"one job with {one.posting.url}: {'; '.join(verdict.evidence) or 'by the word of another listing, or yours'}"


def missing(store: Store, stored: Sequence[Stored], zone: str) -> Iterator[str]:
    """Listings that their sources did not name of late."""
    for one in stored:
        known = store.postings.known(one.posting.source, [one.posting.source_id])[one.posting.source_id]
        if known.missed and known.first_missed and not known.closed:
            since = here(known.first_missed, zone)
            yield f"missing from the last {known.missed} listings, since {since}: {one.posting.url}"


def possibly(store: Store, job: JobState) -> Iterator[str]:
    """Other jobs that it may be, or was said to be or not to be."""
    said = {"likely": "possibly the same as", "same": "joined by you with", "different": "said by you to be another than"}
    for other, relation, _ in store.postings.pairs_of(job.id):
        yield f"{said.get(relation, relation)} {short(other)}"
