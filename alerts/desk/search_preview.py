"""What a search would tell, from the newest stored postings: those are kept ready for ten idle minutes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.desk.call import Call
from alerts.desk.search_draft import Draft, ready
from alerts.match.compile import compile as compile_search
from alerts.match.prepared import Lexicon, Prepared
from alerts.match.preview import preview
from alerts.model.errors import UsageError
from alerts.model.plan import SavedSearch
from alerts.model.posting import Posting
from alerts.model.server import Database
from alerts.normalise.rates import Rates
from alerts.render import wording
from alerts.store.posting_rows import Stored
from alerts.store.short import short

#: Postings that a quick answer and a whole one look at, the newest.
QUICK, WHOLE = 2_000, 20_000
DAYS = 30
#: Seconds that the postings are kept ready after they were last looked at, and before new ones are looked at.
IDLE, AFRESH = 600.0, 60.0


@dataclass
class _Kept:
    database: Database
    last: int
    #: On a clock that nobody sets: when it was made, and when it was last looked at.
    made: float
    used: float
    stored: list[Stored]
    prepared: Prepared


_lock, _whole = threading.Lock(), threading.Lock()
_kept: list[_Kept] = []
_timer: list[threading.Timer] = []


def _ready(call: Call) -> _Kept:
    """The newest postings made ready. While a daemon reads, they are made ready anew once a minute at most."""
    now, database, last = time.monotonic(), call.plan.settings.database, call.store.postings.last()
    known = _kept[0] if _kept else None
    old = known is None or known.database != database or (known.last != last and now - known.made > AFRESH)
    if known is None or old:
        stored = call.store.postings.newest(QUICK)
        known = _Kept(database, last, now, now, stored, Prepared([(one.posting, one.first_seen) for one in stored]))
    known.used = now
    _kept[:] = [known]
    if not _timer:
        _forget_later(IDLE)
    return known


def _forget_later(seconds: float) -> None:
    _timer[:] = [threading.Timer(seconds, _forget)]
    _timer[0].daemon = True
    _timer[0].start()


def _forget() -> None:
    """What nobody looked at for long is given back."""
    with _lock:
        _timer.clear()
        left = max((one.used for one in _kept), default=0.0) + IDLE - time.monotonic()
        if not _kept or left <= 0:
            _kept.clear()
        else:
            _forget_later(left + 1)


def look(call: Call, draft: Draft, *, whole: bool = False) -> dict[str, Any] | None:
    """What the page says; None where the search has a mistake."""
    if not draft.saved:
        return None
    try:
        saved = ready(draft.saved, call)
        old = ready(draft.before, call) if draft.before and draft.changed else None
    except UsageError as error:
        return {"why": str(error)}
    with _lock:
        known = _ready(call)
        if not whole or len(known.stored) < QUICK:
            return _said(call, saved, old, known.stored, known.prepared, known.prepared.lexicon)
    with _whole:  # a quick one need not wait for it
        stored = call.store.postings.newest(WHOLE)
        return _said(call, saved, old, stored, [(one.posting, one.first_seen) for one in stored], known.prepared.lexicon)


def _said(
    call: Call,
    saved: SavedSearch,
    old: SavedSearch | None,
    stored: list[Stored],
    given: Prepared | list[tuple[Posting, datetime]],
    lexicon: Lexicon,
) -> dict[str, Any]:
    """A preview in the words of the page."""
    found = preview(
        compile_search(saved.search, aliases=call.plan.aliases),
        given,
        now=call.now,
        rates=Rates.load(),
        old=compile_search(old.search, aliases=call.plan.aliases) if old else None,
        days=DAYS,
        lexicon=lexicon,
    )

    def some(ats: Iterable[int]) -> list[dict[str, str]]:
        return [_line(stored[at]) for at in list(ats)[:5]]

    told = sum(count for _, count in found.per_day)
    return {
        "why": None if stored else "Nothing is stored yet: add a source first.",
        "told": told,
        "a_day": f"{told / DAYS:.1f}",
        "looked": len(stored),
        "whole": not isinstance(given, Prepared) or len(stored) < QUICK,
        "bars": _bars(found.per_day),
        "days": [(f"{day:%-d %B}", count) for day, count in reversed(found.per_day) if count],
        "most": max(count for _, count in found.per_day),
        "first": f"{found.per_day[0][0]:%-d %b}",
        "last": f"{found.per_day[-1][0]:%-d %b}",
        "compared": old is not None,
        "added": (len(found.added), some(found.added)),
        "removed": (len(found.removed), some(found.removed)),
        "near": [
            (key.replace("_", " "), len(ats), some(reversed(ats)))
            for key, ats in sorted(found.near, key=lambda one: -len(one[1]))
        ],
        "idle": [(key.replace("_", " "), entry) for key, entry in found.idle],
        "missing": found.missing,
        "samples": some(at for at, _ in found.samples),
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
