"""same: two jobs are one; from now on they are told together."""

from __future__ import annotations

import argparse

from alerts.acts.identity import join
from alerts.acts.jobs import job_of
from alerts.cli.commands._shared import clock, plan_of, say, writing
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """The two."""
    parser.add_argument("a", metavar="A", help="short id of a job, or address of a posting")
    parser.add_argument("b", metavar="B", help="another")


def run(args: argparse.Namespace) -> int:
    """Join them for ever; the older job keeps its id."""
    plan = plan_of(args)
    with writing(plan) as store, store.transaction():
        a, b = job_of(store, args.a), job_of(store, args.b)
        if a.id == b.id:
            say(f"{short(a.id)} holds both already")
            return 0
        into, other = join(store, a.id, b.id, clock())
    say(f"{short(other)} is now part of {short(into)}")
    return 0
