"""different: two postings or jobs are not one; they are never taken for one again."""

from __future__ import annotations

import argparse

from alerts.acts.identity import keep_apart, part
from alerts.acts.jobs import job_of, postings_of
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say, writing
from alerts.model.errors import UsageError
from alerts.store.short import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """The two."""
    parser.add_argument("a", metavar="A", help="short id of a job, or address of a posting")
    parser.add_argument("b", metavar="B", help="another; name two postings of one job by their addresses to part them")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Part them for ever; what was told of them counts as told."""
    plan = plan_of(args)
    with writing(plan) as store, store.transaction():
        a, b = job_of(store, args.a), job_of(store, args.b)
        other = b.id
        if a.id == b.id:
            found = [postings[0] for words in (args.a, args.b) if (postings := postings_of(store, words))]
            if len(found) < 2 or found[0].id == found[1].id:
                raise UsageError(
                    f"{args.a} and {args.b} are one job; name the addresses of the two postings that are not the same"
                )
            other = part(store, a.id, found[1].id, clock())
        else:
            keep_apart(store, a.id, other, clock())
    if args.json:
        emit({"job": short(a.id), "other": short(other)})
    else:
        say(f"{short(a.id)} and {short(other)} are different jobs")
    return 0
