"""history: what happened to a job: seen where and when, changed how, told by which channel."""

from __future__ import annotations

import argparse

from alerts.commands._jobs import job_of
from alerts.commands._shared import emit, json_option, plan_of, reading, say
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print it, oldest first."""
    plan = plan_of(args)
    with reading(plan) as store:
        job = job_of(store, args.job)
        stored, names = store.postings.of_job(job.id), store.sources.names()
        lines = [
            (one.first_seen, f"seen at {names.get(one.posting.source, one.posting.source)}: {one.posting.url}") for one in stored
        ]
        for event in store.events.of_job(job.id):
            changes = "".join(f"; {c.field}: {c.before or '(nothing)'} → {c.after or '(nothing)'}" for c in event.changes)
            lines.append((event.at, f"{event.kind.value}{changes}"))
        lines += [
            (owed.at, f"{owed.event.value} {owed.state} by {owed.channel} for {owed.search}")
            for owed in store.outbox.told(job.id)
        ]
        lines += [(mark.at, mark.note or mark.mark) for mark in store.marks.of("job", str(job.id))]
    if args.json:
        emit({"job": short(job.id), "reposts": job.reposts, "history": [{"at": at, "what": what} for at, what in sorted(lines)]})
        return 0
    shown = stored[0].posting
    say(f"{short(job.id)}  {shown.title} — {shown.company or 'company not stated'}")
    say(*(f"  {at:%Y-%m-%d %H:%M}  {what}" for at, what in sorted(lines)))
    return 0
