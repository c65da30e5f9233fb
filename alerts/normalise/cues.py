"""Plain words in a text: where each of a list stands; all lists are looked for in one pass, however long they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

#: So many texts are remembered: the one at hand, with and without its typographic signs.
_REMEMBERED = 4


class Cues:
    """A list of plain words. ``words`` gives them when they are first needed, as a text must have them: in lower case."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        _LISTS.append(self)

    @cached_property
    def words(self) -> Mapping[str, None]:
        """The words in order."""
        return dict.fromkeys(self._words())

    def places(self, text: str) -> Mapping[str, Sequence[int]]:
        """Word → where it begins, in order, also where one begins within another; only of words that are there."""
        found = _all_places(text, len(_LISTS))
        return {word: found[word] for word in found.keys() & self.words.keys()}

    def apart(self, text: str) -> Mapping[str, Sequence[int]]:
        """As ``places``; of one word only those that do not begin within the one before, as ``str.find`` goes on."""
        return {word: list(_apart(places, len(word))) for word, places in self.places(text).items()}


#: Every list there is.
_LISTS: list[Cues] = []


@lru_cache(maxsize=_REMEMBERED)
def _all_places(text: str, lists: int) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for last, word in _automaton(lists).iter(text):
        found.setdefault(word, []).append(last - len(word) + 1)
    return found


@lru_cache(maxsize=1)
def _automaton(lists: int) -> Any:
    """For so many lists; more of them come to be known only while modules are imported."""
    from ahocorasick import Automaton

    automaton = Automaton()
    for cues in _LISTS[:lists]:
        for word in cues.words:
            automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def _apart(places: Iterable[int], length: int) -> Iterator[int]:
    end = -1
    for place in places:
        if place >= end:
            yield place
            end = place + length
