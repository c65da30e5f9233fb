"""Pay currency: which money a figure is in, by its signs, the words near it and the country."""

from __future__ import annotations

import re
from functools import cache

from alerts.normalise import currency, tables
from alerts.normalise.alternatives import grouped
from alerts.normalise.pay_context import Context

_CODE = re.compile(r"\b([A-Z]{3})\b")
#: Codes that are words as well.
_WORDS = frozenset(("ALL", "CAD", "MAD", "PEN", "TRY"))
_LAKHS = frozenset(("lpa", "lakh", "lakhs", "lac", "lacs", "cr", "crore", "crores"))


@cache
def _hints() -> dict[str, str]:
    """Word → the country that it speaks of."""
    lines = tables.rows("currency_places.tsv")
    return {word: country for country, words in (line.split("\t") for line in lines) for word in words.split(", ")}


@cache
def _hint() -> re.Pattern[str]:
    words = sorted(_hints(), key=lambda word: (-len(word), word))
    spaced = grouped(re.escape(word) for word in words if word[0] < "\u2000")
    joined = grouped(re.escape(word) for word in words if word[0] >= "\u2000")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|(?:{joined})")


def of(at: Context) -> tuple[str | None, bool]:
    """``(code, was it concluded)`` of the figure; the code is None where nothing tells it."""
    span = at.span
    size = span.high.value
    found: tuple[str | None, bool] = (None, False)
    for sign in dict.fromkeys(span.signs):
        country = at.country
        if currency.resolve(sign)[1]:
            country = _place_near(at) or country or currency.sharing(sign, at.countries)
        code, concluded = currency.resolve(sign, country=country, language=at.language, size=size)
        if code and not concluded:
            return code, False
        found = found if found[0] else (code, concluded)
    if found[0]:
        return _code_near(at, currency.resolve(span.signs[0])[1], found)
    if span.high.times_word in _LAKHS:
        return "INR", True
    named = _code_near(at, True, (None, False))
    if named[0]:
        return named
    if at.nearby:
        return currency.resolve(at.nearby[0], country=at.country, language=at.language, size=size)[0], True
    if at.language in ("zh", "ja", "ko"):
        local = currency.of_country(at.country)
        return {"zh": local if local in ("TWD", "HKD", "SGD", "MYR") else "CNY", "ja": "JPY", "ko": "KRW"}[at.language], True
    return currency.of_country(_place_near(at) or at.country), True


def _code_near(at: Context, ambiguous: bool, found: tuple[str | None, bool]) -> tuple[str | None, bool]:
    """A code that stands a little off: "Salary (EUR): 50,000", "$100,000 per year (CAD)"."""
    if not ambiguous:
        return found
    around = at.text[max(at.left, at.span.start - 40) : at.span.start], at.text[at.span.end : min(at.right, at.span.end + 30)]
    for part in (around[1], around[0][::-1]):
        for match in _CODE.finditer(part):
            code = match[1] if part is around[1] else match[1][::-1]
            beside = part[: match.start()].strip(" ()/:-–") == ""
            if currency.is_code(code) and (beside or code not in _WORDS):
                return code, False
    return found


def _place_near(at: Context) -> str | None:
    """The country that the clause itself names, nearest before the figure or else behind it: "For Canada: $150,000"."""
    start, end = at.span.start, at.span.end
    named = _hint().findall(at.low, max(at.left, start - 80), start) or _hint().findall(at.low, end, min(at.right, end + 40))[:1]
    return _hints()[named[-1]] if named else None


def country_in(place: str) -> str | None:
    """The one country that lower-case words name; None where they name two."""
    named = {_hints()[word] for word in _hint().findall(place)}
    return named.pop() if len(named) == 1 else None
