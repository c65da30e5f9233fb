"""Pay ends: which end of a range a single figure is, and whom the figure is for."""

from __future__ import annotations

import re

from alerts.normalise import pay_words
from alerts.normalise.pay_context import Context

_SCOPE = re.compile(
    r"(?:^|[\s(])((?:zone|tier|region|level|geo|grade|band|area|group)\s?-?(?:\d{1,3}|[a-z]\d?|i{1,3}|iv|v)|(?:l|ic|e)-?\d{1,2})\b[^\n]{0,30}$",
    re.I,
)
#: What may stand between the label and the figure.
_FAR = 45
#: Austrian law: the least is printed, more is paid.
_OVERPAY = re.compile(r"[^\n.]{0,50}überzahlung")


def of(at: Context, times: float = 1.0) -> tuple[float | None, float | None]:
    """``(low, high)``, each ``times`` as much: None for the end that is open ("up to", "from", "100k+", "$0 -")."""
    span = at.span
    low, high = span.low.value * times, span.high.value * times
    if not span.single:
        return low or None, high
    end = _open(at)
    return (low if end != "upto" else None), (high if end != "from" else None)


def _open(at: Context) -> str:
    """ "from" or "upto" where the words round a single figure leave its other end open."""
    span = at.span
    opening = pay_words.openings().search(at.low, max(at.left, span.start - 90), span.start)
    if opening is not None:
        return "upto" if opening["upto"] else "from"
    if span.high.plus:
        return "from"
    behind = at.low[span.end : span.end + 60]
    ending = pay_words.endings().match(behind)
    if ending is not None:
        return "upto" if ending["upto"] else "from"
    return "from" if _OVERPAY.match(behind) else ""


def scope(at: Context) -> str | None:
    """Whom the figure is for ("Zone A", "Toronto, Canada"), where the words before it say so."""
    before = at.text[at.left : at.span.start]
    if found := _SCOPE.search(before):
        return found[1].strip()
    if (found := re.match(pay_words.table("pattern")["label"], before, re.I)) and not pay_words.any_pay().search(
        found[1].lower()
    ):
        label = found[1].strip(" *-–—•")
        whole = len(label) > 1 and len(label.split()) <= 6 and len(before) - found.end() <= _FAR and len(before) < 110
        return label if whole and label.lower() not in pay_words.table("unscoped")["words"] else None
    return None
