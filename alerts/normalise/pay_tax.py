"""Pay tax: is a figure before tax or after it, as the words beside it say?"""

from __future__ import annotations

import re
from functools import cache

from alerts.normalise import pay_words
from alerts.normalise.alternatives import grouped
from alerts.normalise.pay_context import Context

#: How far from the figure the word may stand.
_BEHIND, _BEFORE = 48, 40
#: Without the tax on sales, which says nothing of that on wages.
_VAT = re.compile(r"\W*\+?\s*(?:vat\b|mwst|tva\b|iva\b|btw\b|moms\b|ust\b)")


@cache
def _word() -> re.Pattern[str]:
    table = pay_words.table("tax")
    groups = "|".join(f"(?P<{name}>{grouped(table[name])})" for name in ("gross", "net"))
    return re.compile(rf"(?<![^\W\d_])(?<!\.)(?:{groups})")


def of(at: Context) -> str | None:
    """ "gross" or "net"; None where the words beside the figure say neither."""
    start, end = at.span.start, at.span.end
    # What stands between two figures belongs to both; behind the next figure's beginning nothing does.
    inner = _said(at, at.span.low.end, at.span.high.start) if not at.span.single else None
    return inner or _said(at, end, min(at.right, end + _BEHIND)) or _said(at, max(at.left, start - _BEFORE), start, last=True)


def _said(at: Context, start: int, end: int, *, last: bool = False) -> str | None:
    found = [hit for hit in _word().finditer(at.low, start, end) if not _VAT.match(at.low, hit.end())]
    return (found[-1 if last else 0].lastgroup or None) if found else None
