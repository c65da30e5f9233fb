"""like: more like this job: what is stored, the most alike first, each with how alike it is and why."""

from __future__ import annotations

import argparse
from datetime import timedelta

from alerts.acts.jobs import job_of
from alerts.acts.like import alike
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say
from alerts.model.posting import Posting
from alerts.store.posting_rows import Stored
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, how many others."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("--number", type=int, default=10, metavar="N", help="how many to show (10)")
    parser.add_argument("--days", type=int, default=90, metavar="N", help="first seen in the last so many days (90)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print the nearest jobs, each once."""
    plan = plan_of(args)
    with reading(plan) as store:
        job = job_of(store, args.job)
        shown = store.postings.of_job(job.id)[0].posting
        rows = alike(store, job.id, clock() - timedelta(days=args.days), args.number)
    if args.json:
        emit({"job": short(job.id), "like": [_row(percent, one, words) for percent, one, words in rows]})
        return 0
    say(f"like {shown.title} — {shown.company or 'company not stated'}:" if rows else "nothing stored is like it")
    for percent, one, words in rows:
        say(f"{percent:3} %  {short(one.job)}  {_named(one.posting)}", f"       {', '.join(words)}", f"       {one.posting.url}")
    return 0


def _named(posting: Posting) -> str:
    return f"{posting.title} — {posting.company or 'company not stated'}"


def _row(percent: int, one: Stored, words: tuple[str, ...]) -> dict[str, object]:
    posting = one.posting
    return {
        "job": short(one.job),
        "alike": percent,
        "title": posting.title,
        "company": posting.company,
        "url": posting.url,
        "words": list(words),
    }
