"""add: find the board, feed or page behind an address or a company's name, look at it, and add it to the configuration."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say
from alerts.model.errors import UsageError
from alerts.model.plan import Plan
from alerts.render.text import inert

if TYPE_CHECKING:
    from alerts.daemon.adding import Adding
    from alerts.daemon.adding_outcome import Outcome
    from alerts.discover.opml import Subscription
    from alerts.fetch.client import Client
    from alerts.sandbox.reader import Reader

#: A file of subscriptions of more bytes than this is some other file.
_MOST_BYTES = 16 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to add, and how."""
    parser.add_argument("places", nargs="*", metavar="ADDRESS|COMPANY", help="an address, or an employer's name in quotes")
    parser.add_argument("--opml", metavar="FILE", help="add the feeds of a feed reader's subscriptions (- for standard input)")
    parser.add_argument("--name", help="the name of the source in messages (default: the employer's or feed's)")
    parser.add_argument("--every", metavar="TIME", help='how often it is read, such as 15m or auto (default: as in "settings")')
    parser.add_argument("--kind", help="the kind of source, when you know better")
    parser.add_argument("--yes-terms", action="store_true", help="accept the terms that a place sets (accept_terms = true)")
    parser.add_argument("--even-empty", action="store_true", help="add a board all the same that does not exist or is empty")
    parser.add_argument("--no-verify", action="store_true", help="with --opml: add the feeds without reading them")
    parser.add_argument("--dry-run", action="store_true", help="print what would be added as TOML, and change nothing")
    json_option(parser)


def run(args: argparse.Namespace, connect: Callable[[Plan], Client] | None = None, reader: Reader | None = None) -> int:
    """0 all were added or there already, 1 something could not be added; ``connect`` and ``reader`` replace the usual ones."""
    _demand_sense(args)
    plan = plan_of(args)
    counts: dict[str, int] = {}
    with _adding(args, plan, connect, reader) as adding:
        for outcome in _outcomes(args, adding):
            counts[outcome.state] = counts.get(outcome.state, 0) + 1
            _show(outcome, args)
    if args.opml and not (args.json or args.dry_run):
        say(f"{counts.get('added', 0)} added, {counts.get('there', 0)} there already, {counts.get('not', 0)} not added")
    if counts.get("added") and not (args.json or args.dry_run):
        say("a running daemon takes it up when it is reloaded (SIGHUP, or systemctl reload)")
    return 1 if counts.get("not") else 0


def added(path: Path, places: list[str]) -> list[Outcome]:
    """Add places to the configuration at ``path`` as the command does, and say what became of each."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    args = parser.parse_args(places)
    args.config = str(path)
    with _adding(args, plan_of(args), None, None) as adding:
        return list(_outcomes(args, adding))


def imported(call: argparse.Namespace, places: list[Subscription]) -> list[Outcome]:
    """Add the places of a list, each shown as soon as it is done."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    args = parser.parse_args([], namespace=argparse.Namespace(**vars(call)))
    done: list[Outcome] = []
    with _adding(args, plan_of(args), None, None) as adding:
        for place in places:
            _progress(place.url)
            done.append(adding.listed(place.url, place.name))
            _show(done[-1], args)
    return done


@contextmanager
def _adding(
    args: argparse.Namespace, plan: Plan, connect: Callable[[Plan], Client] | None, reader: Reader | None
) -> Iterator[Adding]:
    """The means: network, reading child, searches."""
    from alerts.daemon.adding import Adding, How
    from alerts.daemon.bootstrap import client_of
    from alerts.fetch.fetcher import Fetcher
    from alerts.sandbox.reader import Reader as Child

    with ExitStack() as stack:
        client = stack.enter_context((connect or client_of)(plan))
        reading = reader or stack.enter_context(Child())
        how = How(**{one.name: getattr(args, one.name) for one in fields(How)})
        yield Adding(how, plan, Fetcher(client, pace=plan.network.pace), reading, clock())


def _outcomes(args: argparse.Namespace, adding: Adding) -> Iterator[Outcome]:
    for place in args.places:
        _progress(place)
        yield adding.place(place)
    if args.opml:
        from alerts.discover.opml import subscriptions

        for feed in subscriptions(contents(args.opml)):
            _progress(feed.url)
            yield adding.feed(feed.url, feed.name)


def _progress(place: str) -> None:
    """A word on a terminal that something is under way."""
    if sys.stderr.isatty():
        print(f"looking at {inert(place)} …", file=sys.stderr)


def _demand_sense(args: argparse.Namespace) -> None:
    """Raises UsageError for a call that means nothing."""
    if not args.places and not args.opml:
        raise UsageError("say what to add: an address, an employer's name in quotes, or --opml FILE (job-alerts add --help)")
    if args.name and (len(args.places) != 1 or args.opml):
        raise UsageError("--name goes with one address")
    if args.no_verify and not args.opml:
        raise UsageError("--no-verify goes with --opml; what an address stands for must be looked at")
    if args.every and args.every != "auto":
        from alerts.parse.durations import span

        try:
            span(args.every)
        except ValueError as error:
            raise UsageError(f"--every: {error}") from None
    if args.kind:
        from alerts.plugins import load

        load("sources", args.kind)


def contents(name: str) -> bytes:
    """The bytes of a list that a person names; raises UsageError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name} is larger than {_MOST_BYTES // 2**20} MiB; this is no list of subscriptions")
    return data


def _show(outcome: Outcome, args: argparse.Namespace) -> None:
    """One outcome, for a person, a program, or as TOML alone."""
    if args.json:
        emit(outcome.record())
    elif not args.dry_run:
        say(*outcome.lines(), "")
    elif outcome.toml:
        print(outcome.toml)
    else:
        print(f"job-alerts: {outcome.asked}: {outcome.why}", file=sys.stderr)
