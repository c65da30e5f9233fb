"""Stored jobs as the searches see them today: wanted, or kept out by one condition; for ``jobs`` and the first ``poll``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.acts.like_texts import settled
from alerts.match.compile import Compiled
from alerts.match.compile import compile as compile_search
from alerts.model.errors import UsageError
from alerts.model.plan import Plan, SavedSearch
from alerts.model.posting import Posting
from alerts.model.search import Answer, Match, Search
from alerts.normalise.rates import Rates
from alerts.notify.enqueue import is_hidden
from alerts.store.short import short
from alerts.store.store import Store


@dataclass(frozen=True, slots=True)
class Judged:
    """One job under one search."""

    search: str
    job: int
    posting: Posting
    first_seen: datetime
    score: float
    closed: bool = False
    #: The one condition that kept it out, in words; "" where it is wanted.
    kept_out_by: str = ""

    def __lt__(self, other: Judged) -> bool:
        """The best first, then the newest."""
        return self._order() < other._order()

    def _order(self) -> tuple[float, float, int, str]:
        return -self.score, -(self.posting.posted or self.first_seen).timestamp(), self.job, self.search


def named(plan: Plan, name: str | None) -> list[SavedSearch]:
    """The search of that name, else all; raises UsageError."""
    found = [saved for saved in plan.searches if name is None or saved.name.casefold() == name.casefold()]
    if name is not None and not found:
        raise UsageError(f"there is no search {name!r}; there are: {', '.join(s.name for s in plan.searches) or 'none'}")
    return found


def judged(
    searches: Sequence[SavedSearch], plan: Plan, store: Store, now: datetime, *, near: bool, all_of: bool = False
) -> Iterator[Judged]:
    """The jobs that each search wants (``near``: nearly wants), one row a job and search; ``all_of``: closed and hidden too."""
    asked = [(saved, compile_search(settled(saved, store).search, aliases=plan.aliases)) for saved in searches]
    hidden = set() if all_of else store.marks.hidden(now)
    batches = store.postings.since(datetime.fromtimestamp(0, now.tzinfo)) if all_of else store.postings.open()
    rates, done = Rates.load(), set[tuple[int, str]]()
    for batch in batches:
        for one in batch:
            if is_hidden(one.job, one.posting, hidden):
                continue
            for saved, compiled in asked:
                if (one.job, saved.name) in done or ("search", saved.name) in hidden:
                    continue
                found = _judge(compiled, one.posting, now, one.first_seen, rates, near=near)
                if found is not None:
                    done.add((one.job, saved.name))
                    yield Judged(saved.name, one.job, one.posting, one.first_seen, found[0], bool(one.closed), found[1])


def _judge(
    compiled: Compiled, posting: Posting, now: datetime, seen: datetime, rates: Rates, *, near: bool
) -> tuple[float, str] | None:
    """(score, what kept it out) where it belongs into the list."""
    from alerts.match.evaluate import evaluate, wanted
    from alerts.match.nearly import failures, in_words

    if wanted(compiled, posting, now=now, rates=rates, seen=seen) == near:
        return None
    match = evaluate(compiled, posting, now=now, rates=rates, seen=seen)
    if not near:
        return match.score, ""
    failed = failures(compiled, match)
    if len(failed) != 1 or not (failed[0].condition == "query" or _wanted_otherwise(match)):
        return None
    # What has another title is the least near of all.
    return match.score - (failed[0].condition in ("title", "keywords")), in_words(failed[0])


def _wanted_otherwise(match: Match) -> bool:
    """Does anything speak for the job? Where a title is all that is asked for, every job would nearly be wanted."""
    return any(one.answer is Answer.YES and not one.condition.startswith("exclude") for one in match.reasons)


def conditions(company: str | None, place: str | None, home: str | None, *, remote: bool) -> Compiled | None:
    """The filters of a call as a search of their own, so that they mean what they mean in the configuration."""
    if not (company or place or remote):
        return None
    filters = Search(
        "filters",
        companies=(company,) if company else (),
        locations=(place,) if place else (),
        work=("remote",) if remote else (),
        unknown="drop",
        home=home,
    )
    return compile_search(filters)


def wants(compiled: Compiled, posting: Posting, now: datetime) -> bool:
    """Do the filters let it through?"""
    from alerts.match.evaluate import wanted

    return wanted(compiled, posting, now=now)


def record(one: Judged, store: Store, plan: Plan, now: datetime) -> dict[str, object]:
    """One row: for programs, and with words for a person."""
    from alerts.render import wording

    zone, posting = plan.settings.timezone, one.posting
    return {
        "job": short(one.job),
        "title": posting.title,
        "company": posting.company,
        "where": wording.where(posting, short=True),
        "pay": wording.pay(posting.pay, plan.settings.currency, short=True) if posting.pay else "",
        "posted": posting.posted,
        "posted_words": wording.day(posting.posted or one.first_seen, now, zone),
        "first_seen": one.first_seen,
        "search": one.search,
        "state": _state(one, store),
        "kept_out_by": one.kept_out_by or None,
        "url": posting.url,
    }


def _state(one: Judged, store: Store) -> str:
    """ "told", "owed", "closed" or "not told"."""
    if one.closed:
        return "closed"
    states = {owed.state for owed in store.outbox.told(one.job) if one.search in (owed.search, *owed.also)}
    told = "told" if states & {"sent", "counted"} else "owed" if "owed" in states else ""
    return told or ("" if one.kept_out_by else "not told")
