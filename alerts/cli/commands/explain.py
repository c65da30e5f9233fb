"""explain: why a posting was told, or why not, for one search or for all."""

from __future__ import annotations

import argparse
import sys

from alerts.acts.explain import became_of, explanation, judged, why_untold
from alerts.acts.jobs import job_of
from alerts.acts.like_texts import settled
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, reading, say
from alerts.model.errors import UsageError
from alerts.model.plan import Plan, SavedSearch
from alerts.store.posting_rows import Stored
from alerts.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which posting, which search."""
    parser.add_argument("posting", metavar="POSTING", help="short id of a job, address or id of a posting")
    parser.add_argument("search", metavar="SEARCH", nargs="?", help="the name of a search (default: all)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print the rule tree of each search, and what was told."""
    plan = plan_of(args)
    named = _searches(plan, args.search)
    with reading(plan) as store:
        searches = _settled(named, store)
        job = job_of(store, args.posting)
        stored = store.postings.of_job(job.id)
        if not stored:
            raise UsageError(f"what is stored of {args.posting!r} cannot be read; it is passed over everywhere")
        if args.json:
            emit({"job": args.posting, "searches": [judged(saved, plan.aliases, stored, clock()) for saved in searches]})
            return 0
        shown = stored[0].posting
        say(f"{shown.title} — {shown.company or 'company not stated'}", f"  {shown.url}")
        for saved in searches:
            _explain(saved, plan, stored, store, job.id)
    return 0


def _searches(plan: Plan, name: str | None) -> list[SavedSearch]:
    if name is None:
        return list(plan.searches)
    found = [saved for saved in plan.searches if saved.name.casefold() == name.casefold()]
    if not found:
        raise UsageError(f"there is no search {name!r}; there are: {', '.join(s.name for s in plan.searches) or 'none'}")
    return found


def _settled(named: list[SavedSearch], store: Store) -> list[SavedSearch]:
    """The searches that can be asked; one that cannot is said, and an error where it is the only one."""
    ready: list[SavedSearch] = []
    for saved in named:
        try:
            ready.append(settled(saved, store))
        except UsageError as error:
            if len(named) == 1:
                raise
            print(error, file=sys.stderr)
    return ready


def _explain(saved: SavedSearch, plan: Plan, stored: list[Stored], store: Store, job: int) -> None:
    from alerts.match.explain import lines

    found = explanation(saved, plan.aliases, stored, clock())
    say("", *lines(found))
    if found.failed:
        say(f"  first that failed: {found.failed.condition}")
    told = [owed for owed in store.outbox.told(job) if saved.name in (owed.search, *owed.also)]
    say(*(f"  {became_of(owed, plan.settings.timezone)}" for owed in told))
    if not told:
        say(f"  never told{why_untold(saved, plan, stored, store, job, clock()) if found.match.wanted else ''}")
