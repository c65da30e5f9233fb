"""One posting against very many searches: for every condition a bit set over the searches.

A search's clauses stand in *slots*. A condition that holds switches its searches on in their slot, a forbidden one switches them
off for good; what is on in every slot wants the posting. Conditions of few searches are kept as lists, so memory stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from alerts.match.clauses import Clause, Leaf
from alerts.match.saying import Saying
from alerts.match.tree import All, Is, Known, Node, Not, Says, all_of, any_of, opposite
from alerts.model.search import Answer

#: Conditions of fewer searches than one in so many are kept as lists.
_SPARSE = 3000
#: Cached ways of being silent.
_MOST = 64


def to_bits(members: Iterable[int], total: int) -> int:
    """The set of these numbers as an integer."""
    buffer = bytearray(total + 7 >> 3)
    for member in members:
        buffer[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(buffer, "little")


#: What one leaf switches on: (slot, searches) of many searches, (slot, bytes, their bits) of few.
_Switched = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, tuple[int, ...], bytes], ...]]


class _Switches:
    """Leaf → what it switches on; one more slot than clauses, the last for what is forbidden."""

    def __init__(self, slots: int, total: int) -> None:
        self._slots, self._total = slots, total
        self._gathered: dict[int, dict[int, list[int]]] = {}
        self._by_leaf: dict[int, _Switched] = {}

    def note(self, leaf: int, slot: int, search: int) -> None:
        self._gathered.setdefault(leaf, {}).setdefault(slot, []).append(search)

    def seal(self) -> None:
        """Make what was noted into bit sets."""
        places = list(range((self._total >> 3) + 1))  # one object for each number, not one for each use
        for leaf, slots in self._gathered.items():
            many = {slot: members for slot, members in slots.items() if len(members) * _SPARSE > self._total}
            self._by_leaf[leaf] = (
                tuple((slot, to_bits(members, self._total)) for slot, members in many.items()),
                tuple(
                    (slot, tuple(places[at >> 3] for at in members), bytes(1 << (at & 7) for at in members))
                    for slot, members in slots.items()
                    if slot not in many
                ),
            )
        self._gathered.clear()

    def on(self, leaves: Iterable[int]) -> list[int]:
        """For each slot the searches that these leaves switch on."""
        bits = [0] * self._slots
        places: list[list[tuple[int, ...]]] = [[] for _ in bits]
        marks: list[list[bytes]] = [[] for _ in bits]
        for many, few in filter(None, map(self._by_leaf.get, leaves)):
            for slot, searches in many:
                bits[slot] |= searches
            for slot, at, bit in few:
                places[slot].append(at)
                marks[slot].append(bit)
        for slot, found in enumerate(places):
            if found:
                buffer = bytearray((self._total >> 3) + 1)
                for place, mark in zip(chain.from_iterable(found), chain.from_iterable(marks[slot]), strict=True):
                    buffer[place] |= mark
                bits[slot] |= int.from_bytes(buffer, "little")
        return bits


class _Plan(NamedTuple):
    """How a clause is answered: which leaves satisfy it (or, forbidden, break it), and what silence does."""

    forbids: bool
    leaves: tuple[int, ...]
    #: Leaves that do so when they are unknown, too.
    unknown: tuple[int, ...]
    #: Fields that do so when they have not been read.
    silent: tuple[str, ...]
    #: The kind of value that is asked for; empty for words.
    kind: str
    #: How many searches share its most wanted leaf.
    wanted: int


def _plans(searches: Sequence[Sequence[int]], clauses: Sequence[Clause], leaves: Mapping[Leaf, int]) -> list[_Plan | None]:
    """For each clause its plan; None for those that are nested."""
    uses = Counter(number for numbers_ in searches for number in numbers_)
    popular: Counter[int] = Counter()
    simple = [clause.simple() for clause in clauses]
    for number, form in enumerate(simple):
        for leaf in form[1] if form else ():
            popular[leaves[leaf]] += uses[number]
    return [_plan(form, clause.keep, leaves, popular) if form else None for form, clause in zip(simple, clauses, strict=True)]


def _plan(form: tuple[str, tuple[Leaf, ...]], keep: bool, leaves: Mapping[Leaf, int], popular: Mapping[int, int]) -> _Plan:
    forbids = form[0] == "none"
    numbered = tuple(leaves[leaf] for leaf in form[1])
    unknown = tuple(leaves[leaf] for leaf in form[1] if isinstance(leaf, Is)) if keep != forbids else ()
    fields = {field for leaf in form[1] if isinstance(leaf, Says) for field in leaf.fields} if keep != forbids else set()
    silent = tuple(field for field in ("text", "company") if field in fields)
    kinds = {leaf.kind if isinstance(leaf, Is) else "" for leaf in form[1]}
    return _Plan(forbids, numbered, unknown, silent, kinds.pop() if len(kinds) == 1 else "", max(popular[n] for n in numbered))


class _Slots:
    """Where a search's clauses stand: values by their kind, words with the most wanted first, what is forbidden last."""

    def __init__(self, plans: Sequence[_Plan | None], searches: Sequence[Sequence[int]]) -> None:
        self._plans = plans
        kinds = dict.fromkeys(plan.kind for plan in plans if plan and plan.kind and not plan.forbids)
        self._kinds = {kind: slot for slot, kind in enumerate(kinds)}
        most = max((sum(1 for n in numbers_ if (plan := plans[n]) and not plan.forbids) for numbers_ in searches), default=0)
        #: All slots but that of what is forbidden.
        self.size = len(kinds) + most

    def of(self, clauses: Sequence[int]) -> list[tuple[int, int]]:
        """(slot, clause) of a search's clauses; a second clause of a kind goes with the words."""
        found, words = [], []
        taken: set[int] = set()
        for number in clauses:
            plan = self._plans[number]
            slot = self.size if plan is None or plan.forbids else self._kinds.get(plan.kind, -1)
            if slot < 0 or slot in taken:
                words.append(number)
                continue
            found.append((slot, number))
            if slot < self.size:
                taken.add(slot)
        words.sort(key=lambda number: -self._plans[number].wanted)  # type: ignore[union-attr]
        return found + [(len(self._kinds) + at, number) for at, number in enumerate(words)]


class Single:
    """Bit sets over the searches."""

    def __init__(self, searches: Sequence[Sequence[int]], clauses: Sequence[Clause], leaves: Mapping[Leaf, int]) -> None:
        self._total = total = len(searches)
        self._leaves = leaves
        self._clauses = clauses
        plans = _plans(searches, clauses, leaves)
        slots = _Slots(plans, searches)
        self._size = slots.size
        self._yes, self._unknown = _Switches(self._size + 1, total), _Switches(self._size + 1, total)
        silent: dict[str, list[list[int]]] = {field: [[] for _ in range(self._size + 1)] for field in ("text", "company")}
        used: list[list[int]] = [[] for _ in range(self._size)]
        self._complex: dict[int, list[int]] = {}
        for search, numbers_ in enumerate(searches):
            for slot, number in slots.of(numbers_):
                plan = plans[number]
                if plan is None:
                    self._complex.setdefault(search, []).append(number)
                    continue
                if slot < self._size:
                    used[slot].append(search)
                for leaf in plan.leaves:
                    self._yes.note(leaf, slot, search)
                for leaf in plan.unknown:
                    self._unknown.note(leaf, slot, search)
                for field in plan.silent:
                    silent[field][slot].append(search)
        self._yes.seal()
        self._unknown.seal()
        self._everything = everything = (1 << total) - 1
        self._free = [everything & ~to_bits(members, total) for members in used]
        self._unread = [to_bits(members, total) for members in silent["text"]]
        self._unnamed = [to_bits(members, total) for members in silent["company"]]
        self._hard = to_bits(self._complex, total)
        self._kept: dict[tuple[int, ...], list[int]] = {}

    def find(self, saying: Saying) -> list[int]:
        """The numbers of the searches that want it, in order."""
        slots = [a | b for a, b in zip(self._yes.on(saying.yes), self._when_unknown(saying.unknown), strict=True)]
        if not saying.detailed:
            slots = [a | b for a, b in zip(slots, self._unread, strict=True)]
        if not saying.named:
            slots = [a | b for a, b in zip(slots, self._unnamed, strict=True)]
        alive = self._everything & ~slots.pop()
        for on, free in zip(slots, self._free, strict=True):
            alive &= on | free
        if hard := alive & self._hard:
            answers = _Answers(self._leaves, saying)
            alive &= ~to_bits((n for n in numbers(hard) if not self._hold(answers, n)), self._total)
        return numbers(alive)

    def _hold(self, answers: _Answers, search: int) -> bool:
        return answers.hold([self._clauses[number] for number in self._complex[search]])

    def _when_unknown(self, leaves: tuple[int, ...]) -> list[int]:
        """What unknown leaves switch on; postings are silent in few ways, so this is kept."""
        if leaves not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[leaves] = self._unknown.on(leaves)
        return self._kept[leaves]


class _Answers:
    """Answers a nested clause for one posting."""

    def __init__(self, leaves: Mapping[Leaf, int], saying: Saying) -> None:
        self._leaves = leaves
        self._saying = saying
        self._yes, self._unknown = set(saying.yes), set(saying.unknown)

    def hold(self, clauses: Sequence[Clause]) -> bool:
        return all(
            found is Answer.YES or (found is Answer.UNKNOWN and clause.keep)
            for clause, found in ((clause, self.answer(clause.node)) for clause in clauses)
        )

    def answer(self, node: Node) -> Answer:
        if isinstance(node, (Says, Is)):
            return self._leaf(node)
        if isinstance(node, Not):
            return opposite(self.answer(node.part))
        if isinstance(node, Known):
            found = self.answer(node.part)
            return found if found is not Answer.UNKNOWN else Answer.YES if node.keep else Answer.NO
        answers = [self.answer(part) for part in node.parts]
        return all_of(answers) if isinstance(node, All) else any_of(answers)

    def _leaf(self, leaf: Leaf) -> Answer:
        number = self._leaves[leaf]
        if number in self._yes:
            return Answer.YES
        if isinstance(leaf, Is):
            return Answer.UNKNOWN if number in self._unknown else Answer.NO
        unread = ("text" in leaf.fields and not self._saying.detailed) or ("company" in leaf.fields and not self._saying.named)
        return Answer.UNKNOWN if unread else Answer.NO


def numbers(bits: int) -> list[int]:
    """The numbers in a bit set, in order."""
    signs = bin(bits)[:1:-1]
    found: list[int] = []
    note, following = found.append, signs.find
    at = following("1")
    while at >= 0:
        note(at)
        at = following("1", at + 1)
    return found
