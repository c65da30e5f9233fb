"""Many postings at once: for every condition a bit set over the postings, a Python integer; a search is their AND."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from alerts.match.clauses import Clause, Leaf
from alerts.match.tree import All, Is, Known, Node, Not, Says

if TYPE_CHECKING:
    from alerts.match.index import Saying

#: Postings in one bit set; longer batches are cut.
WIDTH = 1024
#: The postings that certainly satisfy a condition, and those that may.
_Pair = tuple[int, int]


class Batch:
    """Searches as lists of clause numbers, sorted by how many clauses they have."""

    def __init__(self, searches: Sequence[Sequence[int]], clauses: Sequence[Clause], leaves: Mapping[Leaf, int]) -> None:
        self._leaves = leaves
        self._clauses = clauses
        shapes: dict[int, list[int]] = {}
        for number, numbers in enumerate(searches):
            shapes.setdefault(len(numbers), []).append(number)
        #: For each number of clauses: the searches, and their first, second … clause.
        self._shapes = [
            (array("I", members), [array("I", (searches[member][at] for member in members)) for at in range(size)])
            for size, members in shapes.items()
        ]

    def find(self, sayings: Sequence[Saying]) -> list[list[int]]:
        """For each posting the numbers of its searches, in order."""
        found: list[list[int]] = []
        for start in range(0, len(sayings), WIDTH):
            part = sayings[start : start + WIDTH]
            lists: list[list[int]] = [[] for _ in part]
            for members, rows in self.rows(part):
                _spread(members, rows, lists)
            for numbers in lists:
                numbers.sort()
            found += lists
        return found

    def rows(self, sayings: Sequence[Saying]) -> Iterable[tuple[array[int], Iterable[int]]]:
        """(searches, for each the bit set of the postings that it wants), shape by shape."""
        everything = (1 << len(sayings)) - 1
        answer = _answers(self._leaves, sayings, everything)
        held = [answer(clause.node)[clause.keep] for clause in self._clauses]
        for members, columns in self._shapes:
            if not columns:
                yield members, [everything] * len(members)
                continue
            rows: Iterable[int] = map(held.__getitem__, columns[0])
            for column in columns[1:]:
                rows = map(and_, rows, map(held.__getitem__, column))
            yield members, rows


def _answers(leaves: Mapping[Leaf, int], sayings: Sequence[Saying], everything: int) -> Callable[[Node], _Pair]:
    """A function from a condition to its bit sets."""
    yes, maybe = [0] * len(leaves), [0] * len(leaves)
    unread = unnamed = 0
    for at, saying in enumerate(sayings):
        bit = 1 << at
        for leaf in saying.yes:
            yes[leaf] |= bit
        for leaf in saying.unknown:
            maybe[leaf] |= bit
        unread |= bit * (not saying.detailed)
        unnamed |= bit * (not saying.named)

    def answer(node: Node) -> _Pair:
        if isinstance(node, Says):
            sure = yes[leaves[node]]
            return sure, sure | (unread if "text" in node.fields else 0) | (unnamed if "company" in node.fields else 0)
        if isinstance(node, Is):
            number = leaves[node]
            return yes[number], yes[number] | maybe[number]
        if isinstance(node, Not):
            sure, may = answer(node.part)
            return everything & ~may, everything & ~sure
        if isinstance(node, Known):
            value = answer(node.part)[node.keep]
            return value, value
        pairs = [answer(part) for part in node.parts]
        if isinstance(node, All):
            return reduce(and_, (p[0] for p in pairs), everything), reduce(and_, (p[1] for p in pairs), everything)
        return reduce(or_, (p[0] for p in pairs), 0), reduce(or_, (p[1] for p in pairs), 0)

    return answer


def _spread(members: array[int], rows: Iterable[int], lists: list[list[int]]) -> None:
    """Note each search at the postings whose bits are set."""
    for member, row in zip(members, rows, strict=True):
        if not row:
            continue
        at = 0
        while row:
            word = row & 0xFFFFFFFFFFFFFFF
            row >>= 60
            while word:
                low = word & -word
                lists[at + low.bit_length() - 1].append(member)
                word ^= low
            at += 60
