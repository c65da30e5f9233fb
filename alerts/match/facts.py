"""The conditions on values that any search has, answered for a posting at once: looked up where possible."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from alerts.match import conditions, readings
from alerts.match.conditions import Context
from alerts.match.tree import Is
from alerts.model.posting import Posting
from alerts.model.search import Answer

#: Answers kept for each kind of condition.
_MOST = 2_000
#: Kinds whose answer is "is the wanted one among the posting's values?".
_MEMBERS = ("work", "employment", "level", "category", "industry", "company", "source", "language")
#: Kinds whose answer hangs on the clock or the rates, too.
_MOVING = ("posted", "salary")


class Answers(NamedTuple):
    """The numbers of the conditions that hold, and of those that are unknown."""

    yes: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


class Facts:
    """Numbers the conditions on values (``Is``) of one kind and answers them."""

    def __init__(self, kind: str, numbered: Sequence[tuple[int, Is]]) -> None:
        self.kind = kind
        self._numbered = numbered
        self._all = tuple(number for number, _ in numbered)
        self._by_value = {leaf.value: number for number, leaf in numbered}
        self._look = attrgetter(*conditions.LOOKS_AT[kind])
        self._kept: dict[Hashable, Answers] = {}

    def key(self, posting: Posting) -> Hashable:
        """Postings with the same key get the same answers."""
        looked = self._look(posting)
        return looked if isinstance(looked, Hashable) else repr(looked)

    def answers(self, posting: Posting, context: Context) -> Answers:
        """What the posting says to all conditions of the kind."""
        if self.kind in _MEMBERS:
            return self._members(posting)
        if self.kind in _MOVING:
            return self._ask(posting, context)
        key = self.key(posting)
        if key not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = self._ask(posting, context)
        return self._kept[key]

    def _members(self, posting: Posting) -> Answers:
        has = values(self.kind, posting)
        if not has and self.kind == "company":
            named = readings.named_in_title(posting.title)
            yes = tuple(number for value, number in self._by_value.items() if value in named)
            return Answers(yes, tuple(number for number in self._all if number not in yes))
        if not has:
            return Answers((), self._all)
        found = self._by_value
        return Answers(tuple(found[value] for value in dict.fromkeys(has) if value in found))

    def _ask(self, posting: Posting, context: Context) -> Answers:
        yes, unknown = [], []
        for number, leaf in self._numbered:
            answer = conditions.check(self.kind, leaf.value, posting, context).answer
            if answer is Answer.YES:
                yes.append(number)
            elif answer is Answer.UNKNOWN:
                unknown.append(number)
        return Answers(tuple(yes), tuple(unknown))


def values(kind: str, posting: Posting) -> tuple[Any, ...]:
    """The posting's values that a membership is asked of; empty: not said."""
    if kind == "company":
        key = posting.company_key or readings.company_key(posting.company)
        return (key,) if key else ()
    has = posting.levels or posting.level if kind == "level" else getattr(posting, kind)
    return tuple(has) if isinstance(has, tuple) else (has,) if has else ()
