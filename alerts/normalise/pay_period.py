"""Pay period: hour, day, week, month or year, as said beside a figure or told by its size."""

from __future__ import annotations

import re
from typing import NamedTuple

from alerts.normalise import currency, pay_words
from alerts.normalise.pay_context import Context

_ASIDE = re.compile(r"(?<!^)\+|\bplus\b|&| and ")
_LAKHS = frozenset(("lpa", "lakh", "lakhs", "lac", "lacs", "cr", "crore"))
_TAX_BETWEEN = re.compile(r"[(\[]?\s*(?:gross|brutto|bruto|brut|bruts|net|netto|usd|eur|cad|aud|gbp|base|\+?\s?vat|€|\W)*\s*")
_TIED_BEFORE = re.compile(r"(?:/|\bper|\bpro|\bpar|\bim|\bal|\bpor|\ban?|\bin the)\s*$")


class Said(NamedTuple):
    """A period, whether it is said, and by what the figures are multiplied to be paid for it."""

    name: str
    stated: bool
    times: float = 1.0


def of(at: Context, code: str | None) -> Said:
    """What is said behind the figure, before it, or else told by the size and the country's own way."""
    value = at.span.high.value
    if times := _times(at, code):
        return Said("year", True, times)
    if said := _said_after(at, code, value) or _said_before(at, code):
        return Said(said, True)
    if _in_thousands(at, code):
        return Said("year", True, 1000.0)
    guess = infer(value, code, at.span.high.times_word, at.language)
    home = at.country or next(iter(currency.table()[code].countries if code in currency.table() else ()), "")
    return Said("month" if guess == "day" and home in pay_words.monthly() else guess, False)


def times_a_year(words: str) -> int | None:
    """26 for "biweekly", 24 for "twice a month", 13 for "every four weeks"; None for all else."""
    found = pay_words.twice().search(words.lower())
    return int((found.lastgroup or "n1")[1:]) if found else None


def _times(at: Context, code: str | None) -> int | None:
    """How often a year the figure is paid, where that is neither a week nor a month; not what "paid biweekly" says of a year."""
    start, end = at.span.start, at.span.end
    # Beyond the next figure, which may be that of "every 4 weeks".
    found = pay_words.twice().search(at.low, end, end + 40)
    if found and pay_words.pattern("clause_end").search(at.low, end, found.start()):
        found = None
    if found and any(_tied(at.low[end : hit.start()]) for hit in pay_words.period().finditer(at.low, end, found.start())):
        return None
    if found is None and not _said_after(at, code, at.span.high.value):
        found = pay_words.twice().search(at.low, max(at.left, start - 60), start)
    times = int((found.lastgroup or "n1")[1:]) if found else 0
    value = at.span.high.value
    paid = times and infer(value, code) in ("day", "month") and plausible(value * times, "year", code)
    return times if paid else None


def _in_thousands(at: Context, code: str | None) -> bool:
    """Is "45 - 55 EUR a year" meant in thousands? Nobody earns that a year, and nobody says so of an hour."""
    span = at.span
    small = not span.single and bool(span.signs) and span.high.times == 1 and 20 <= span.low.value < span.high.value < 1000
    return small and infer(span.low.value * 1000, code) == "year" and _said_after(at, code, span.high.value * 1000) == "year"


def infer(value: float, code: str | None, times_word: str = "", language: str | None = None) -> str:
    """The period that an amount of this size is paid for."""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    if times_word in _LAKHS:
        return "year"
    if times_word == "k" and (code == "CNY" or language == "zh") and value < 150_000:
        return "month"
    return "hour" if value < sizes.hour else "day" if value < sizes.day else "month" if value < sizes.month else "year"


def least(code: str | None) -> float:
    """Less than this is paid for nothing, not even for an hour."""
    return (currency.table().get(code or "USD") or currency.table()["USD"]).hour / 60


def plausible(value: float, period: str, code: str | None) -> bool:
    """Could anybody be paid this for that?"""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    low, high = {
        "hour": (0.0, sizes.hour * 4),
        "day": (sizes.hour / 20, sizes.day * 5),
        "week": (sizes.hour / 8, sizes.month * 1.5),
        "month": (sizes.hour * 0.6, sizes.month * 8),
        "year": (sizes.month / 17, float("inf")),
    }[period]
    return low <= value <= high


def contradicted(at: Context, code: str | None) -> bool:
    """Does a period stand right behind the figure for which nobody is paid this ("$5 a month")?"""
    found = pay_words.period().search(at.low, at.span.end, min(at.right, at.span.end + 14))
    return (
        found is not None and _tied(at.low[at.span.end : found.start()]) and not plausible(at.span.high.value, named(found), code)
    )


def _said_after(at: Context, code: str | None, value: float) -> str | None:
    start, end = at.span.end, min(at.right, at.span.end + 60)
    if aside := _ASIDE.search(at.low, start, end):
        end = aside.start()
    for found in pay_words.period().finditer(at.low, start, end):
        period = named(found)
        gap = at.low[start : found.start()]
        if (
            found.start() > start
            and pay_words.pattern("clock").search(gap[-14:])
            and re.search(r"\d|uur|hour|h\b|std|day|tage?\b|x", gap[-14:])
        ):
            continue
        if found[0] in pay_words.short() and not _tied(gap):
            continue
        if len(gap) > 45 and found[0] in pay_words.short():
            continue
        if plausible(value, period, code):
            return period
    # Inside a range: "$124,000 per year - $137,500".
    if not at.span.single:
        inner = at.low[at.span.low.end : at.span.high.start]
        for found in pay_words.period().finditer(inner):
            if plausible(value, named(found), code):
                return named(found)
    return None


def _tied(gap: str) -> bool:
    """Does a short word ("h", "month") belong to the figure before it? Through a slash, "per", or nothing else."""
    gap = gap.strip()
    return not gap or bool(pay_words.pattern("tied").search(gap)) or _TAX_BETWEEN.fullmatch(gap) is not None


def _said_before(at: Context, code: str | None) -> str | None:
    start = max(at.left, at.span.start - 110)
    own = at.low[start : at.span.start]
    hits = list(pay_words.period().finditer(own))
    if not hits and sum(letter.isalnum() for letter in own) <= 32:
        line = at.low.rfind("\n", 0, max(0, at.left - 1))
        own = at.low[max(line, at.left - 60, 0) : at.left]
        hits = list(pay_words.period().finditer(own))
    for found in reversed(hits):
        gap = own[: found.start()]
        clock = found[0] in pay_words.short() or named(found) in ("hour", "day", "week")
        if clock and pay_words.pattern("clock").search(gap[-14:]) and re.search(r"\d\D{0,12}$", gap[-16:]):
            continue
        if found[0] in pay_words.short() and not _TIED_BEFORE.search(gap):
            continue
        if plausible(at.span.high.value, named(found), code):
            return named(found)
    return None


def named(found: re.Match[str]) -> str:
    """The period that was found."""
    name = found.lastgroup or "year"
    return {"年": "year", "月": "month", "日": "day", "天": "day", "时": "hour"}[found[0]] if name == "cjk" else name
