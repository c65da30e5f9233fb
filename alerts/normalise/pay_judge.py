"""Pay judged: is a figure pay, and how sure is that? By the words round it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.model.posting import Pay
from alerts.normalise import currency, pay_currency, pay_ends, pay_period, pay_roles, pay_tax, pay_words
from alerts.normalise.amounts import Span
from alerts.normalise.pay_context import Context
from alerts.normalise.pay_roles import KINDS

#: Money in which a million is a salary.
_SMALL_UNITS = frozenset(
    [
        "JPY",
        "KRW",
        "IDR",
        "VND",
        "COP",
        "CLP",
        "HUF",
        "ISK",
        "CRC",
        "PYG",
        "KZT",
        "RSD",
        "ARS",
        "NGN",
        "LKR",
        "PKR",
        "UGX",
        "TZS",
        "RUB",
        "INR",
        "CZK",
    ]
)
_YEARS = re.compile(r"(?:19|20)\d\d")
#: Multipliers that are often something else ("5m", "20 t").
_DOUBTFUL = frozenset(("m", "b", "t", "l", "mm", "bn", "w", "tr", "cr", "mil"))
_DURATION = re.compile(r"\s?-?\s?(?:hours?|hrs|days?|weeks?|months?|years?)\b")
#: A text no longer than this may be a field that holds nothing but figures.
_SHORT = 40
#: A statement needs this much.
_ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A pay statement and how sure it is."""

    pay: Pay
    score: float
    start: int


def judge(at: Context) -> Judged | None:
    """The statement, or None where the figure is not pay."""
    span = at.span
    money = pay_currency.of(at)
    bare = not span.signs
    before, role, distance = pay_roles.before(at)
    after = pay_roles.behind(at, strong=before == "pay" and distance < 40)
    if (role in ("decoy", "bonus", "equity") and distance > 15 and _clean_range(span, 10_000)) or (
        role == "stipend" and distance > 3 and _clean_range(span, 1000)
    ):
        before = role = ""  # "… a leader in debt collection, senior engineer $240k-$300k"
    if (after == "counted" and bare) or (after == "decoy" and not (before == "pay" and distance < 25 and not span.single)):
        return None
    if pay_words.pattern("piece").match(at.low, span.end):
        return None
    heading = pay_roles.heading(at) if not role else ""
    kind = pay_roles.kind(after, role, heading)
    if kind == "decoy" or _out_of_size(span, money[0], kind):
        return None
    said = pay_period.of(at, money[0])
    period: str | None = said.name
    stated = said.stated
    if before != "pay" and not stated and pay_period.contradicted(at, money[0]):
        return None
    score = _score(at, before if role else "", heading, after, stated, bare)
    if kind in KINDS:
        if kind == "stipend" and not _living(at, stated):
            return None
        score += 1
    if _is_all(at):
        score = 3.0
    elif bare and not _bare_enough(at, (role if distance < 50 else "") or (heading if _opens(at) else ""), after, stated):
        return None
    if score < _ENOUGH:
        return None
    if kind in ("bonus", "equity") and not stated:
        period = None
    low, high = pay_ends.of(at, said.times)
    left = max(at.left, span.start - 60)
    words = at.text[left : max(span.end, min(at.right, span.end + 30))].strip()
    pay = Pay(low, high, money[0], period, "parsed", kind, words[:160], pay_ends.scope(at), stated, money[1], pay_tax.of(at))
    return Judged(pay, score, span.start)


def granted(at: Context) -> Pay:
    """The statement of a string that is known to be pay: nothing is weighed."""
    code, concluded = pay_currency.of(at)
    said = pay_period.of(at, code)
    low, high = pay_ends.of(at, said.times)
    role = pay_roles.behind(at, strong=False) or pay_roles.before(at)[1]
    kind = role if role in ("ote", *KINDS) else "base"
    return Pay(low, high, code, said.name, "parsed", kind, at.text.strip()[:160], None, said.stated, concluded, pay_tax.of(at))


def hopeless(text: str, low: str, span: Span) -> bool:
    """Can this figure be passed over at a glance? No currency, no multiplier, and neither large nor by the hour."""
    if span.signs or span.high.times > 1 or span.low.times > 1:
        return False
    if span.high.value < 1000:
        return (
            span.high.value < 5
            or bool(_DURATION.match(low, span.end))
            or not (
                pay_words.pattern("per").match(low, span.end, span.end + 24)
                or "hour" in low[max(0, span.start - 60) : span.start]
            )
        )
    if span.single and not span.low.grouped and _YEARS.match(text, span.start):
        return True
    near = max(0, span.start - 130), min(len(low), span.end + 60)
    return len(text) > _SHORT and pay_words.any_pay().search(low, *near) is None


def _score(at: Context, before: str, heading: str, after: str, stated: bool, bare: bool) -> float:
    span = at.span
    score = 0.0 if bare else 1.0
    score += 0.5 if bare and span.high.times > 1 else 0.0
    score += 2.0 if span.high.times_word == "lpa" else 0.0  # lakhs per annum are nothing but pay
    score += 0.0 if span.single else 1.0
    score += 0.5 if bare and at.language == "zh" and span.high.times_word == "k" else 0.0
    if before in ("pay", "ote"):
        score += 2
    elif heading in ("pay", "ote"):
        score += 1.5
    if after in ("pay", "ote", "tax") or pay_words.pattern("after_pay").match(at.low[span.end : at.right]):
        score += 1.5
    score += 1.0 if stated else 0.0
    if pay_words.pattern("after_plus").match(at.low[span.end : span.end + 70]):
        score += 1.0
    score += 1.0 if _alone(at) else 0.0
    score += 0.5 if span.high.plus and span.high.times > 1 else 0.0
    return score


def _alone(at: Context) -> bool:
    """Does the figure stand by itself, as between bars, on a line, or at the start of a sentence?"""
    before = at.low[at.left : at.span.start].rstrip(" ~≈")
    if opening := pay_words.openings().search(before):
        before = before[: opening.start()].rstrip()
    dash = not before or before[-1] in "-–—(:@" or (len(before) < 3 and not before.isalnum())
    if not dash:
        return False
    after = at.low[at.span.end : at.right].strip()
    return not after or after[0] in "+|,.()-–—/&" or len(after) < 25


def _bare_enough(at: Context, cue: str, after: str, stated: bool) -> bool:
    """A figure without a currency needs more: the word salary beside it, or a range in thousands that stands alone."""
    span = at.span
    if span.low.times == 1 and span.high.times == 1:
        digits = at.text[span.start : span.end]
        if _YEARS.match(digits) and not span.low.grouped:
            return False
        if span.high.value < 1000 and not _per(at):
            return False
        near = cue in ("pay", "ote") and (not span.single or span.high.value >= 1000 or stated)
        return near or (after in ("pay", "ote", "tax") and span.high.value >= 1000)
    word = span.high.times_word or span.low.times_word
    if word in _DOUBTFUL and cue not in ("pay", "ote") and after not in ("pay", "ote"):
        return word == "w" and at.language == "zh"
    return True


def _is_all(at: Context) -> bool:
    """Is the whole text nothing but money: this range ("75000-90000"), or one figure with its end open ("above R$ 12.000")?"""
    span = at.span
    if len(at.text) >= 40 or span.low.value < 1000 or at.text[span.end :].strip():
        return False
    if span.single:
        opening = pay_words.openings().match(at.low, 0, span.start)
        return bool(span.signs) and opening is not None and opening.end() == span.start
    return not at.text[: span.start].strip() and not (_YEARS.match(at.text[span.start :]) and span.high.value < 2100)


def _opens(at: Context) -> bool:
    """Does the figure open its line or cell?"""
    return sum(letter.isalnum() for letter in at.low[at.left : at.span.start]) < 4


def _per(at: Context) -> bool:
    """Is a period tied to the figure by a slash or "per", so that "3-5 days" is none?"""
    return (
        bool(pay_words.pattern("per").match(at.low[at.span.end : at.span.end + 24]))
        or "hour" in at.low[at.left : at.span.start]
        or not pay_words.pattern("lasting").match(at.low, at.span.end)
    )


def _clean_range(span: Span, least: float) -> bool:
    """A range with a currency whose ends lie as near to each other as those of pay do."""
    return (
        bool(span.signs)
        and not span.single
        and span.low.value < span.high.value <= 2.5 * span.low.value
        and span.high.value >= least
    )


def _living(at: Context, stated: bool) -> bool:
    """Is a stipend what the stay is paid with, rather than a perk (learning, home office …)?"""
    near = at.low[at.left : at.right]
    hits = [
        near[start - at.left : end - at.left]
        for start, end, role in pay_words.roles(at.low, at.left, at.right)
        if role == "stipend"
    ]
    return (
        stated
        and "benefit" not in near
        and bool(pay_words.pattern("living").search(near))
        and all(pay_words.pattern("living").search(word) for word in hits)
    )


def _out_of_size(span: Span, code: str | None, kind: str) -> bool:
    """Is it more or less than anybody is paid?"""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    value = span.high.value
    if span.high.times >= 1e6 and code not in _SMALL_UNITS:
        return True
    if kind in ("bonus", "equity"):
        return value < sizes.hour
    return value > sizes.month * 100 or value < sizes.hour / 60
