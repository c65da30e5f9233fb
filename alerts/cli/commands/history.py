"""history: what happened to a job: seen where and when, why that is one job, changed how, told by which channel."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime

from alerts.cli.commands._jobs import job_of
from alerts.cli.commands._shared import emit, here, json_option, plan_of, reading, say
from alerts.model.plan import Plan
from alerts.store.postings import JobState, Stored
from alerts.store.short import short
from alerts.store.store import Store

MARKS = {"hide": "hidden by you", "applied": "you applied", "saved": "saved by you"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print it, oldest first, and what it is known by."""
    plan = plan_of(args)
    with reading(plan) as store:
        job = job_of(store, args.job)
        stored = store.postings.of_job(job.id)
        lines = sorted(_lines(store, job, stored))
        known = [*_identity(stored), *_missing(store, stored, plan), *_possibly(store, job)]
    if args.json:
        history = [{"at": at, "what": what} for at, what in lines]
        emit({"job": short(job.id), "reposts": job.reposts, "history": history, "known": known})
        return 0
    shown = stored[0].posting
    say(f"{short(job.id)}  {shown.title} — {shown.company or 'company not stated'}")
    say(*(f"  {here(at, plan)}  {what}" for at, what in lines), *(f"  {one}" for one in known))
    return 0


def _lines(store: Store, job: JobState, stored: Sequence[Stored]) -> Iterator[tuple[datetime, str]]:
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


def _identity(stored: Sequence[Stored]) -> Iterator[str]:
    """What each listing is known by, and why it is the same job as the first."""
    from alerts.dedupe.fingerprint import fingerprint
    from alerts.dedupe.judge import judge

    prints = [fingerprint(one.posting, with_text=True, seen=one.first_seen) for one in stored]
    yield f"known as {', '.join(dict.fromkeys(name for one in prints for name in one.ids)) or prints[0].address}"
    for one, print_ in zip(stored[1:], prints[1:], strict=True):
        verdict = judge(prints[0], print_)
        yield f"one job with {one.posting.url}: {'; '.join(verdict.evidence) or 'by the word of another listing, or yours'}"


def _missing(store: Store, stored: Sequence[Stored], plan: Plan) -> Iterator[str]:
    for one in stored:
        known = store.postings.known(one.posting.source, [one.posting.source_id])[one.posting.source_id]
        if known.missed and known.first_missed and not known.closed:
            yield f"missing from the last {known.missed} listings, since {here(known.first_missed, plan)}: {one.posting.url}"


def _possibly(store: Store, job: JobState) -> Iterator[str]:
    said = {"likely": "possibly the same as", "same": "joined by you with", "different": "said by you to be another than"}
    for other, relation, _ in store.postings.pairs_of(job.id):
        yield f"{said.get(relation, relation)} {short(other)}"
