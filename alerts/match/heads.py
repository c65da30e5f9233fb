"""The short fields of some postings (title, tags, company): of every word the postings that have it, as bits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from alerts.match import forms, words
from alerts.match.says import Either, Expression, Term
from alerts.match.text_index import Field
from alerts.model.posting import Posting

#: The fields that are short.
SHORT = ("title", "tags", "company")


class Lexicon(Field):
    """Words of one posting or of many, as one field in some languages."""

    def __init__(self, found: Sequence[str], languages: tuple[str, ...]) -> None:
        super().__init__("", languages)
        self._words = found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where a word stands is not asked."""
        return {word: [] for word in self._words}

    @cached_property
    def _by_end(self) -> dict[str, list[str]]:
        return _grouped(self._words, slice(-3, None))

    @cached_property
    def _by_begin(self) -> dict[str, list[str]]:
        return _grouped(self._words, slice(2))

    def spoken(self, term: Term) -> list[str]:
        """As of any field; but few words are looked at: those that end or, in English, begin as the term does."""
        if term.kind == "head" and len(term.word) > 2:
            likely = self._by_end.get(term.word[-3:], ())
            return [word for word in likely if word.endswith(term.word) and forms.ends(word, term.word)]
        if term.kind == "form" and self.languages == ("en",):
            stem, likely = forms.stem(term.word, "en"), self._by_begin.get(term.word[:2], ())
            return [w for w in likely if w == term.word or (forms.stem(w, "en") == stem and forms.same(term.word, w, "en"))]
        return super().spoken(term)


def _grouped(words: Sequence[str], part: slice) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[part], []).append(word)
    return found


class Heads:
    """What stands in the short fields of some postings."""

    def __init__(self, postings: Sequence[Posting]) -> None:
        self._having: dict[str, dict[str, int]] = {name: {} for name in SHORT}
        self._tongues: dict[tuple[str, ...], int] = {}
        for at, posting in enumerate(postings):
            tongue = forms.languages(posting.language)
            self._tongues[tongue] = self._tongues.get(tongue, 0) | 1 << at
            for name, having in self._having.items():
                said = " | ".join(posting.tags) if name == "tags" else getattr(posting, name) or ""
                for word in {word for place in words.flat(said) for word in place}:
                    having[word] = having.get(word, 0) | 1 << at
        self._lexicons = {
            (name, tongue): Lexicon([word for word, bits in having.items() if bits & those], tongue)
            for name, having in self._having.items()
            for tongue, those in self._tongues.items()
        }

    def say(self, fields: Sequence[str], expression: Expression) -> tuple[int, int]:
        """The postings that say it in one of these fields for certain, and those that may."""
        sure = may = 0
        for name in fields:
            certain, perhaps = self._say(name, expression)
            sure, may = sure | certain, may | perhaps
        return sure, may

    def _say(self, name: str, expression: Expression) -> tuple[int, int]:
        if isinstance(expression, Term):
            having = self._term(name, expression)
            return (0 if expression.kind == "name" else having), having
        pairs = [self._say(name, part) for part in expression.parts]
        sure, may = 0, pairs[0][1] if pairs else 0
        for certain, perhaps in pairs:
            if isinstance(expression, Either):
                sure, may = sure | certain, may | perhaps
            else:
                may &= perhaps
        return sure, may

    def _term(self, name: str, term: Term) -> int:
        having, found = self._having[name], 0
        for tongue, those in self._tongues.items():
            for word in self._lexicons[name, tongue].spoken(term):
                found |= having.get(word, 0) & those
        return found
