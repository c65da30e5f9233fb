"""Address ↔ filters, and how many jobs each value of a filter would leave; pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from alerts.store import inbox
from alerts.store.codec import stamp
from alerts.store.inbox import Entry

#: The filters, in the order in which they stand in an address.
FACETS = ("since", "pay", "work", "job-type", "place", "industry", "category", "level", "source", "search")
SHOWS = ("unread", "all", "saved", "hidden")
SPANS = ("today", "3d", "7d", "30d")
_SPAN = re.compile(r"today|([1-9]\d{0,3})([hd])")
_PAY = re.compile(r"none|([1-9]\d{0,6})k-([A-Z]{3})")
#: Filter → the part of an entry that it looks at.
_COLUMN: dict[str, Callable[[Entry], Any]] = {
    "since": attrgetter("at"),
    "pay": attrgetter("pay", "currency"),
    "work": attrgetter("work"),
    "job-type": attrgetter("employment"),
    "place": attrgetter("countries", "cities"),
    "industry": attrgetter("industry"),
    "category": attrgetter("category"),
    "level": attrgetter("level"),
    "source": attrgetter("sources"),
    "search": attrgetter("searches"),
}
_CODE = re.compile(r"[0-9a-z]{4,12}")
#: Values of one filter, and characters of one value, at most.
_MOST, _LONGEST = 20, 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address of the inbox asks for."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "newest"
    show: str = "unread"
    words: str = ""
    like: str = ""
    before: str = ""

    def query(self) -> list[tuple[str, str]]:
        """The parameters, in their one order, without what goes without saying."""
        pairs = [("q", self.words), ("like", self.like)]
        pairs += [(facet, value) for facet in FACETS for value in sorted(self.chosen.get(facet, ()))]
        pairs += [("order", self.order if self.order != "newest" else ""), ("show", self.show if self.show != "unread" else "")]
        return [(name, value) for name, value in (*pairs, ("before", self.before)) if value]

    def address(self, path: str = "/inbox") -> str:
        """The one address of these filters."""
        return path + (f"?{urlencode(pairs, quote_via=quote, safe=':')}" if (pairs := self.query()) else "")

    def toggled(self, facet: str, value: str) -> Filters:
        """With a value added, or taken away where it is chosen; of times only one is chosen."""
        now = self.chosen.get(facet, ())
        values = tuple(each for each in now if each != value) if value in now else (*(() if facet == "since" else now), value)
        return replace(self, chosen={**self.chosen, facet: values}, before="")

    def without(self, facet: str) -> Filters:
        """Without a filter."""
        return replace(self, chosen={**self.chosen, facet: ()}, before="")

    def changed(self, **how: str) -> Filters:
        """Another order, another set; from the first page."""
        return replace(self, **{"before": "", **how})  # type: ignore[arg-type]


def parse(query: Iterable[tuple[str, str]]) -> tuple[Filters, list[str]]:
    """The filters of an address, and what of it was not understood; what nobody knows is left out without a word."""
    chosen: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []
    plain = {"order": "", "show": "", "q": "", "like": "", "before": ""}
    for name, value in query:
        value = " ".join("".join(sign if sign.isprintable() else " " for sign in value[:_LONGEST]).split())
        if name in FACETS and value:
            if not _is_good(name, value):
                notes.append(f"{name}={value[:40]} was not understood and is left out.")
            elif len(chosen.get(name, ())) < _MOST:
                chosen[name] = tuple(dict.fromkeys((*(() if name == "since" else chosen.get(name, ())), value)))
        elif name in plain:
            plain[name] = value
    order = plain["order"] if plain["order"] == "best" else "newest"
    show = plain["show"] if plain["show"] in SHOWS else "unread"
    like = plain["like"] if _CODE.fullmatch(plain["like"]) else ""
    return Filters(chosen, order, show, plain["q"], like, plain["before"]), notes


def _is_good(name: str, value: str) -> bool:
    forms = {"since": _SPAN, "pay": _PAY}
    return name not in forms or forms[name].fullmatch(value) is not None


def source_code(key: str) -> str:
    """How a source is called in addresses: its key may hold anything."""
    return sha256(key.encode()).hexdigest()[:10]


@dataclass(frozen=True)
class View:
    """What filters are seen with: the moment, the zone, the rates, the steps of pay."""

    now: datetime
    zone: str = "UTC"
    #: (from, to) → how much one is worth in the other; None where that is not known.
    rate: Callable[[str, str], float | None] = lambda _, __: None
    #: Such as "120k-CAD".
    steps: Sequence[str] = ()
    codes: dict[str, str] = field(default_factory=dict)

    def code(self, source: str) -> str:
        """The code of a source, worked out once."""
        return self.codes.get(source) or self.codes.setdefault(source, source_code(source))

    def begin(self, span: str) -> str:
        """The moment at which a span of time begins, as it is stored."""
        if span == "today":
            here = self.now.astimezone(ZoneInfo(self.zone))
            return stamp(here.replace(hour=0, minute=0, second=0, microsecond=0))
        found = _SPAN.fullmatch(span)
        number, unit = (int(found[1]), found[2]) if found and found[1] else (7, "d")
        return stamp(self.now - (timedelta(hours=number) if unit == "h" else timedelta(days=number)))


def narrowed(entries: Iterable[Entry], filters: Filters, view: View) -> tuple[list[Entry], dict[str, Counter[str]]]:
    """The entries that all filters leave; and by filter and value how many the *other* filters and this value leave."""
    values = _reader(filters, view)
    kept, only = _parted(list(entries), {facet: chosen for facet, chosen in filters.chosen.items() if chosen}, values, view)
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for facet in FACETS:
        # Jobs have few different values: each kind is counted first, and read once.
        keys = map(_COLUMN[facet], (*kept, *only.get(facet, ())))
        if facet == "since":
            counts[facet] = _since(list(keys), filters, view)
            continue
        for key, number in Counter(keys).items():
            for value in values(facet, key):
                counts[facet][value] += number
    return kept, counts


def _parted(
    entries: list[Entry], chosen: Mapping[str, Sequence[str]], values: Callable[[str, Any], Sequence[str]], view: View
) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """Where no filter says no; and by filter where only that one does: it still counts among its values."""
    if not chosen:
        return entries, {}
    names = list(chosen)
    answers = zip(*(_answers(facet, chosen[facet], entries, values, view) for facet in names), strict=True)
    kept: list[Entry] = []
    only: dict[str, list[Entry]] = {}
    for entry, said in zip(entries, answers, strict=True):
        if all(said):
            kept.append(entry)
        elif said.count(False) == 1:
            only.setdefault(names[said.index(False)], []).append(entry)
    return kept, only


def _answers(
    facet: str, chosen: Sequence[str], entries: Sequence[Entry], values: Callable[[str, Any], Sequence[str]], view: View
) -> list[bool]:
    """What one filter says of each entry; each different value is asked once."""
    keys = list(map(_COLUMN[facet], entries))
    if facet == "since":
        begin = min(map(view.begin, chosen))
        return [key >= begin for key in keys]
    wanted = frozenset(chosen)
    good = {key for key in set(keys) if not wanted.isdisjoint(values(facet, key))}
    return [key in good for key in keys]


def _spans(filters: Filters, view: View) -> list[tuple[str, str]]:
    return [(span, view.begin(span)) for span in dict.fromkeys((*SPANS, *filters.chosen.get("since", ())))]


def _since(moments: Sequence[str], filters: Filters, view: View) -> Counter[str]:
    """Every moment is another one: they are put in order once."""
    in_order = sorted(moments)
    counted = {span: len(in_order) - bisect_left(in_order, begin) for span, begin in _spans(filters, view)}
    return Counter({span: number for span, number in counted.items() if number})


def _reader(filters: Filters, view: View) -> Callable[[str, Any], Sequence[str]]:
    """What a column of an entry is among the values of a filter; each worked out once."""
    steps = [(step, _amount(step)) for step in dict.fromkeys((*view.steps, *filters.chosen.get("pay", ())))]
    known: dict[tuple[str, Any], Sequence[str]] = {}

    def values(facet: str, key: Any) -> Sequence[str]:
        if (found := known.get((facet, key))) is None:
            if facet == "pay":
                found = ["none"] if key[0] is None else list(_pays(key, view, steps))
            elif facet == "place":
                found = tuple(dict.fromkeys((*inbox.values(key[0]), *inbox.values(key[1]))))
            else:
                found = [view.code(source) for source in inbox.values(key)] if facet == "source" else inbox.values(key)
            known[facet, key] = found
        return found

    return values


def _amount(step: str) -> tuple[float, str] | None:
    found = _PAY.fullmatch(step)
    return (int(found[1]) * 1000.0, found[2]) if found and found[1] else None


def _pays(pay: tuple[float, str | None], view: View, steps: Sequence[tuple[str, tuple[float, str] | None]]) -> Iterator[str]:
    amount, currency = pay
    for step, wanted in steps:
        if wanted is None:
            continue
        rate = 1.0 if not currency or currency == wanted[1] else view.rate(currency, wanted[1])
        if rate is not None and amount * rate >= wanted[0]:
            yield step
