"""Stored postings made ready for preview after preview: which words they have, so that few of them are read anew."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from alerts.match import forms, says
from alerts.match.says import Either, Expression, Term
from alerts.match.text_index import Field, Found, Words
from alerts.model.posting import Posting

#: A posting and when it was first seen.
Stored = tuple[Posting, datetime]
#: Postings whose words are kept whole, and expressions whose postings are known.
MOST_READ, MOST_KNOWN = 150, 4000


class Lexicon(Field):
    """Every word that the postings have, as one field, in all their languages; and how many have each."""

    def __init__(self, counts: Counter[str], languages: tuple[str, ...]) -> None:
        super().__init__("", languages)
        self.counts = counts

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where a word stands is not asked of all postings together."""
        return {word: [] for word in self.counts}

    @property
    def stems(self) -> dict[tuple[str, str], list[str]]:
        """By language and stem: the words."""
        return self._stems


class Prepared:
    """Postings, and of every word of every field the postings that have it, as the bits of a number."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self.stored = tuple(stored)
        self._having: dict[str, dict[str, int]] = {name: {} for name in says.FIELDS}
        self._known: dict[tuple[str, Expression], int] = {}
        self._read: OrderedDict[int, _Words] = OrderedDict()
        counts: Counter[str] = Counter()
        languages = {"en": None}
        for at, (posting, _) in enumerate(self.stored):
            words = Words(posting)
            languages |= dict.fromkeys(words.languages)
            counts.update(self._take(at, words))
        self.lexicon = Lexicon(counts, tuple(languages))

    def words(self) -> list[Words]:
        """The words of each, read only where one may be meant."""
        return [_Words(posting, at, self) for at, (posting, _) in enumerate(self.stored)]

    def _take(self, at: int, words: Words) -> set[str]:
        bit, all_of_it = 1 << at, set()
        for name, having in self._having.items():
            distinct = words.distinct((name,))
            all_of_it |= distinct
            for word in distinct:
                having[word] = having.get(word, 0) | bit
        return all_of_it

    def may_have(self, name: str, expression: Expression) -> int:
        """The postings, as bits, that have in this field the words that the expression needs."""
        if (found := self._known.get((name, expression))) is None:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            found = self._known[name, expression] = self._may_have(name, expression)
        return found

    def _may_have(self, name: str, expression: Expression) -> int:
        if isinstance(expression, Term):
            having = self._having[name]
            found = 0
            for word in self.lexicon.spoken(expression):
                found |= having.get(word, 0)
            return found
        parts = [self.may_have(name, part) for part in expression.parts]
        found = parts[0] if parts else 0
        for part in parts[1:]:
            found = found | part if isinstance(expression, Either) else found & part
        return found

    def keep(self, words: _Words) -> None:
        """These were read whole; those that were read longest ago are forgotten."""
        self._read[words.at] = words
        self._read.move_to_end(words.at)
        while len(self._read) > MOST_READ:
            self._read.popitem(last=False)[1].forget()

    def whole(self, at: int) -> Words | None:
        """The words of one that are still known from an earlier preview."""
        return self._read.get(at)


class _Words(Words):
    """The words of one posting, read only where the vocabulary says that it may have what is asked."""

    def __init__(self, posting: Posting, at: int, prepared: Prepared) -> None:
        super().__init__(posting)
        self.at, self._prepared = at, prepared
        if known := prepared.whole(at):
            self._fields = known._fields

    def _find(self, fields: tuple[str, ...], expression: Expression) -> Found | None:
        """As of any words."""
        likely = tuple(name for name in fields if self._prepared.may_have(name, expression) >> self.at & 1)
        if not likely:
            return None
        found = super()._find(likely, expression)
        if "text" in self._fields:
            self._prepared.keep(self)
        return found

    def forget(self) -> None:
        """Give back what reading the long text took."""
        self._fields.pop("text", None)


def has(term: Term, known: Lexicon) -> bool:
    """Does any posting have the word in any form?"""
    from alerts.match.related import related

    if known.spoken(term):
        return True
    if term.kind != "form":
        return False
    if any((language, forms.stem(term.word, language)) in known.stems for language in known.languages):
        return True
    return any(has(one, known) for one in related(term.word) if isinstance(one, Term))


def lexicon_of(postings: Sequence[Words]) -> Lexicon:
    """Of postings that were read for one preview only."""
    counts: Counter[str] = Counter()
    languages = {"en": None}
    for words in postings:
        counts.update(words.distinct(says.FIELDS))
        languages |= dict.fromkeys(words.languages)
    return Lexicon(counts, tuple(languages))


def nearest(word: str, counts: Counter[str]) -> str:
    """The nearest word, of equally near ones the most frequent."""
    import difflib

    likely = [other for other in counts if abs(len(other) - len(word)) <= 2 and not other.isdigit() and _may_be(word, other)]
    close = difflib.get_close_matches(word, likely, n=3, cutoff=_NEAR)
    return max(close, key=lambda other: (round(difflib.SequenceMatcher(None, word, other).ratio(), 1), counts[other]), default="")


_NEAR = 0.75


def _may_be(word: str, other: str) -> bool:
    """Have they letters enough in common? A quick no for nearly all."""
    foreign = sum(letter not in other for letter in word)
    return len(word) - foreign >= _NEAR / 2 * (len(word) + len(other)) - 0.001
