"""note: write a note to a job, or read the notes of one."""

from __future__ import annotations

import argparse

from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, say, writing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which job, and what to note."""
    parser.add_argument("job", metavar="JOB", help="short id of a job, or address of a posting")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="the note (without: print what is noted)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Keep the note, or print all."""
    plan = plan_of(args)
    with writing(plan) as store:
        job = job_of(store, args.job)
        if args.words:
            store.marks.add("note", "job", str(job.id), clock(), note=" ".join(args.words))
        notes = store.marks.of("job", str(job.id))
    if args.json:
        emit([{"mark": mark.mark, "note": mark.note, "at": mark.at} for mark in notes])
    else:
        say(*[f"{here(mark.at, plan)}  {mark.note or mark.mark}" for mark in notes] or ["nothing is noted"])
    return 0
