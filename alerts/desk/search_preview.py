"""What a search would tell, from the newest stored postings: those are kept ready for ten idle minutes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alerts.desk.call import Call
from alerts.desk.search_draft import Draft, ready
from alerts.match.compile import compile as compile_search
from alerts.match.prepared import Prepared
from alerts.match.preview import preview
from alerts.model.errors import UsageError
from alerts.normalise.rates import Rates
from alerts.render import wording
from alerts.store.posting_rows import Stored
from alerts.store.short import short

#: Postings that a quick answer and a whole one look at, the newest.
QUICK, WHOLE = 2_000, 20_000
DAYS = 30
#: So long the postings are kept ready after they were last looked at.
IDLE = timedelta(minutes=10)


@dataclass
class _Kept:
    database: Path
    last: int
    used: datetime
    stored: list[Stored]
    prepared: Prepared


_lock = threading.Lock()
_kept: list[_Kept] = []


def _newest(call: Call, *, whole: bool) -> tuple[list[Stored], Any]:
    """The postings, and the same made ready. Only one preview is made at a time."""
    if whole:
        stored = call.store.postings.newest(WHOLE)
        return stored, [(one.posting, one.first_seen) for one in stored]
    database, last = call.plan.settings.database, call.store.postings.last()
    known = _kept[0] if _kept else None
    if not known or (known.database, known.last) != (database, last) or call.now - known.used > IDLE:
        stored = call.store.postings.newest(QUICK)
        known = _Kept(database, last, call.now, stored, Prepared([(one.posting, one.first_seen) for one in stored]))
    known.used = call.now
    _kept[:] = [known]
    timer = threading.Timer(IDLE.total_seconds() + 1, lambda: _kept.clear() if _kept[:1] == [known] else None)
    timer.daemon = True
    timer.start()
    return known.stored, known.prepared


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
        stored, prepared = _newest(call, whole=whole)
        found = preview(
            compile_search(saved.search, aliases=call.plan.aliases),
            prepared,
            now=call.now,
            rates=Rates.load(),
            old=compile_search(old.search, aliases=call.plan.aliases) if old else None,
            days=DAYS,
        )

    def some(ats: Iterable[int]) -> list[dict[str, str]]:
        return [_line(stored[at]) for at in list(ats)[:5]]

    told = sum(count for _, count in found.per_day)
    return {
        "why": None if stored else "Nothing is stored yet: add a source first.",
        "told": told,
        "a_day": f"{told / DAYS:.1f}",
        "looked": len(stored),
        "whole": whole or len(stored) < QUICK,
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
