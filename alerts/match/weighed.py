"""A condition over a block of postings: which satisfy it, and which are kept out by how many parts of it; all as bits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from alerts.match.clauses import Leaf
from alerts.match.tree import All, Any, Is, Known, Node, Not, Says

#: The postings that certainly satisfy a condition, and those that may.
Pair = tuple[int, int]


class Lacks(NamedTuple):
    """The postings that fail by anything, and those that fail by more than one thing."""

    some: int = 0
    more: int = 0

    def among(self, bits: int) -> Lacks:
        """Of these postings only."""
        return Lacks(self.some & bits, self.more & bits)

    def by_one(self) -> int:
        """The postings that fail by one thing alone."""
        return self.some & ~self.more


def together(counts: Iterable[Lacks]) -> Lacks:
    """All that fails."""
    some = more = 0
    for one in counts:
        more |= one.more | (some & one.some)
        some |= one.some
    return Lacks(some, more)


def once(sets: Sequence[int]) -> int:
    """The postings that are in exactly one of these sets."""
    return together(Lacks(one) for one in sets).by_one()


class Weighed:
    """Answers for a block of which the leaves were asked."""

    def __init__(self, everything: int, said: Callable[[Leaf], Pair]) -> None:
        self._all, self._said = everything, said

    def answer(self, node: Node) -> Pair:
        """Which satisfy it, which may."""
        if isinstance(node, (Says, Is)):
            return self._said(node)
        if isinstance(node, Not):
            yes, perhaps = self.answer(node.part)
            return self._all & ~perhaps, self._all & ~yes
        if isinstance(node, Known):
            value = self.answer(node.part)[node.keep]
            return value, value
        pairs = [self.answer(part) for part in node.parts]
        if isinstance(node, All):
            return reduce(and_, (p[0] for p in pairs), self._all), reduce(and_, (p[1] for p in pairs), self._all)
        return reduce(or_, (p[0] for p in pairs), 0), reduce(or_, (p[1] for p in pairs), 0)

    def good(self, node: Node, keep: bool) -> int:
        """Those that it lets through."""
        return self.answer(node)[keep]

    def lacks(self, node: Node, keep: bool) -> Lacks:
        """By how many of its parts those fail that it keeps out, counted as ``nearly.failures`` does."""
        bad = self._all & ~self.good(node, keep)
        return self._lacks(node, keep).among(bad) if bad else Lacks()

    def _lacks(self, node: Node, keep: bool) -> Lacks:
        if isinstance(node, Known):
            return self._below(node.part, node.keep)
        if isinstance(node, Not):
            return self._turned(node.part, keep)
        if isinstance(node, All):
            return together(self.lacks(part, keep) for part in node.parts)
        if isinstance(node, Any) and not all(isinstance(part, (Says, Is)) for part in node.parts):
            parts = [self.lacks(part, keep) for part in node.parts]
            return Lacks(self._all, reduce(and_, (part.more for part in parts), self._all))
        return Lacks(self._all)

    def _below(self, node: Node, keep: bool) -> Lacks:
        return Lacks(self._all, self.lacks(node, keep).more)

    def _turned(self, node: Node, keep: bool) -> Lacks:
        """Of what must not be: every one of several that is there; else the whole."""
        if isinstance(node, Not):
            return self._below(node.part, keep)
        if isinstance(node, Any):
            there = [self.answer(part)[not keep] for part in node.parts]
            return Lacks(self._all, together(Lacks(bits) for bits in there).more)
        return Lacks(self._all)
