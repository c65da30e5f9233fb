"""poll: one round of reading and delivering, then the end (for cron)."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.cli.commands._spans import span_of
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.notify.means import Means

if TYPE_CHECKING:
    from alerts.notify.settle import Result

#: How long one round waits in all for channels that want a pause between two messages.
WAIT = timedelta(minutes=5)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which sources, and whether to wait for what is being gathered."""
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="names of sources to read now, due or not (default: all that are due)"
    )
    parser.add_argument("--all", action="store_true", help="read every source, due or not")
    parser.add_argument("--no-deliver", action="store_true", help="read only; what is owed stays owed")
    parser.add_argument(
        "--wait",
        type=span_of,
        default=WAIT,
        metavar="SPAN",
        help='how long to wait for channels that want a pause between messages ("5m")',
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Read what is due, deliver what is owed; 1 when a source or a message failed."""
    from alerts.cli.commands import _first_poll as first_poll
    from alerts.daemon import like_pages, wishes
    from alerts.daemon.bootstrap import at_work, with_likes

    plan = plan_of(args)
    keys = _keys(plan, args)
    try:
        with at_work(plan, clock()) as means:
            if means.unread:
                means = with_likes(means, like_pages.read(means, clock()), clock())
            unread = first_poll.unread(means)
            wishes.take(means, clock())
            wishes.take_tests(means, clock())
            wishes.take_looks(means, clock())
            failed = _read(means, keys, args)
            if not args.json:
                say(*first_poll.lines(means, unread, clock()))
            _tend(means, args)
            failed += 0 if args.no_deliver else _deliver(means, args)
    except KeyboardInterrupt:
        # A thread that waits for a slow host would hold up the exit; all that it could still do is safe to lose.
        sys.stdout.flush()
        os._exit(130)
    return 1 if failed else 0


def _keys(plan: Plan, args: argparse.Namespace) -> list[str] | None:
    if args.all:
        return [source.key for source in plan.sources]
    by_name = {source.name: source.key for source in plan.sources}
    unknown = [name for name in args.sources if name not in by_name]
    if unknown:
        raise UsageError(f"no source is named {unknown[0]!r}; there are: {', '.join(by_name) or 'none'}")
    return [by_name[name] for name in args.sources] or None


def _read(means: Means, keys: list[str] | None, args: argparse.Namespace) -> int:
    from alerts.cli.terminal import progress
    from alerts.daemon.report_lines import of_report
    from alerts.daemon.side_by_side import read_side_by_side
    from alerts.notify import health
    from alerts.poll.poll import LEASE, poll

    sources = {source.key: source for source in means.plan.sources}
    claimed = means.store.sources.claim_due(clock(), LEASE, len(sources), keys)
    failed = 0
    if not claimed and sys.stdout.isatty() and not args.json:
        say("no source is due; job-alerts poll --all reads them all the same" if sources else "there is no source to read")
    with progress(0 if args.json else len(claimed), "reading") as step:
        reports = read_side_by_side([sources[key] for key in claimed], lambda source: poll(source, means, clock()))
        for number, report in enumerate(reports, 1):
            step(report.source.name)
            failed += report.error is not None
            if report.moved_to:
                health.moved(means, report.source.key, report.source.name, report.moved_to, clock())
            if args.json:
                emit(
                    {"source": report.source.name, "error": report.error, "listed": report.listed, "alerts": report.recorded.told}
                )
            elif report.error or args.verbose or sys.stdout.isatty():
                say(f"[{number}/{len(claimed)}] {of_report(report)}")
    return failed


def _tend(means: Means, args: argparse.Namespace) -> None:
    """What a daemon looks after every minute, for those whose daemon is cron: trouble, rates, the weekly word, applications."""
    from alerts.acts.application_catch_up import catch_up
    from alerts.daemon import rates, retention
    from alerts.notify import health
    from alerts.notify.digest import summarise
    from alerts.notify.remind import remind

    now = clock()
    for line in health.watch(means, now):
        print(f"job-alerts: {line}", file=sys.stderr)
    if (said := rates.refresh(means, now)) and args.verbose:
        say(said)
    if (said := retention.tend(means, now)) and args.verbose:
        say(said)
    summarise(means, now)
    catch_up(means.store, now)
    remind(means, now)


def _deliver(means: Means, args: argparse.Namespace) -> int:
    """Everything that is due by the end of the gathering time: a round for cron must not leave it to the next."""
    from alerts.cli.commands._round import deliver_all, still_owed
    from alerts.daemon.report_lines import of_result

    def said(result: Result) -> None:
        if args.json:
            emit({"channel": result.channel, "delivery": result.delivery, "state": result.state, "why": result.outcome.why})
        elif result.state != "sent" or args.verbose or sys.stdout.isatty():
            say(of_result(result))

    failed = deliver_all(means, clock, args.wait, said)
    for channel in means.plan.channels.values():
        if channel.missing:
            failed += 1
            print(f"job-alerts: the channel {channel.name!r} is not served: {channel.missing}", file=sys.stderr)
    for line in still_owed(means, clock()):
        print(f"job-alerts: {line}", file=sys.stderr)
    return failed
