"""Why there is nothing to show: an empty inbox says so, with what could be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from alerts.acts.explain import explanation
from alerts.acts.like_texts import settled
from alerts.desk.call import Call
from alerts.model.errors import UsageError
from alerts.render import wording
from alerts.store.posting_rows import Stored

if TYPE_CHECKING:
    from alerts.desk.look import Look

#: Postings that are asked why they are not shown: the page must not take long.
ASKED = 40
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one search made of the postings of the last day."""

    search: str
    looked: int
    #: "title for 30, place for 9".
    why: str
    #: How many were kept out by one condition alone: "6 by locations alone".
    nearly: str


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty inbox says."""

    #: filters | words | search | source | first | read
    kind: str
    #: What was chosen, each with how many jobs come back without it and where.
    without: tuple[tuple[str, int, str], ...] = ()
    read: int = 0
    kept: tuple[Kept, ...] = ()
    next: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def why(call: Call, found: Look) -> Empty:
    """Why there is nothing, and what to do."""
    filters = found.filters
    chosen = [facet for facet, values in filters.chosen.items() if values]
    if chosen:
        return Empty("filters", without=tuple(_without(found, facet) for facet in chosen))
    if filters.words or filters.like or filters.show in ("saved", "hidden"):
        return Empty("words" if filters.words or filters.like else filters.show)
    if not call.plan.searches:
        return Empty("search")
    if not call.plan.sources:
        return Empty("source")
    newest = _newest(call)
    states = call.source_states
    first = tuple(one.name for one in states if one.first_read and one.first_read > call.now - DAY)
    return Empty(
        "read",
        read=len(newest),
        kept=tuple(_kept(call, newest)),
        next=tuple(f"{one.name} {_ahead(call, one.due)}" for one in sorted(states, key=lambda one: one.due)[:3]),
        first=first[:5],
    )


def _without(found: Look, facet: str) -> tuple[str, int, str]:
    """How many come back without one filter: the counts of a filter are those of the others."""
    return facet, max(found.counts[facet].values(), default=0), found.filters.without(facet).address()


def _newest(call: Call) -> list[Stored]:
    batches = call.store.postings.since(call.now - DAY, 200)
    return list(islice((one for batch in batches for one in batch), 1000))


def _kept(call: Call, newest: list[Stored]) -> list[Kept]:
    """By search: the first condition that kept each of the newest out."""
    found = []
    for saved in call.plan.searches:
        try:
            ready = settled(saved, call.store)
        except UsageError:
            continue
        failed, near = Counter[str](), Counter[str]()
        for one in newest[-ASKED:]:
            said = explanation(ready, call.plan.aliases, [one], call.now)
            if said.failed:
                failed[said.failed.condition] += 1
                near[said.failed.condition] += said.near_miss
        found.append(Kept(saved.name, min(len(newest), ASKED), _counted(failed), _nearly(near)))
    return found


def _counted(counts: Mapping[str, int]) -> str:
    most = Counter(counts).most_common(3)
    return ", ".join(f"{key.replace('_', ' ')} for {count}" for key, count in most) or "nothing: they are shown, read or hidden"


def _nearly(near: Mapping[str, int]) -> str:
    most = [(key, count) for key, count in Counter(near).most_common(1) if count]
    return f"{most[0][1]} by {most[0][0].replace('_', ' ')} alone" if most else ""


def _ahead(call: Call, due: datetime) -> str:
    return "now" if due <= call.now else f"at {wording.clock(due, call.plan.settings.timezone)[-5:]}"
