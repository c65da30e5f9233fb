"""What a search says of a posting: yes, no or unknown for every condition, with the words that say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from alerts.match import conditions
from alerts.match.clauses import opened
from alerts.match.compile import Compiled
from alerts.match.conditions import Context
from alerts.match.text_index import Words
from alerts.match.tree import All, Is, Known, Node, Not, Says, all_of, any_of, opposite
from alerts.model.posting import Posting
from alerts.model.search import Answer, Match, Reason
from alerts.normalise.rates import Rates


def evaluate(
    compiled: Compiled,
    posting: Posting,
    *,
    now: datetime,
    rates: Rates | None = None,
    seen: datetime | None = None,
    words: Words | None = None,
) -> Match:
    """The answer with its reasons. ``seen``: when the posting was first seen, where it does not say when it was posted.

    ``words``: those of this posting, where they have been read (``Index.words``, of an index that has this search).
    """
    words, context = words or Words(posting), Context(now, rates, seen)
    reasons = [reason(condition.node, words, context, condition.key) for condition in compiled.conditions]
    liked = [reason(node, words, context, "prefer") for node in compiled.prefer]
    score = sum(found.answer is Answer.YES for found in liked) + _likeness(reasons)
    return _match(compiled, [found.answer for found in reasons], (*reasons, *liked), score)


def verdict(
    compiled: Compiled,
    posting: Posting,
    *,
    now: datetime,
    rates: Rates | None = None,
    seen: datetime | None = None,
    words: Words | None = None,
) -> Match:
    """As ``evaluate``, but without the reasons: for a match that nobody is told of. They can be made when somebody asks."""
    words, context = words or Words(posting), Context(now, rates, seen)
    answers = [answer(condition.node, words, context) for condition in compiled.conditions]
    alike = [reason(condition.node, words, context, "like") for condition in compiled.conditions if condition.key == "like"]
    score = sum(answer(node, words, context) is Answer.YES for node in compiled.prefer) + _likeness(alike)
    return _match(compiled, answers, (), score)


def _match(compiled: Compiled, answers: list[Answer], reasons: tuple[Reason, ...], score: float) -> Match:
    wanted = all(
        found is Answer.YES or (found is Answer.UNKNOWN and condition.keep)
        for found, condition in zip(answers, compiled.conditions, strict=True)
    )
    return Match(compiled.search.name, wanted, all_of(answers), reasons, float(score))


def wanted(
    compiled: Compiled, posting: Posting, *, now: datetime, rates: Rates | None = None, seen: datetime | None = None
) -> bool:
    """The verdict alone, without reasons."""
    words, context = Words(posting), Context(now, rates, seen)
    for condition in compiled.conditions:
        found = answer(condition.node, words, context)
        if found is Answer.NO or (found is Answer.UNKNOWN and not condition.keep):
            return False
    return True


def wants_details(
    compiled: Compiled,
    posting: Posting,
    *,
    now: datetime | None = None,
    rates: Rates | None = None,
    seen: datetime | None = None,
) -> bool:
    """Could the details still make this posting wanted? False only where the list entry alone is a certain no.

    Without ``now`` nothing is too old. For many searches at once: ``Index.wants_details``.
    """
    moment = now or posting.posted or seen or datetime(1970, 1, 1, tzinfo=UTC)
    return wanted(opened(compiled), replace(posting, detailed=False), now=moment, rates=rates, seen=seen)


def answer(node: Node, words: Words, context: Context) -> Answer:
    """Yes, no or unknown."""
    if isinstance(node, Says):
        return Answer.YES if words.find(node.fields, node.expression) else _unsaid(node, words.posting)
    if isinstance(node, Is):
        return conditions.check(node.kind, node.value, words.posting, context).answer
    if isinstance(node, Not):
        return opposite(answer(node.part, words, context))
    if isinstance(node, Known):
        return settled(answer(node.part, words, context), node.keep)
    answers = [answer(part, words, context) for part in node.parts]
    return all_of(answers) if isinstance(node, All) else any_of(answers)


def settled(found: Answer, keep: bool) -> Answer:
    """Unknown made into yes or no."""
    return found if found is not Answer.UNKNOWN else Answer.YES if keep else Answer.NO


def _unsaid(node: Says, posting: Posting) -> Answer:
    """Words that are nowhere: unknown where a field that may hold them has not been read."""
    unread = ("text" in node.fields and not posting.detailed) or ("company" in node.fields and not posting.company)
    return Answer.UNKNOWN if unread else Answer.NO


def reason(node: Node, words: Words, context: Context, key: str = "") -> Reason:
    """The answer as a tree of reasons."""
    condition = node.key or key
    if isinstance(node, Says):
        return _said(node, words, condition)
    if isinstance(node, Is):
        finding = conditions.check(node.kind, node.value, words.posting, context)
        return Reason(condition, node.wanted, finding.answer, finding.found, finding.where, None, finding.basis)
    if isinstance(node, (Not, Known)):
        part = reason(node.part, words, context, condition)
        turned = opposite(part.answer) if isinstance(node, Not) else settled(part.answer, node.keep)
        return Reason(condition, node.wanted or part.wanted, turned, part.found, part.where, part.span, part.basis, (part,))
    parts = tuple(reason(part, words, context, condition) for part in node.parts)
    answers = [part.answer for part in parts]
    total = all_of(answers) if isinstance(node, All) else any_of(answers)
    shown = next((part for part in parts if part.answer is total and part.found), None)
    wish = node.wanted or (" and " if isinstance(node, All) else " or ").join(part.wanted for part in parts)
    if shown is None:
        return Reason(condition, wish, total, parts=parts)
    return Reason(condition, wish, total, shown.found, shown.where, shown.span, shown.basis, parts)


def _said(node: Says, words: Words, condition: str) -> Reason:
    found = words.find(node.fields, node.expression)
    if found is None:
        missing = _unsaid(node, words.posting)
        what = "" if missing is Answer.NO else "company not stated" if "company" in node.fields else "text not read yet"
        return Reason(condition, node.wanted, missing, what, "" if missing is Answer.NO else node.fields[-1])
    name, field, at = found
    start, end = field.span(at)
    span = None if name == "tags" else (start, end)
    return Reason(condition, node.wanted, Answer.YES, field.text[start:end], name, span, "stated")


def _likeness(reasons: list[Reason]) -> float:
    """The share of what is liked that was found, between 0 and 1."""
    found = [leaf.found for reason in reasons if reason.condition == "like" for leaf in (reason.parts or (reason,))]
    shares = [int(text.split(" ", 1)[0]) / 100 for text in found if text[:1].isdigit()]
    return max(shares, default=0.0)
