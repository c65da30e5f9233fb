"""same: two jobs are one; from now on they are told together."""

from __future__ import annotations

import argparse

from alerts.acts.identity import join
from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say, writing
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """The two."""
    parser.add_argument("a", metavar="A", help="short id of a job, or address of a posting")
    parser.add_argument("b", metavar="B", help="another")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Join them for ever; the older job keeps its id."""
    plan = plan_of(args)
    with writing(plan) as store, store.transaction():
        a, b = job_of(store, args.a), job_of(store, args.b)
        if a.id == b.id:
            return _said(args, short(a.id), None)
        into, other = join(store, a.id, b.id, clock())
    return _said(args, short(into), short(other))


def _said(args: argparse.Namespace, job: str, joined: str | None) -> int:
    if args.json:
        emit({"job": job, "joined": joined})
    else:
        say(f"{joined} is now part of {job}" if joined else f"{job} holds both already")
    return 0
