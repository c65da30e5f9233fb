"""poll: one round of reading and delivering, then the end (for cron)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.notify.means import Means


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which sources, and whether to wait for what is being gathered."""
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="names of sources to read now, due or not (default: all that are due)"
    )
    parser.add_argument("--all", action="store_true", help="read every source, due or not")
    parser.add_argument("--no-deliver", action="store_true", help="read only; what is owed stays owed")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Read what is due, deliver what is owed; 1 when a source or a message failed."""
    from alerts.daemon.bootstrap import at_work

    plan = plan_of(args)
    keys = _keys(plan, args)
    try:
        with at_work(plan, clock()) as means:
            failed = _read(means, keys, args)
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
    from alerts.daemon import daemon
    from alerts.daemon.report_lines import of_report
    from alerts.notify import health
    from alerts.poll.poll import poll

    sources = {source.key: source for source in means.plan.sources}
    claimed = means.store.sources.claim_due(clock(), daemon.LEASE, len(sources), keys)
    failed = 0
    if not claimed and sys.stdout.isatty() and not args.json:
        say("no source is due; job-alerts poll --all reads them all the same" if sources else "there is no source to read")
    with _ending_at_once(ThreadPoolExecutor(daemon.POLLS)) as pool:
        for number, report in enumerate(pool.map(lambda key: poll(sources[key], means, clock()), claimed), 1):
            failed += report.error is not None
            if report.moved_to:
                health.moved(means, report.source.key, report.source.name, report.moved_to, clock())
            if args.json:
                emit({"source": report.source.name, "error": report.error, "listed": report.listed, "alerts": report.kept.told})
            elif report.error or args.verbose or sys.stdout.isatty():
                say(f"[{number}/{len(claimed)}] {of_report(report)}")
    return failed


@contextmanager
def _ending_at_once(pool: ThreadPoolExecutor) -> Iterator[ThreadPoolExecutor]:
    """The pool, which an interrupted call does not wait for: what it could still do is safe to lose."""
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _tend(means: Means, args: argparse.Namespace) -> None:
    """What a daemon looks after every minute, for those whose daemon is cron: lasting trouble, rates, the weekly word."""
    from alerts.daemon import rates, retention
    from alerts.notify import health
    from alerts.notify.digest import summarise

    now = clock()
    for line in health.watch(means, now):
        print(f"job-alerts: {line}", file=sys.stderr)
    if (said := rates.refresh(means, now)) and args.verbose:
        say(said)
    if (said := retention.tend(means, now)) and args.verbose:
        say(said)
    summarise(means, now)


def _deliver(means: Means, args: argparse.Namespace) -> int:
    """Everything that is due by the end of the gathering time: a round for cron must not leave it to the next."""
    from alerts.daemon.report_lines import of_result
    from alerts.notify.deliver import deliver

    failed = 0
    for channel in means.plan.channels.values():
        if channel.missing:
            failed += 1
            print(
                f"job-alerts: the channel {channel.name!r} is not served, what is owed on it waits: {channel.missing}",
                file=sys.stderr,
            )
            continue
        while result := deliver(channel, means, clock() + means.plan.settings.gather):
            failed += result.state != "sent"
            if args.json:
                emit({"channel": channel.name, "delivery": result.delivery, "state": result.state, "why": result.outcome.why})
            elif result.state != "sent" or args.verbose or sys.stdout.isatty():
                say(of_result(result))
            if result.state == "later":
                break
    return failed
