"""Pay context: a figure with the clause that it stands in, which the other pay files look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.normalise import amounts, pay_words
from alerts.normalise.amounts import Span

_HAN, _KANA, _HANGUL = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7af]")
_AND = frozenset(("and", "und", "y", "e", "et", "en", "och", "og", "oraz", "i"))
_BETWEEN = re.compile(r"between|zwischen|entre|tussen|mellan|pomiędzy")


@dataclass(slots=True)
class Context:
    """The words round one span, as offsets in the lower-case text."""

    text: str
    low: str
    span: Span
    #: Where the clause before the span begins, and the one behind it ends.
    left: int
    right: int
    country: str | None
    language: str | None
    #: Signs of the figures before and after, for one that has none.
    nearby: tuple[str, ...] = ()
    #: All countries of the job where there are several: one of them may be whose "$" it is.
    countries: tuple[str, ...] = ()


def context(
    text: str,
    low: str,
    around: tuple[Span | None, Span, Span | None],
    country: str | None,
    language: str | None,
    countries: tuple[str, ...] = (),
) -> Context:
    """``around``: the span with the one before and the one behind it."""
    previous, span, following = around
    fence = following.start if following else len(text)
    nearby = tuple(sign for near in (following, previous) if near and abs(near.start - span.start) < 120 for sign in near.signs)
    clause_end = pay_words.pattern("clause_end")
    begin = max(0, span.start - 130)
    left = begin
    for end in clause_end.finditer(low, begin, span.start):
        left = end.end()
    stop = clause_end.search(low, span.end, min(len(low), span.end + 90))
    if low[span.end : span.end + 2] in (". ", ".\n"):
        return Context(text, low, span, left, span.end, country, language or _script(text, span), nearby, countries)
    right = min(stop.start() if stop else span.end + 90, fence, len(low))
    return Context(text, low, span, left, right, country, language or _script(text, span), nearby, countries)


def _script(text: str, span: Span) -> str | None:
    near = text[max(0, span.start - 80) : span.end + 40]
    if near.isascii():
        return None
    if _KANA.search(near):
        return "ja"
    if _HANGUL.search(near):
        return "ko"
    return "zh" if _HAN.search(near) else None


def spans(text: str) -> list[Span]:
    """Joined figures, those tied by "and" only where "between" stands before."""
    found: list[Span] = []
    for span in amounts.spans(text):
        if span.join in _AND:
            before = text[max(0, span.start - 40) : span.start].lower()
            if not pay_words.between().search(before) and not _BETWEEN.search(before):
                found += [Span(span.low, span.low), Span(span.high, span.high)]
                continue
        found.append(span)
    return found
