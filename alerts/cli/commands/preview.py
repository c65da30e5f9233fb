"""preview: try a new or edited search over everything stored; nothing is sent."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from alerts.acts.like_texts import settled
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say
from alerts.model.errors import UsageError
from alerts.model.plan import Plan, SavedSearch
from alerts.store.posting_rows import Stored
from alerts.store.store import Store

#: Postings that a preview looks at, the newest: more would not say more.
MOST = 20_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which search, and instead of which."""
    parser.add_argument("search", metavar="SEARCH|FILE", help="the name of a search, or a file with a [[searches]] table to try")
    parser.add_argument("--days", type=_days, default=30, metavar="N", help="the days it looks back (30)")
    parser.add_argument("--samples", type=int, default=5, metavar="N", help="how many to show (5)")
    json_option(parser)


def _days(words: str) -> int:
    days = int(words)
    if not 1 <= days <= 3660:
        raise argparse.ArgumentTypeError("must be between 1 and 3660")
    return days


def run(args: argparse.Namespace) -> int:
    """Print what it would have told, and what in it is of no use."""
    from alerts.match.compile import compile as compile_search
    from alerts.match.preview import preview
    from alerts.normalise.rates import Rates

    plan, now = plan_of(args), clock()
    saved, old = _searches(plan, args.search)
    with reading(plan) as store:
        saved, stored = settled(saved, store), _stored(store)
        old = settled(old, store) if old else None
    result = preview(
        compile_search(saved.search, aliases=plan.aliases),
        [(one.posting, one.first_seen) for one in stored],
        now=now,
        rates=Rates.load(),
        old=compile_search(old.search, aliases=plan.aliases) if old else None,
        days=args.days,
        samples=args.samples,
    )
    if args.json:
        _emit(saved, result, stored)
    else:
        _print(saved, result, stored, args.days, now)
    return 0


def _searches(plan: Plan, words: str) -> tuple[SavedSearch, SavedSearch | None]:
    """The search to try, and the saved version that it would replace."""
    by_name = {saved.name.casefold(): saved for saved in plan.searches}
    if words.casefold() in by_name:
        return by_name[words.casefold()], None
    path = Path(words)
    if not path.is_file():
        raise UsageError(
            f"there is no search and no file {words!r}; there are: {', '.join(s.name for s in plan.searches) or 'none'}"
        )
    tried = _from_file(path, plan)
    return tried, by_name.get(tried.name.casefold())


def _from_file(path: Path, plan: Plan) -> SavedSearch:
    """A file of searches, read as ``searches.d`` would be, without touching the configuration."""
    from alerts.config.load import load_searches

    searches = load_searches(path, plan)
    if len(searches) != 1:
        raise UsageError(f"{path} holds {len(searches)} searches; a preview tries one")
    return searches[0]


def _stored(store: Store) -> list[Stored]:
    found: list[Stored] = []
    for batch in store.postings.since(clock() - timedelta(days=3660)):
        found = (found + batch)[-MOST:]
    return found


def _print(saved: SavedSearch, result, stored: Sequence[Stored], days: int, now: datetime) -> None:  # type: ignore[no-untyped-def]
    from alerts.match.explain import short
    from alerts.render import wording

    told = sum(count for _, count in result.per_day)
    say(f"{saved.name}: {len(result.wanted)} of {len(stored)} stored postings; {told} first seen in the last {days} days")
    busy = [(day, count) for day, count in result.per_day if count]
    say(*(f"  {day:%a %d %b}  {'▪' * min(count, 60)} {count}" for day, count in busy[-14:]))
    for at, match in result.samples:
        one = stored[at].posting
        say("", f"{one.title} — {one.company or 'company not stated'} ({wording.where(one) or 'place not stated'})")
        say(f"  {'; '.join(short(match))}", f"  {one.url}")
    for name, ats in (("would be added", result.added), ("would be lost", result.removed)):
        if ats:
            say("", f"{len(ats)} {name} against the saved version:", *(f"  {stored[at].posting.title}" for at in ats[:5]))
    if result.near:
        say("", "Kept out by one condition only:", *(f"  {key}: {len(ats)}" for key, ats in result.near))
    if result.alike:
        say(
            "", "The most alike that it does not want:", *(f"  {part} %  {stored[at].posting.title}" for at, part in result.alike)
        )
    if result.idle:
        say("", "Never decides anything here:", *(f"  {key}{f': {entry}' if entry else ''}" for key, entry in result.idle))
    if result.missing:
        words = (f"  {one.word}{f' (some have: {one.nearest})' if one.nearest else ''}" for one in result.missing)
        say("", "No posting has:", *words)


def _emit(saved: SavedSearch, result, stored: Sequence[Stored]) -> None:  # type: ignore[no-untyped-def]
    urls = [stored[at].posting.url for at in result.wanted]
    emit(
        {
            "search": saved.name,
            "wanted": urls,
            "per_day": {f"{day}": count for day, count in result.per_day},
            "added": [stored[at].posting.url for at in result.added],
            "removed": [stored[at].posting.url for at in result.removed],
            "idle": [list(pair) for pair in result.idle],
            "missing": {one.word: one.nearest for one in result.missing},
            "alike": [{"url": stored[at].posting.url, "alike": part} for at, part in result.alike],
            "near": {key: len(ats) for key, ats in result.near},
        }
    )
