"""read: show what any address or saved page says, as postings, without touching the database."""

from __future__ import annotations

import argparse
import mimetypes
import os
import sys
from dataclasses import replace
from pathlib import Path

from alerts.cli.commands._shared import clock, emit, json_option, say, wrapped
from alerts.model.errors import ConfigError, UsageError
from alerts.model.page import Page, Request
from alerts.model.plan import Network
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting

#: A saved page of more bytes than this is refused.
MOST_BYTES = 256 * 1024 * 1024
#: The address of a saved page that came from nowhere; links are joined with it, and it is never shown.
NOWHERE = "https://saved-page.invalid/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, and as what."""
    parser.add_argument("place", metavar="URL|FILE", help="an address, or a saved page (- for standard input)")
    parser.add_argument("--kind", help="the kind of source, when it cannot be recognised")
    parser.add_argument("--url", default="", help="the address that a saved file came from")
    parser.add_argument("--company", help="the employer, where the page names none")
    parser.add_argument("--details", type=int, default=0, metavar="N", help="ask for the details of up to N postings")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """1 when nothing could be read."""
    from alerts.plugins import load
    from alerts.sandbox.reader import Reader

    with Reader() as reader:
        if args.place.startswith(("http://", "https://")):
            kind, raws, name = _address(args, reader)
        else:
            page = _saved(args)
            kind, reading = _as(args.kind, page, reader) if args.kind else _sniffed(page, reader)
            raws, name = list(reading.postings), reading.name
            for problem in reading.problems[:20]:
                print(f"job-alerts: {problem}", file=sys.stderr)
    from alerts.normalise.posting import normalise

    about = load("sources", kind).ABOUT
    now = clock()
    postings = [normalise(raw, source=kind, now=now, remote=about.remote, company=args.company or name) for raw in raws]
    _show(kind, postings, args)
    return 0 if postings else 1


def _as(kind: str, page: Page, reader):  # type: ignore[no-untyped-def]
    from alerts.discover.detect_kind import options_for

    return kind, reader.read(kind, page, options_for(kind, page.url))


def _sniffed(page: Page, reader):  # type: ignore[no-untyped-def]
    from alerts.discover.detect_kind import sniff

    return sniff(page, reader)


def _saved(args: argparse.Namespace) -> Page:
    try:
        body = sys.stdin.buffer.read(MOST_BYTES + 1) if args.place == "-" else Path(args.place).read_bytes()
    except OSError as error:
        if "://" in args.place:
            raise UsageError(f"{args.place} is no address that can be read; it must begin with http:// or https://") from None
        raise UsageError(f"{args.place} cannot be read: {error.strerror}") from None
    if len(body) > MOST_BYTES:
        raise UsageError(f"{args.place} is larger than {MOST_BYTES // 2**20} MiB")
    address = args.url or NOWHERE
    kind = mimetypes.guess_type(args.place)[0] or "application/octet-stream"
    return Page(Request(address), address, body, clock(), headers={"content-type": kind})


def _address(args: argparse.Namespace, reader) -> tuple[str, list[RawPosting], str | None]:  # type: ignore[no-untyped-def]
    """Ask the place itself, as a source of the configuration would be asked."""
    from datetime import timedelta

    from alerts.discover.detect_kind import options_of, recognise
    from alerts.discover.signs import refused
    from alerts.fetch.client import Client
    from alerts.fetch.fetcher import Fetcher
    from alerts.model.page import Asking
    from alerts.model.plan import Source
    from alerts.plugins import load
    from alerts.poll.crawl import crawl, has_details, read_details

    network = _network(args)
    if not args.kind and (trouble := refused(args.place)):
        raise UsageError(trouble)
    found = (args.kind, {"url": args.place}) if args.kind else recognise(args.place) or ("page", {"url": args.place})
    module = load("sources", found[0])
    if args.kind and "url" not in module.Options.model_fields:
        found = (args.kind, module.recognise(args.place) or {})
    options = options_of(*found)
    source = Source(args.place, args.place, found[0], options, timedelta(minutes=30))
    with Client.of(network) as client:
        fetcher = Fetcher(client, pace=network.pace)
        listing = crawl(source, {}, Asking(), fetcher, reader, clock())
        raws = list(listing.raws.values())
        if has_details(source):
            raws = [read_details(source, raw, fetcher, reader, clock()) for raw in raws[: args.details]] + raws[args.details :]
    return found[0], raws, listing.name


def _network(args: argparse.Namespace) -> Network:
    """The configuration's network, where there is a configuration; reading an address needs none."""
    from alerts.cli.commands._shared import plan_of
    from alerts.config import proxying

    try:
        return plan_of(args).network
    except ConfigError:
        if args.config:
            raise
        try:
            return proxying.with_proxies(Network(), None, (), os.environ)
        except ValueError as error:
            raise UsageError(str(error)) from None


def _show(kind: str, postings: list[Posting], args: argparse.Namespace) -> None:
    from alerts.render.facts import facts
    from alerts.render.posting_json import record

    shown = [_without_nowhere(posting) for posting in postings]
    if args.json:
        for posting in shown:
            emit(record(posting))
        return
    say(f"{len(postings)} posting{'' if len(postings) == 1 else 's'}, read as {kind}")
    for posting in shown:
        say("", f"{posting.title} — {posting.company or 'company not stated'}")
        for label, words in facts(posting, clock(), _zone(args)):
            say(*wrapped(words, f"  {label:<11}  "))
    if not args.url and postings and not shown[0].url:
        say("", "The page does not say where it came from; --url ADDRESS says it.")


def _without_nowhere(posting: Posting) -> Posting:
    """A saved page that does not say its address has none."""
    url, apply_url = ("" if (one or "").startswith(NOWHERE) else one for one in (posting.url, posting.apply_url))
    return replace(posting, url=url or "", apply_url=apply_url or None)


def _zone(args: argparse.Namespace) -> str:
    """The user's time zone: that of the configuration, where there is one, else the machine's."""
    from alerts.cli.commands._shared import plan_of
    from alerts.config.zones import local_zone

    try:
        return plan_of(args).settings.timezone
    except ConfigError:
        return local_zone()
