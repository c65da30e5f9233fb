"""history: what happened to a job: seen where and when, why that is one job, changed how, told by which channel."""

from __future__ import annotations

import argparse

from alerts.acts.history import identity, lines, missing, possibly
from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import emit, here, json_option, plan_of, reading, say
from alerts.store.short import short


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
        told = sorted(lines(store, job, stored))
        known = [*identity(stored), *missing(store, stored, plan.settings.timezone), *possibly(store, job)]
    if args.json:
        history = [{"at": at, "what": what} for at, what in told]
        emit({"job": short(job.id), "reposts": job.reposts, "history": history, "known": known})
        return 0
    shown = stored[0].posting
    say(f"{short(job.id)}  {shown.title} — {shown.company or 'company not stated'}")
    say(*(f"  {here(at, plan)}  {what}" for at, what in told), *(f"  {one}" for one in known))
    return 0
