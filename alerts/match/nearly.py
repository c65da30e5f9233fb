"""What kept a posting out, condition by condition, also inside a query: one alone is a near miss."""

from __future__ import annotations

from dataclasses import replace

from alerts.match.compile import Compiled
from alerts.match.says import words_in_order
from alerts.match.tree import All, Any, Is, Known, Node, Not, Says
from alerts.model.search import Answer, Match, Reason


def failures(compiled: Compiled, match: Match) -> list[Reason]:
    """The conditions that failed by themselves, each alone enough to keep the posting out; none where it is wanted.

    Of alternatives those are counted that the best of them lacks, for that is what it would take.
    """
    found: list[Reason] = []
    for condition, reason in zip(compiled.conditions, match.reasons, strict=False):
        found += [replace(one, condition=condition.key) for one in _failures(condition.node, reason, keep=condition.keep)]
    return found


def _failures(node: Node, reason: Reason, *, keep: bool) -> list[Reason]:
    if _holds(reason.answer, keep=keep):
        return []
    if isinstance(node, Known):
        return _below(node.part, reason, keep=node.keep)
    if isinstance(node, Not):
        return _turned(node.part, reason, keep=keep)
    if isinstance(node, All):
        return [one for part, said in _pairs(node, reason) for one in _failures(part, said, keep=keep)]
    if isinstance(node, Any) and not all(isinstance(part, (Says, Is)) for part in node.parts):
        lacking = [_failures(part, said, keep=keep) for part, said in _pairs(node, reason)]
        return min(lacking, key=len, default=[reason]) or [reason]
    return [reason]


def _below(part: Node, reason: Reason, *, keep: bool) -> list[Reason]:
    """Of a part whose unknown is settled: its own failures, the whole where it is a leaf."""
    said = reason.parts[0] if reason.parts else reason
    return _failures(part, said, keep=keep) or [reason]


def _turned(part: Node, reason: Reason, *, keep: bool) -> list[Reason]:
    """Of what must not be: every one of several that is there; else the whole."""
    said = reason.parts[0] if reason.parts else reason
    if isinstance(part, Not):
        return _below(part.part, said, keep=keep)
    if isinstance(part, Any):
        there = [one for one in said.parts if one.answer is Answer.YES or (one.answer is Answer.UNKNOWN and not keep)]
        return [replace(one, answer=reason.answer, wanted=f"not {one.wanted}") for one in there] or [reason]
    return [reason]


def _pairs(node: All | Any, reason: Reason) -> list[tuple[Node, Reason]]:
    return list(zip(node.parts, reason.parts, strict=False))


def _holds(answer: Answer, *, keep: bool) -> bool:
    return answer is Answer.YES or (answer is Answer.UNKNOWN and keep)


def in_words(reason: Reason) -> str:
    """A failed condition in a few words: "salary 100k EUR: up to 80k", "query: title:manager is not there"."""
    what = f"{reason.condition}: {words_in_order(reason.wanted)}" if reason.wanted else reason.condition
    if reason.answer is Answer.UNKNOWN:
        return f"{what} ({reason.found or 'not stated'}; unknown is dropped)"
    return f"{what} (found: {words_in_order(reason.found)})" if reason.found else f"{what} (not there)"
