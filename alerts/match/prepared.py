"""Stored postings made ready for preview after preview: which words they have, so that few of them are read anew."""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from alerts.match import forms, says
from alerts.match.says import Either, Expression, Term
from alerts.match.text_index import Field, Found, Range, Words
from alerts.match.words import GAP
from alerts.model.posting import Posting

#: A posting and when it was first seen.
Stored = tuple[Posting, datetime]
#: Expressions whose postings are known, and those of which it is known where they stand.
MOST_KNOWN, MOST_ASKED = 4000, 200
#: More places of one word than these are not looked at.
MOST_HITS = 400


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


@dataclass(slots=True)
class _Question:
    """An expression in fields: the postings that may say it, and what was found where it was looked."""

    expression: Expression
    #: Field → the postings, as bits, that have the words which the expression needs.
    likely: tuple[tuple[str, int], ...]
    #: Posting → field, which of its texts, and the place.
    found: dict[int, tuple[str, int, Range] | None]


class Prepared:
    """Postings with their words, and of every word of every field the postings that have it, as the bits of a number."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self.stored = tuple(stored)
        self._having: dict[str, dict[str, int]] = {name: {} for name in says.FIELDS}
        self._flats: list[dict[str, list[_Flat]]] = []
        self._known: dict[tuple[str, Expression], int] = {}
        self._questions: OrderedDict[tuple[tuple[str, ...], Expression], _Question] = OrderedDict()
        self._asked: dict[tuple[int, tuple[str, ...]], _Question] = {}
        self._spoken: dict[tuple[Term, tuple[str, ...]], list[str]] = {}
        self._lexicons: dict[tuple[str, ...], Lexicon] = {}
        counts: Counter[str] = Counter()
        languages = {"en": None}
        once: dict[tuple[str, ...], tuple[str, ...]] = {}
        for at, (posting, _) in enumerate(self.stored):
            words = Words(posting)
            languages |= dict.fromkeys(words.languages)
            counts.update(self._take(at, words, once))
        self.lexicon = Lexicon(counts, tuple(languages))

    def words(self, *, quick: bool = True) -> list[Words]:
        """The words of each, looked at only where one may be meant. ``quick``: where in the text is not told."""
        return [_Words(posting, at, self, quick=quick) for at, (posting, _) in enumerate(self.stored)]

    def _take(self, at: int, words: Words, once: dict[tuple[str, ...], tuple[str, ...]]) -> set[str]:
        """Keep the words of one posting; what is the same in many is kept once."""
        bit, all_of_it = 1 << at, set[str]()
        flats: dict[str, list[_Flat]] = {}
        for name, having in self._having.items():
            flats[name] = [_compact(field.flat, once) for field in words.field(name)]
            distinct = words.distinct((name,))
            all_of_it |= distinct
            for word in distinct:
                having[word] = having.get(word, 0) | bit
        self._flats.append(flats)
        return all_of_it

    def flats(self, at: int, name: str) -> list[_Flat]:
        """The words of one field of one posting, text by text."""
        return self._flats[at][name]

    def question(self, fields: tuple[str, ...], expression: Expression) -> _Question:
        """What is known of an expression; found by identity first, because equal ones are mostly the same."""
        found = self._asked.get((id(expression), fields))
        if found is not None and found.expression is expression:
            return found
        key = (fields, expression)
        found = self._questions.get(key)
        if found is None:
            likely = tuple((name, self.may_have(name, expression)) for name in fields)
            found = self._questions[key] = _Question(expression, likely, {})
        self._questions.move_to_end(key)
        if len(self._questions) > MOST_ASKED:
            self._questions.popitem(last=False)
        if len(self._asked) > MOST_ASKED:
            self._asked.clear()
        # The same object is asked of every posting, so it is kept with what is known of its like.
        found.expression = expression
        self._asked[id(expression), fields] = found
        return found

    def spoken(self, term: Term, languages: tuple[str, ...]) -> list[str]:
        """The words of all postings that the term means in these languages."""
        if (found := self._spoken.get((term, languages))) is None:
            if len(self._spoken) > MOST_KNOWN:
                self._spoken.clear()
            lexicon = self._lexicons.setdefault(languages, Lexicon(self.lexicon.counts, languages))
            found = self._spoken[term, languages] = lexicon.spoken(term)
        return found

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


#: The words of a text, and the position of each.
_Flat = tuple[tuple[tuple[str, ...], ...], "array[int]"]


def _compact(flat: Sequence[tuple[str, ...]], once: dict[tuple[str, ...], tuple[str, ...]]) -> _Flat:
    """The words without the gaps between sentences, and where they stand; what is the same in many texts is kept once."""
    positions, at = array("I"), 0
    for place in flat:
        if place:
            positions.append(at)
        at += 1 if place else GAP
    return tuple(once.setdefault(place, place) for place in flat if place), positions


class _Field(Field):
    """A text whose words are known already."""

    def __init__(self, text: str, languages: tuple[str, ...], flat: _Flat, prepared: Prepared, *, quick: bool):
        super().__init__(text, languages)
        self._prepared, self._quick = prepared, quick
        self._places, self._positions = flat

    def _hits(self, term: Term) -> list[int]:
        spoken = self._prepared.spoken(term, self.languages)
        if len(spoken) == 1:
            word = spoken[0]
            hits = [self._positions[at] for at, place in enumerate(self._places) if word in place]
        else:
            wanted = frozenset(spoken)
            hits = [self._positions[at] for at, place in enumerate(self._places) if not wanted.isdisjoint(place)]
        return hits[:MOST_HITS]

    def span(self, found: Range) -> tuple[int, int]:
        """The characters of a range; the whole text where nobody shows it."""
        return (0, len(self.text)) if self._quick else super().span(found)


class _Words(Words):
    """The words of one posting, looked at only where the lexicon says that it may have what is asked."""

    def __init__(self, posting: Posting, at: int, prepared: Prepared, *, quick: bool) -> None:
        super().__init__(posting)
        self.at, self._prepared, self._quick = at, prepared, quick

    def field(self, name: str) -> list[Field]:
        """As of any words."""
        if name not in self._fields:
            texts = self.posting.tags if name == "tags" else (getattr(self.posting, name) or "",)
            flats = self._prepared.flats(self.at, name)
            self._fields[name] = [
                _Field(text, self.languages, flat, self._prepared, quick=self._quick)
                for text, flat in zip(texts, flats, strict=True)
            ]
        return self._fields[name]

    def find(self, fields: tuple[str, ...], expression: Expression) -> Found | None:
        """As of any words; what was found is kept for the previews that follow."""
        question = self._prepared.question(fields, expression)
        if self.at in question.found:
            known = question.found[self.at]
        elif not any(bits >> self.at & 1 for _, bits in question.likely):
            return None
        else:
            known = question.found[self.at] = self._look(question)
        return (known[0], self.field(known[0])[known[1]], known[2]) if known else None

    def _look(self, question: _Question) -> tuple[str, int, Range] | None:
        for name, bits in question.likely:
            for number, field in enumerate(self.field(name) if bits >> self.at & 1 else ()):
                if hit := field.first(question.expression, short=name != "text"):
                    return name, number, hit
        return None


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
