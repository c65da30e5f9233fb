"""What a search would tell: at once from the newest stored postings, in portions from ten times as many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alerts.desk.call import Call
from alerts.desk.search_draft import Draft, ready
from alerts.desk.shelves import Shelf
from alerts.match.compile import compile as compile_search
from alerts.match.preview import Preview, Trial
from alerts.model.errors import UsageError
from alerts.model.plan import SavedSearch
from alerts.normalise.rates import Rates
from alerts.render import wording
from alerts.store.posting_rows import Stored
from alerts.store.short import short

#: Postings that a quick answer and a whole one look at, the newest.
QUICK, WHOLE = 2_000, 20_000
DAYS = 30
#: Seconds that a page waits for a whole answer before it shows how far that is.
WAIT = 1.0


@dataclass(frozen=True)
class _Asked:
    """The search, and the saved version that it would replace."""

    saved: SavedSearch
    old: SavedSearch | None


@dataclass(frozen=True)
class _Found:
    """What was found among the newest postings."""

    preview: Preview
    numbers: Sequence[int]
    looked: int
    #: All that will be looked at in this way, and at all.
    total: int
    of: int


def look(call: Call, draft: Draft, *, whole: bool = False) -> dict[str, Any] | None:
    """What the page says; None where the search has a mistake."""
    if not draft.saved:
        return None
    try:
        old = ready(draft.before, call) if draft.before and draft.changed else None
        asked = _Asked(ready(draft.saved, call), old)
    except UsageError as error:
        return {"why": str(error)}
    return _said(call, asked, _whole(call, asked) if whole else _quick(call, asked))


def _quick(call: Call, asked: _Asked) -> _Found:
    call.desk.trials.end_others(call.person, _about(asked))
    shelf = _shelf(call, QUICK)
    trial = _trial(call, asked, shelf)
    with shelf.lock:
        for _ in trial.portions():
            pass
        found = trial.so_far(days=DAYS)
    stored = len(shelf.numbers)
    return _Found(found, shelf.numbers, stored, stored, WHOLE if stored == QUICK else stored)


def _whole(call: Call, asked: _Asked) -> _Found:
    shelf = _shelf(call, WHOLE)
    running = call.desk.trials.begun(call.person, _about(asked), shelf, lambda: _trial(call, asked, shelf))
    with call.desk.resting():
        running.over.wait(WAIT)
    # Its places are those of its own postings: it may have begun before newer ones were looked up.
    found, numbers = running.so_far(DAYS), running.shelf.numbers
    total = len(numbers)
    return _Found(found, numbers, total if running.over.is_set() else running.looked, total, total)


def _shelf(call: Call, most: int) -> Shelf:
    return call.desk.shelves.of(call.plan.settings.database, call.desk.reading, most)


def _about(asked: _Asked) -> str:
    return repr((asked.saved.search, asked.old and asked.old.search))


def _trial(call: Call, asked: _Asked, shelf: Shelf) -> Trial:
    aliases, old = call.plan.aliases, asked.old
    before = compile_search(old.search, aliases=aliases) if old else None
    now = compile_search(asked.saved.search, aliases=aliases)
    return Trial(now, shelf.ready, now=call.now, rates=Rates.load(), old=before)


def _said(call: Call, asked: _Asked, found: _Found) -> dict[str, Any]:
    """A preview in the words of the page."""
    seen = found.preview
    lists = [seen.added, seen.removed, [at for at, _ in seen.samples], *(ats for _, ats in seen.near)]
    shown = call.store.postings.many(sorted({found.numbers[at] for ats in lists for at in ats[:5]}))

    def some(ats: Iterable[int]) -> list[dict[str, str]]:
        numbers = [found.numbers[at] for at in list(ats)[:5]]
        return [_line(shown[number]) for number in numbers if number in shown]

    told = sum(count for _, count in seen.per_day)
    return {
        "why": None if found.numbers else "Nothing is stored yet: add a source first.",
        "told": told,
        "a_day": f"{told / DAYS:.1f}",
        "looked": found.looked,
        "total": found.total,
        "looking": found.looked < found.total,
        "whole": found.total >= found.of,
        "bars": _bars(seen.per_day),
        "days": [(f"{day:%-d %B}", count) for day, count in reversed(seen.per_day) if count],
        "most": max(count for _, count in seen.per_day),
        "first": f"{seen.per_day[0][0]:%-d %b}",
        "last": f"{seen.per_day[-1][0]:%-d %b}",
        "compared": asked.old is not None,
        "added": (len(seen.added), some(seen.added)),
        "removed": (len(seen.removed), some(seen.removed)),
        "near": [(key.replace("_", " "), len(ats), some(ats)) for key, ats in sorted(seen.near, key=lambda one: -len(one[1]))],
        "idle": [(key.replace("_", " "), entry) for key, entry in seen.idle],
        "missing": seen.missing,
        "samples": some(at for at, _ in seen.samples),
    }


def _line(one: Stored) -> dict[str, str]:
    posting = one.posting
    place = wording.where(posting, short=True) or "place not stated"
    return {"code": short(one.job), "title": posting.title, "company": posting.company or "company not stated", "place": place}


def _bars(per_day: Any) -> list[dict[str, str]]:
    """A bar a day, in the units of the picture."""
    most = max([count for _, count in per_day] + [1])
    wide = 464 / len(per_day)
    return [
        {
            "x": f"{18 + at * wide + 2:.1f}",
            "y": f"{72.5 - count / most * 62:.1f}",
            "w": f"{wide - 4:.1f}",
            "h": f"{count / most * 62:.1f}",
        }
        for at, (_, count) in enumerate(per_day)
        if count
    ]
