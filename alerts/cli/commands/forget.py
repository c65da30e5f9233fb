"""forget: remove for ever what you said of a job: its application, kept copies, letters, notes, and messages on it."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from alerts.acts import forget as forgetting
from alerts.acts.application_catch_up import catch_up
from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say, writing
from alerts.model.errors import UsageError
from alerts.store.places import beside, left_behind
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which jobs, and that it is meant."""
    parser.add_argument("jobs", nargs="*", metavar="JOB", help="short ids of jobs, or addresses of postings")
    parser.add_argument("--applications", action="store_true", help="all applications")
    parser.add_argument("--yes", action="store_true", help="do it; without, it is only said what would go")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when it is gone; 1 when only said."""
    plan = plan_of(args)
    if bool(args.jobs) == args.applications:
        raise UsageError("name the jobs to forget, or say --applications for all applications")
    with writing(plan) as store:
        catch_up(store, clock())
        jobs = sorted(store.applications.jobs()) if args.applications else [job_of(store, words).id for words in args.jobs]
        if not args.yes:
            names = ", ".join(map(short, jobs)) or "nothing"
            say(f"this would forget what you said of: {names}; it cannot be taken back. Do it with --yes")
            return 1
        gone = forgetting.forget(store, jobs)
    copies = forgetting.elsewhere(beside(plan.settings.database).resolve())
    if args.json:
        emit(asdict(gone) | {"jobs": [short(job) for job in jobs], "still_in": [str(path) for path in copies]})
        return 0
    say(
        f"forgotten: {gone.applications} applications with {gone.entries} entries and {gone.copies} kept copies,"
        f" {gone.marks} marks, {gone.messages} messages"
    )
    if not gone.overwritten:
        say(left_behind(plan.settings.database))
    if copies:
        say(f"copies that were made before still hold it: {', '.join(map(str, copies))}")
    return 0
