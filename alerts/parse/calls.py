"""Requests to interfaces, and how far a reading of many pages has come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from alerts.model.page import Asking, Page, Request
from alerts.parse.values import line, number, text


def query(url: str, **pairs: object) -> str:
    """``url`` with a query; pairs that are None or "" are left out, truth values are written as interfaces do."""
    said = {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in pairs.items()
        if value not in (None, "")
    }
    return f"{url}{'&' if '?' in url else '?'}{urlencode(said)}" if said else url


def post(url: str, body: object, state: Mapping[str, str] | None = None) -> Request:
    """A request that sends ``body`` as JSON. Answers to a POST have no validators worth keeping."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    encoded = json.dumps(body, separators=(",", ":")).encode()
    return Request(url, method="POST", headers=headers, body=encoded, state=state or {}, conditional=False)


def wanted(own: Sequence[str], asking: Asking, limit: int = 10) -> tuple[str, ...]:
    """The words to search for: those of the source's own options, else those of the searches; at most ``limit``."""
    return tuple(dict.fromkeys(line(each, 200) or "" for each in own or asking.words))[:limit]


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a reading of many pages stands. What it must remember travels in the state of the requests."""

    #: The number of this page, from 0.
    turn: int
    #: Rows on this page, and on all pages so far.
    here: int
    seen: int
    total: int | None
    #: True when this page repeats the first page or the one before: the server has started over.
    repeated: bool
    _first: str
    _last: str

    @classmethod
    def at(cls, page: Page, ids: Iterable[object], total: object = None) -> Walk:
        """The walk at ``page``, whose rows have ``ids``; ``total`` where the page says one (a later page need not)."""
        state = page.request.state
        marks = [text(each) or "" for each in ids]
        turn = _count(state.get("turn")) or 0
        mark = marks[0] if marks else ""
        repeated = turn > 0 and bool(mark) and mark in {state.get("first"), state.get("last")}
        before = _count(state.get("seen")) or 0
        said = _count(total)
        known = _count(state.get("total"))
        first = state.get("first", "") if turn else mark
        return cls(turn, len(marks), before + len(marks), known if said is None else said, repeated, first, mark)

    def state(self, **more: object) -> dict[str, str]:
        """The state for the request of the next page."""
        known = {} if self.total is None else {"total": str(self.total)}
        mine = {"turn": str(self.turn + 1), "seen": str(self.seen), "first": self._first, "last": self._last}
        return mine | known | {key: str(value) for key, value in more.items()}

    def more(self, size: int = 1, pages: int = 1000) -> bool:
        """Is it worth asking for another page? ``size`` is what a full page holds, ``pages`` the most to be read."""
        if self.repeated or self.here < size or self.turn + 1 >= pages:
            return False
        return not self.total or self.seen < self.total

    def whole(self) -> bool:
        """Have all rows been seen, as far as the source says how many there are?"""
        return not self.repeated and (self.total is None or self.seen >= self.total)


def ids(rows: Iterable[Mapping[str, Any]], *keys: str) -> list[object]:
    """The first of ``keys`` that each row has, for :meth:`Walk.at`."""
    return [next((row[key] for key in keys if row.get(key) is not None), None) for row in rows]


def _count(value: object) -> int | None:
    found = number(value)
    return int(found) if found is not None and 0 <= found < 1e12 else None
