"""Pay roles: what the words round a figure call it, before it, behind it and in the heading above it."""

from __future__ import annotations

import re

from alerts.normalise import pay_currency, pay_period, pay_words
from alerts.normalise.pay_context import Context

#: Paid beside the pay.
KINDS = frozenset(("bonus", "equity", "stipend"))
#: Periods of a language that writes every noun with a capital, so that one begins nothing.
_NOUNS = ("jahr", "monat", "stunde", "woche", "tag")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIGURES = re.compile(r"\d\d")
_BRACKET = re.compile(r"\s*\(([^)]{2,40})\)")


def before(at: Context) -> tuple[str, str, int]:
    """``(last role, the role that counts, its distance)``: "plus bonus: $150k" is still pay."""
    hits = [hit for hit in pay_words.roles(at.low, at.left, at.span.start) if hit[2] != "counted"]
    if not hits:
        return "", "", 999
    start, end, role = hits[-1]
    first_pay = any(hit[2] in ("pay", "ote") and not at.low.startswith("earn", hit[0]) for hit in hits[:-1])
    # "plus a commission plan ($25,000)" is the plan's.
    first_pay = first_pay and not at.low[at.left : at.span.start].rstrip().endswith("(")
    while role not in ("pay", "ote") and first_pay and len(hits) > 1 and pay_words.beside().search(at.low, at.left, start):
        hits.pop()
        start, end, role = hits[-1]
    if role == "pay" and len(hits) > 1 and hits[-2][2] in KINDS and start - hits[-2][1] <= 2:
        role = hits[-2][2]  # "bonus pay", "referral package"
    if role == "pay" and len(hits) > 1 and hits[-2][2] in KINDS and at.low.startswith("earn", start):
        role = hits[-2][2]
    if role == "pay" and any(hit[2] == "ote" for hit in hits) and "base" not in at.low[at.left : at.span.start]:
        role = "ote"
    distance = at.span.start - end
    if role in ("decoy", *KINDS) and distance > (35 if role == "stipend" else 60):
        return "", "", distance
    return ("pay" if role == "ote" else role), role, distance


def behind(at: Context, *, strong: bool) -> str:
    """The role of the words right behind the figure, before anything is added to it."""
    start = at.span.end
    text = at.low[start : min(at.right, start + 60)]
    inner = _BRACKET.match(text)
    if inner:
        hits = pay_words.roles(inner[1], 0, len(inner[1]))
        if hits and hits[0][2] in ("ote", "pay", "equity"):
            return hits[0][2]
    cut = pay_words.pattern("adjacent_end").search(text)
    text = text[: cut.start()] if cut else text
    hits = pay_words.roles(text, 0, len(text))
    for begin, end, role in hits:
        if role == "counted" and at.span.signs:
            continue  # money is not counted in users
        if role not in ("pay", "ote") and _begun_anew(at, begin, role):
            break
        words = len(_WORD.findall(text[:begin]))
        if words <= (2 if strong else 4):
            following = hits[1] if len(hits) > 1 else None
            if role == "pay" and following and following[2] in KINDS and not text[end : following[0]].strip():
                return "" if _begun_anew(at, following[0], following[2]) else following[2]
            return "tax" if role == "pay" and pay_words.pattern("tax").match(text, begin) else role
        break
    return ""


def _begun_anew(at: Context, begin: int, role: str) -> bool:
    """Is the pay said in full before these words, which name what comes beside it ("$65,000 per year Health insurance")?"""
    span, words = at.span, at.low[at.span.end : at.span.end + 60]
    perk = role == "stipend" and pay_words.pattern("perk").search(words)
    said = next(pay_words.period().finditer(words, 0, begin), None)
    name = said and pay_period.named(said)
    size = pay_period.infer(span.high.value, pay_currency.of(at)[0], span.high.times_word)
    if said is None or name != size:
        return role == "stipend" and not perk and not span.single and bool(span.signs) and size == "year"
    if role == "stipend" and not perk:
        return True
    capital = at.text[span.end + begin].isupper()
    if capital and span.single:
        return not said[0].startswith(_NOUNS)
    return capital or (not span.single and role in KINDS and not perk)


def heading(at: Context) -> str:
    """The role of the line or cell before, where the figure opens its own."""
    own = at.low[at.left : at.span.start]
    if sum(letter.isalnum() for letter in own) > 32:
        return ""
    end = at.left
    cell = at.low[end - 1 : end] == "|" or at.low[max(0, end - 2) : end] == "| "
    while end > 0 and at.low[end - 1] in " \n|•*:-–\t·":
        end -= 1
    start = max(at.low.rfind("\n", 0, end), at.low.rfind("|", 0, end), end - 90, 0)
    hits = pay_words.roles(at.low, start, end)
    if not hits or end - start >= 89 or _FIGURES.search(at.low, start, end):
        return ""  # a line with figures of its own is no heading
    found = hits[-1][2]
    return "" if cell and found not in ("pay", "ote") else found


def kind(after: str, role: str, heading: str) -> str:
    """base | ote | bonus | equity | stipend | decoy, from the roles behind, before and above the figure."""
    if after in ("ote", *KINDS):
        return after
    if after == "pay":
        return "base"
    if role:
        return "base" if role == "pay" else role
    if heading in ("ote", "bonus", "equity"):
        return heading
    return "base"
