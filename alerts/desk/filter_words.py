"""How the values of filters are said to a person, and which steps of pay are worth a filter; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.desk.facets import SPANS, Filters
from alerts.match.values import BadValue
from alerts.match.values import pay as read_pay
from alerts.model.plan import Plan
from alerts.render import wording
from alerts.render.clean import line

#: The filters in the order in which they are shown, and their names; the first five stand open.
NAMES = {
    "since": "Since",
    "pay": "Pay",
    "work": "Work",
    "job-type": "Job type",
    "place": "Place",
    "level": "Level",
    "industry": "Industry",
    "category": "Category",
    "source": "Source",
    "search": "Search",
}
OPEN = ("since", "pay", "work", "job-type", "place")
#: What "All 19 places" calls them.
MANY = {"place": "places", "source": "sources", "search": "searches", "industry": "industries", "category": "categories"}
FEW = 4


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter, as a link."""

    words: str
    count: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values, the most frequent first."""

    name: str
    title: str
    open: bool
    values: tuple[Value, ...]
    #: "All 19 places", and where they are; "" where all are shown.
    all: str = ""
    address: str = ""


@dataclass(frozen=True)
class Namer:
    """Says values: knows the names of sources by their codes, and the person's own currency."""

    sources: Mapping[str, str]
    home: str | None = None

    def words(self, facet: str, value: str) -> str:
        """A value for a person."""
        if facet == "since":
            spans = {"today": "Today", "d": "days", "h": "hours"}
            return spans.get(value) or f"{value[:-1]} {spans[value[-1]] if value[:-1] != '1' else spans[value[-1]][:-1]}"
        if facet == "pay":
            return "not stated" if value == "none" else self._pay(value)
        if facet == "place":
            code = value.isupper() or value.startswith("TZ:")
            return line((wording.area(value)[:1].upper() + wording.area(value)[1:]) if code else value, 60)
        if facet == "source":
            return line(self.sources.get(value, value), 60)
        if facet == "level":
            return wording.word("level", value) or line(value, 40)
        if facet == "work":
            return wording.word("work", value) or line(value, 40)
        return line(value if facet == "search" else value[:1].upper() + value[1:].replace("_", " "), 60)

    def _pay(self, value: str) -> str:
        amount, _, currency = value.partition("-")
        return f"from {wording.symbol(currency, self.home)}{amount}"


def shown(
    filters: Filters, counts: Mapping[str, Counter[str]], namer: Namer, most: int, few: int = FEW, *, full: bool = False
) -> list[Facet]:
    """The filters that would divide. ``most``: as far as was counted; ``full``: there were more."""
    found = []
    for facet, title in NAMES.items():
        chosen = filters.chosen.get(facet, ())
        values = _in_order(facet, counts[facet], chosen)
        if not chosen and (len(values) < 2 or not any(count for _, count in values)):
            continue
        top = [*values[:few], *((v, n) for v, n in values[few:] if v in chosen)]
        links = tuple(
            Value(
                namer.words(facet, value),
                f"{count:,}+" if full and count >= most else f"{count:,}",
                filters.toggled(facet, value).address(),
                value in chosen,
            )
            for value, count in top
        )
        more = len(values) > few and few == FEW
        every = f"All {len(values)} {MANY.get(facet, 'values')}" if more else ""
        address = filters.changed().address(f"/inbox/facets/{facet}") if more else ""
        found.append(Facet(facet, title, facet in OPEN or bool(chosen), links, every, address))
    return found


def _in_order(facet: str, counted: Counter[str], chosen: Sequence[str]) -> list[tuple[str, int]]:
    there = {**counted, **{value: counted.get(value, 0) for value in chosen}}
    if facet == "since":
        return [(span, there.get(span, 0)) for span in dict.fromkeys((*SPANS, *chosen)) if there.get(span) or span in chosen]
    if facet == "pay":
        by_amount = sorted((v for v in there if v != "none"), key=lambda value: (value[-3:], int(value.partition("k")[0])))
        return [(value, there[value]) for value in (*by_amount, *(["none"] if "none" in there else []))]
    return sorted(there.items(), key=lambda pair: (-pair[1], pair[0]))


def pay_steps(plan: Plan) -> tuple[str, ...]:
    """From what the person's searches ask for: a fifth less, as much, a fifth more; a year."""
    found: list[str] = []
    for saved in plan.searches:
        if not saved.search.salary:
            continue
        try:
            pay = read_pay(saved.search.salary)
        except BadValue:
            continue
        amount, currency = pay.min or pay.max, pay.currency or plan.settings.currency
        if amount and currency and pay.period in (None, "year") and amount >= 5000:
            found += [f"{max(1, round(amount * part / 10_000) * 10)}k-{currency}" for part in (0.8, 1.0, 1.2)]
    return tuple(dict.fromkeys(found))[:6] or _usual(plan.settings.currency)


def _usual(currency: str | None) -> tuple[str, ...]:
    return tuple(f"{amount}k-{currency or 'EUR'}" for amount in (50, 80, 120))
