"""Does a text say it? Told from its letters and from the few words at which they stand; else the text is to be read whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from alerts.match import naming, words
from alerts.match.glance import FOREIGN, Core, Glance, core_of
from alerts.match.says import Either, Expression, Term

_SPACE = re.compile(r"\s")


class Spotted:
    """A text of which only some words are read."""

    def __init__(self, text: str, languages: tuple[str, ...], meant: Mapping[str, Sequence[Term]]) -> None:
        """``meant``: word → the terms that mean it."""
        self.text, self._languages, self._meant = text, languages, meant
        self.glance = Glance(text)
        self._said: dict[Term, bool | None] = {}

    def says(self, expression: Expression) -> bool | None:
        """Yes or no; None where the letters are there and all words must be read to know."""
        return self._says(expression) if _test(expression, self._languages)(self.glance) else False

    def _says(self, expression: Expression) -> bool | None:
        if isinstance(expression, Term):
            if expression not in self._said:
                self._said[expression] = self._term(expression)
            return self._said[expression]
        if isinstance(expression, Either):
            answers = [self._says(part) for part in expression.parts]
            return True if True in answers else None if None in answers else False
        for part in expression.parts:
            if self._says(part) is False:
                return False
        return None

    def _term(self, term: Term) -> bool | None:
        core = core_of(term, self._languages)
        if core is None or core is FOREIGN or self.glance.hides(core):
            return None if self.glance.may_have(core) else False
        before = -1
        for at in self.glance.places(core):
            if at < before:
                continue  # in a chunk that was read already
            start, before = self._chunk(at)
            if self._stands_in(start, before, term):
                return True
        return None if self.glance.joins(core) else False

    def _chunk(self, at: int) -> tuple[int, int]:
        """What stands between two spaces."""
        start, end = at, _SPACE.search(self.text, at)
        while start and not self.text[start - 1].isspace():
            start -= 1
        return start, end.start() if end else len(self.text)

    def _stands_in(self, start: int, end: int, term: Term) -> bool:
        chunk = self.text[start:end]
        read = words.flat(chunk)
        if not any(term in self._meant[word] for place in read for word in place):
            return False
        if term.kind != "name":
            return True
        at = 0
        spans = {position: (first, last) for position, first, last in words.spans(chunk)}
        for place in read:
            if term.word in place:
                first, last = spans[at]
                if naming.is_name(term.word, self.text, start + first, start + last):
                    return True
            at += 1 if place else words.GAP
        return False


#: May a text say it, by its letters?
_Test = Callable[[Glance], bool]


@lru_cache(maxsize=2_000)
def _test(expression: Expression, languages: tuple[str, ...]) -> _Test:
    if not isinstance(expression, (Term, Either)):
        tests = tuple(_test(part, languages) for part in expression.parts)
        return lambda glance: all(test(glance) for test in tests)
    parts = expression.parts if isinstance(expression, Either) else (expression,)
    cores = _fewest([core_of(part, languages) for part in parts if isinstance(part, Term)])
    others = tuple(_test(part, languages) for part in parts if not isinstance(part, Term))
    return lambda glance: any(map(glance.may_have, cores)) or any(other(glance) for other in others)


def _fewest(cores: Sequence[Core | None]) -> tuple[Core | None, ...]:
    """Without those that have another in them: where they stand, it does."""
    found: list[Core] = []
    for one in sorted((core for core in cores if core is not None), key=lambda core: len(core.letters)):
        if one is FOREIGN or not any(other is not FOREIGN and other.letters in one.letters for other in found):
            found.append(one)
    return (None,) if None in cores else tuple(found)
