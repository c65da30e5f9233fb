"""Many postings at once: for every condition a bit set over the postings; a search is their AND."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import and_, or_

from alerts.match.clauses import Clause, Leaf
from alerts.match.saying import Saying
from alerts.match.tree import All, Is, Known, Node, Not, Says

#: Postings in one bit set; longer batches are cut.
WIDTH = 1024
#: Fewer bits than this are taken out one by one.
_FEW = 4
#: For each bit whether a byte has it.
_BIT = tuple(bytes(byte >> bit & 1 for byte in range(256)) for bit in range(8))
#: The postings that certainly satisfy a condition, and those that may.
_Pair = tuple[int, int]


class Batch:
    """Searches as lists of clause numbers, sorted by how many they have; clauses as lists of leaves, sorted by their form."""

    def __init__(self, searches: Sequence[Sequence[int]], clauses: Sequence[Clause], leaves: Mapping[Leaf, int]) -> None:
        self._leaves = leaves
        self._clauses = clauses
        self._texts = [("text" in leaf.fields, "company" in leaf.fields) if isinstance(leaf, Says) else None for leaf in leaves]
        forms: dict[tuple[str, bool, int], list[tuple[int, list[int]]]] = {}
        self._nested: list[int] = []
        for number, clause in enumerate(clauses):
            if form := clause.simple():
                key = (form[0], clause.keep, len(form[1]))
                forms.setdefault(key, []).append((number, [leaves[leaf] for leaf in form[1]]))
            else:
                self._nested.append(number)
        #: (any or none, keep) and the clauses' numbers and first, second … leaf.
        self._forms = [
            (how, keep, array("I", (number for number, _ in rows)), _columns([parts for _, parts in rows], size))
            for (how, keep, size), rows in forms.items()
        ]
        shapes: dict[int, list[int]] = {}
        for number, numbers in enumerate(searches):
            shapes.setdefault(len(numbers), []).append(number)
        #: The searches, and their first, second … clause.
        self._shapes = [
            (array("I", members), _columns([searches[member] for member in members], size)) for size, members in shapes.items()
        ]

    def find(self, sayings: Sequence[Saying]) -> list[list[int]]:
        """For each posting the numbers of its searches, in order."""
        found: list[list[int]] = []
        for start in range(0, len(sayings), WIDTH):
            part = sayings[start : start + WIDTH]
            lists: list[list[int]] = [[] for _ in part]
            spread = _Spread(lists)
            for members, rows in self.rows(part):
                spread.note(members, rows)
            spread.close()
            for numbers in lists:
                numbers.sort()
            found += lists
        return found

    def rows(self, sayings: Sequence[Saying]) -> Iterable[tuple[array[int], Iterable[int]]]:
        """(searches, for each the bit set of the postings that it wants), shape by shape."""
        everything = (1 << len(sayings)) - 1
        held = self._held(sayings, everything)
        for members, columns in self._shapes:
            if not columns:
                yield members, [everything] * len(members)
                continue
            rows: Iterable[int] = map(held.__getitem__, columns[0])
            for column in columns[1:]:
                rows = map(and_, rows, map(held.__getitem__, column))
            yield members, rows

    def _held(self, sayings: Sequence[Saying], everything: int) -> list[int]:
        """For each clause the postings that satisfy it."""
        sure, may = self._leaf_bits(sayings)
        held = [0] * len(self._clauses)
        for how, keep, numbers, columns in self._forms:
            table = may if keep == (how == "any") else sure
            values: Iterable[int] = map(table.__getitem__, columns[0])
            for column in columns[1:]:
                values = map(or_, values, map(table.__getitem__, column))
            if how == "none":
                values = map(everything.__xor__, values)
            for number, value in zip(numbers, values, strict=True):
                held[number] = value
        if self._nested:
            answer = _answers(self._leaves, sure, may, everything)
            for number in self._nested:
                clause = self._clauses[number]
                held[number] = answer(clause.node)[clause.keep]
        return held

    def _leaf_bits(self, sayings: Sequence[Saying]) -> tuple[list[int], list[int]]:
        """For each leaf the postings where it holds, and those where it holds or is unknown."""
        sure, unknown = [0] * len(self._texts), [0] * len(self._texts)
        unread = unnamed = 0
        for at, saying in enumerate(sayings):
            bit = 1 << at
            for leaf in saying.yes:
                sure[leaf] |= bit
            for leaf in saying.unknown:
                unknown[leaf] |= bit
            unread |= bit * (not saying.detailed)
            unnamed |= bit * (not saying.named)
        for leaf, fields in enumerate(self._texts):
            if fields:
                unknown[leaf] = (unread if fields[0] else 0) | (unnamed if fields[1] else 0)
        return sure, list(map(or_, sure, unknown))


def _columns(rows: Sequence[Sequence[int]], size: int) -> list[array[int]]:
    return [array("I", (row[at] for row in rows)) for at in range(size)]


def _answers(leaves: Mapping[Leaf, int], sure: list[int], may: list[int], everything: int) -> Callable[[Node], _Pair]:
    """A function from a condition to its bit sets."""

    def answer(node: Node) -> _Pair:
        if isinstance(node, (Says, Is)):
            number = leaves[node]
            return sure[number], may[number]
        if isinstance(node, Not):
            yes, perhaps = answer(node.part)
            return everything ^ perhaps, everything ^ yes
        if isinstance(node, Known):
            value = answer(node.part)[node.keep]
            return value, value
        pairs = [answer(part) for part in node.parts]
        if isinstance(node, All):
            return reduce(and_, (p[0] for p in pairs), everything), reduce(and_, (p[1] for p in pairs), everything)
        return reduce(or_, (p[0] for p in pairs), 0), reduce(or_, (p[1] for p in pairs), 0)

    return answer


class _Spread:
    """Notes each search at the postings whose bits are set: few bits one by one, many by turning the table of bits round."""

    def __init__(self, lists: list[list[int]]) -> None:
        self._lists = lists
        self._stride = len(lists) + 7 >> 3
        self._members: list[int] = []
        self._rows: list[bytes] = []

    def note(self, members: Iterable[int], rows: Iterable[int]) -> None:
        note = [found.append for found in self._lists]
        for member, row in zip(members, rows, strict=True):
            if not row:
                continue
            if row.bit_count() >= _FEW:
                self._members.append(member)
                self._rows.append(row.to_bytes(self._stride, "little"))
                continue
            while row:
                low = row & -row
                note[low.bit_length() - 1](member)
                row ^= low

    def close(self) -> None:
        """Note what stands in the table: of each eight postings first the searches that any of them has, then each one's."""
        table = b"".join(self._rows)
        for at in range(self._stride):
            column = table[at :: self._stride]
            members = list(compress(self._members, column))
            set_bits = column.translate(None, b"\0")
            for bit, found in enumerate(self._lists[at << 3 : (at << 3) + 8]):
                found += compress(members, set_bits.translate(_BIT[bit]))
