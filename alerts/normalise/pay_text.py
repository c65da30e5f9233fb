"""Pay statements in running text, each judged by what stands around it."""

from __future__ import annotations

import re

from alerts.model.posting import Pay
from alerts.normalise.lowered import lowered
from alerts.parse import digits

_ESCAPE = re.compile(r"\\([.+\-*_()~#!$&>])")
_LONGEST = 200_000
_MOST = 24
#: From this score on a statement is sure.
_SURE = 3.0


def from_text(
    text: str, *, country: str | None = None, language: str | None = None, countries: tuple[str, ...] = ()
) -> tuple[Pay, ...]:
    """Every pay statement in the text with kind and scope: the sure ones first, those in the country's own currency before
    others, else in the order of the text.

    ``country`` (ISO2) and ``language`` (ISO 639-1) settle what is ambiguous ("$", "kr", "¥"); so do ``countries``, where the
    job has several and no one ``country``. Amounts are in the stated period. Never raises.
    """
    text = digits.plain(text)
    if not any(map(text.__contains__, "0123456789")):
        return ()
    from alerts.normalise import currency, pay_context, pay_judge

    text = _ESCAPE.sub(r"\1", text[:_LONGEST]) if "\\" in text else text[:_LONGEST]
    spans = pay_context.spans(text)
    if not spans:
        return ()
    low = _lowered(text)
    judged: list[pay_judge.Judged] = []
    for place, span in enumerate(spans):
        if pay_judge.hopeless(text, low, span):
            continue
        around = (spans[place - 1] if place else None, span, spans[place + 1] if place + 1 < len(spans) else None)
        found = pay_judge.judge(pay_context.context(text, low, around, country, language, countries))
        if found is not None:
            judged.append(found)
        if len(judged) >= _MOST:
            break
    local = currency.of_country(country)
    judged.sort(key=lambda found: (found.score < _SURE, local is not None and found.pay.currency != local, found.start))
    return distinct(tuple(found.pay for found in judged))


def distinct(pays: tuple[Pay, ...]) -> tuple[Pay, ...]:
    """Each pay once, the first of those that say the same."""
    seen: dict[tuple[object, ...], Pay] = {}
    for pay in pays:
        seen.setdefault((pay.min, pay.max, pay.currency, pay.period, pay.kind), pay)
    return tuple(seen.values())


def _lowered(text: str) -> str:
    """Lower case with every offset kept ("İ" would become two)."""
    low = lowered(text).replace("\u2010", "-").replace("\u2011", "-").replace("’", "'")
    return low if len(low) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
