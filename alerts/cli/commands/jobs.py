"""jobs: list the open jobs that your searches want, or with --near those that one condition kept out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from alerts.cli.commands import _judged as judging
from alerts.cli.commands._judged import Judged
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say, table
from alerts.cli.commands._spans import span_of
from alerts.model.plan import Plan
from alerts.render.clean import link
from alerts.render.spreadsheet import sheet
from alerts.store.store import Store

COLUMNS = ("job", "title", "company", "where", "pay", "posted", "search", "state", "kept_out_by", "url")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which jobs, and in which form."""
    parser.add_argument("search", metavar="SEARCH", nargs="?", help="the name of a search (default: all)")
    parser.add_argument("--near", action="store_true", help="near misses instead, with the one condition that kept each out")
    parser.add_argument("--company", metavar="NAME", help="only of this employer")
    parser.add_argument("--place", metavar="PLACE", help='only where one can work there ("Berlin", "50 km of Toronto")')
    parser.add_argument("--remote", action="store_true", help="only what can be done remotely")
    parser.add_argument("--since", type=span_of, metavar="SPAN", help='only what was posted, or first seen, since ("7d")')
    parser.add_argument("--all", action="store_true", help="closed and hidden jobs too")
    parser.add_argument("--number", type=int, default=50, metavar="N", help="at most so many, the best first (50; 0: all)")
    parser.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print one job a row; 0 also where there is none, which is said with what to do."""
    plan = plan_of(args)
    searches = judging.named(plan, args.search)
    with reading(plan) as store:
        found = sorted(_chosen(judging.judged(searches, plan, store, clock(), near=args.near, all_of=args.all), args, plan))
        shown = found[: args.number or None]
        records = [judging.record(one, store, plan, clock()) for one in shown]
        empty = _nothing(args, plan, store) if not found else ()
    if args.json:
        for record in records:
            emit(record)
    elif args.csv:
        sys.stdout.write(sheet(COLUMNS, records))
    elif records:
        _print(records, near=args.near)
        _rest(len(found) - len(shown))
    else:
        say(*empty)
    return 0


def _chosen(found: Iterator[Judged], args: argparse.Namespace, plan: Plan) -> Iterator[Judged]:
    """Those that the filters let through."""
    wanted = judging.conditions(args.company, args.place, plan.settings.home, remote=args.remote)
    since = clock() - args.since if args.since else None
    for one in found:
        if since and (one.posting.posted or one.first_seen) < since:
            continue
        if wanted is None or judging.wants(wanted, one.posting, clock()):
            yield one


def _print(records: Sequence[dict[str, object]], *, near: bool) -> None:
    last = ("KEPT OUT BY", "kept_out_by") if near else ("STATE", "state")
    columns = (("JOB", "job"), ("TITLE", "title"), ("COMPANY", "company"), ("WHERE", "where"), ("PAY", "pay"),
               ("POSTED", "posted_words"), ("SEARCH", "search"), last)  # fmt: skip
    several = len({record["search"] for record in records}) > 1
    used = [(head, key) for head, key in columns if (key != "search" or several) and any(record[key] for record in records)]
    links = {str(record["title"]): address for record in records if (address := link(str(record["url"])))}
    table(([record[key] for _, key in used] for record in records), [head for head, _ in used], links)


def _rest(more: int) -> None:
    if more > 0:
        say("", f"{more:,} more; --number 0 lists all")


def _nothing(args: argparse.Namespace, plan: Plan, store: Store) -> list[str]:
    """Why there is nothing, and what to do."""
    jobs, _, open_postings = store.postings.count()
    if not plan.searches:
        return ["no search is configured, so nothing is wanted; write one under [[searches]]"]
    if not jobs:
        return ["nothing has been read yet; read the sources with: job-alerts poll"]
    what = "was kept out by one condition only" if args.near else "is wanted"
    hint = "" if args.near else "; what nearly is: job-alerts jobs --near"
    return [f"none of {open_postings:,} open postings {what}{' with these filters' if _filtered(args) else ''}{hint}"]


def _filtered(args: argparse.Namespace) -> bool:
    return bool(args.company or args.place or args.remote or args.since or args.search)
