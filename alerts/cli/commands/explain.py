"""explain: why a posting was told, or why not, for one search or for all."""

from __future__ import annotations

import argparse
import sys

from alerts.cli.commands._jobs import job_of
from alerts.cli.commands._shared import clock, emit, here, json_option, plan_of, reading, say, settled
from alerts.dedupe.presence import is_over
from alerts.model.errors import UsageError
from alerts.model.event import EventKind
from alerts.model.plan import Plan, SavedSearch
from alerts.model.search import Answer, Reason
from alerts.notify.ask_again import HIDDEN
from alerts.notify.hold import CHOSEN
from alerts.store.outbox import QueuedAlert
from alerts.store.postings import Stored
from alerts.store.short import short
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
            emit({"job": args.posting, "searches": [_judged(saved, plan, stored) for saved in searches]})
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


def _explanation(saved: SavedSearch, plan: Plan, stored: list[Stored]):  # type: ignore[no-untyped-def]
    """What the search says of the job as a whole, as when it is told."""
    from alerts.dedupe.consolidate import consolidate, in_order
    from alerts.match.compile import compile as compile_search
    from alerts.match.explain import explain
    from alerts.normalise.rates import Rates

    posting = consolidate(in_order(one.posting for one in stored))
    return explain(
        compile_search(saved.search, aliases=plan.aliases), posting, now=clock(), rates=Rates.load(), seen=stored[0].first_seen
    )


def _judged(saved: SavedSearch, plan: Plan, stored: list[Stored]) -> dict[str, object]:
    found = _explanation(saved, plan, stored)
    return {
        "search": saved.name,
        "wanted": found.match.wanted,
        "answer": found.match.answer.value,
        "reasons": _tree(found.match.reasons),
    }


def _tree(reasons: tuple[Reason, ...]) -> list[dict[str, object]]:
    return [
        {
            "condition": r.condition,
            "wanted": r.wanted,
            "answer": r.answer.value,
            "found": r.found,
            "where": r.where,
            "span": r.span,
        }
        | {"basis": r.basis, "parts": _tree(r.parts)}
        for r in reasons
    ]


def _explain(saved: SavedSearch, plan: Plan, stored: list[Stored], store: Store, job: int) -> None:
    from alerts.match.explain import lines

    found = _explanation(saved, plan, stored)
    say("", *lines(found))
    if found.failed:
        say(f"  first that failed: {found.failed.condition}")
    told = [owed for owed in store.outbox.told(job) if saved.name in (owed.search, *owed.also)]
    say(*(f"  {_told(owed, plan)}" for owed in told))
    if not told:
        say(f"  never told{_why_not(saved, plan, stored, store, job) if found.match.wanted else ''}")


def _told(owed: QueuedAlert, plan: Plan) -> str:
    """What became of one alert; one that was dropped says for which mark, or that the search wants it no more."""
    what = f"{owed.event.value}: {owed.state} by {owed.channel}, {here(owed.at, plan)}"
    if owed.state == "counted":
        return f"{what}: one of those that a digest only counts; see: job-alerts deliveries show {(owed.delivery or '')[:8]}"
    if owed.state != "dropped":
        return what
    if mark := next((reason.wanted for reason in owed.reasons if reason.condition == HIDDEN), None):
        return f"{what}: you had hidden {mark} ({_undo(mark)})"
    if chosen := next((reason.wanted for reason in owed.reasons if reason.condition == CHOSEN), None):
        return f"{what}: you wanted {chosen} only"
    failed = next((reason.condition for reason in owed.reasons if reason.answer is Answer.NO), None)
    return f"{what}: the search did not want it any more ({failed})" if failed else what


def _undo(mark: str) -> str:
    """The command that takes a mark back: "the job 7k3f", "the company Acme"."""
    return f"job-alerts hide {mark.removeprefix('the ').removeprefix('job ')} --undo"


def _why_not(saved: SavedSearch, plan: Plan, stored: list[Stored], store: Store, job: int) -> str:
    """Why a job that the search wants was not told, where the store knows."""
    marks = {("job", str(job)): f"the job {short(job)}", ("search", saved.name): f"the search {saved.name}"}
    employers = [one.posting for one in stored if one.posting.company_key]
    marks |= {("company", one.company_key): f"the company {one.company}" for one in employers}
    hidden = [words for of, words in marks.items() if of in store.marks.hidden(clock())]
    if hidden:
        return f": you have hidden {hidden[0]} ({_undo(hidden[0])})"
    if EventKind.NEW not in saved.events:
        return f": the search asks for {', '.join(sorted(saved.events))} only"
    if all(is_over(one.posting.expires, clock(), plan.settings.timezone) for one in stored):
        return ": its last day to apply is over"
    if any(one.baseline for one in stored):
        return ": it was there already when its source was first read (backfill would tell it)"
    return ""
