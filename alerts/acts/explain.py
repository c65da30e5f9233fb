"""What each search says of a job as a whole, and what became of the alerts that it caused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from alerts.dedupe.presence import is_over
from alerts.model.event import EventKind
from alerts.model.plan import Plan, SavedSearch
from alerts.model.search import Answer, Reason
from alerts.model.spoken import here
from alerts.normalise.employer import employers
from alerts.notify.ask_again import HIDDEN
from alerts.notify.hold import CHOSEN
from alerts.store.outbox import QueuedAlert
from alerts.store.posting_rows import Stored
from alerts.store.short import short
from alerts.store.store import Store

if TYPE_CHECKING:
    from alerts.match.explain import Explanation

#: The person's own aliases, as in the configuration.
Aliases = Mapping[str, tuple[str, ...]]


def explanation(saved: SavedSearch, aliases: Aliases, stored: Sequence[Stored], now: datetime) -> Explanation:
    """What the search says of the job as a whole, as when it is told."""
    from alerts.dedupe.consolidate import consolidate, in_order
    from alerts.match.compile import compile as compile_search
    from alerts.match.explain import explain
    from alerts.normalise.rates import Rates

    posting = consolidate(in_order(one.posting for one in stored))
    return explain(compile_search(saved.search, aliases=aliases), posting, now=now, rates=Rates.load(), seen=stored[0].first_seen)


def judged(saved: SavedSearch, aliases: Aliases, stored: Sequence[Stored], now: datetime) -> dict[str, object]:
    """What the search says, for programs."""
    found = explanation(saved, aliases, stored, now)
    return {
        "search": saved.name,
        "wanted": found.match.wanted,
        "answer": found.match.answer.value,
        "reasons": tree(found.match.reasons),
    }


def tree(reasons: tuple[Reason, ...]) -> list[dict[str, object]]:
    """Conditions and their answers, for programs."""
    return [
        {
            "condition": r.condition,
            "wanted": r.wanted,
            "answer": r.answer.value,
            "found": r.found,
            "where": r.where,
            "span": r.span,
        }
        | {"basis": r.basis, "parts": tree(r.parts)}
        for r in reasons
    ]


def became_of(owed: QueuedAlert, zone: str) -> str:
    """What became of one alert; one that was dropped says for which mark, or that the search wants it no more."""
    what = f"{owed.event.value}: {owed.state} by {owed.channel}, {here(owed.at, zone)}"
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


def why_untold(saved: SavedSearch, plan: Plan, stored: Sequence[Stored], store: Store, job: int, now: datetime) -> str:
    """Why a job that the search wants was not told, where the store knows."""
    marks = {("job", str(job)): f"the job {short(job)}", ("search", saved.name): f"the search {saved.name}"}
    postings = [one.posting for one in stored]
    marks |= {("company", name): f"the company {one.company or name}" for one in postings for name in employers(one)}
    hidden = [words for of, words in marks.items() if of in store.marks.hidden(now)]
    if hidden:
        return f": you have hidden {hidden[0]} ({_undo(hidden[0])})"
    if EventKind.NEW not in saved.events:
        return f": the search asks for {', '.join(sorted(saved.events))} only"
    if all(is_over(one.posting.expires, now, plan.settings.timezone) for one in stored):
        return ": its last day to apply is over"
    if any(one.baseline for one in stored):
        return ": it was there already when its source was first read (backfill would tell it)"
    return ""
