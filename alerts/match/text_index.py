"""A posting's words, field by field, and where an expression stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from alerts.match import forms, says, words
from alerts.match.says import Either, Expression, Phrase, Term
from alerts.model import Posting

#: First and last position of something found.
Range = tuple[int, int]
#: More hits of one word than these are not looked at when words are put together.
_MOST = 400


class Field:
    """The words of one field."""

    def __init__(self, text: str, languages: tuple[str, ...]) -> None:
        self.text = text
        self.languages = languages

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Word → positions."""
        return words.places(words.raw_words(self.text))

    @cached_property
    def _stems(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for word in self.places:
            for language in self.languages:
                found.setdefault((language, forms.stem(word, language)), []).append(word)
        return found

    def spoken(self, term: Term) -> list[str]:
        """The words of this field that the term means."""
        if term.kind == "exact":
            return [term.word] if term.word in self.places else []
        if term.kind == "prefix":
            return [word for word in self.places if word.startswith(term.word)]
        found = {term.word: None} if term.word in self.places else {}
        for language in self.languages:
            for word in self._stems.get((language, forms.stem(term.word, language)), ()):
                if forms.same(term.word, word, language):
                    found[word] = None
        return list(found)

    def locate(self, expression: Expression, *, short: bool) -> list[Range]:
        """Where the expression stands; empty where it does not. ``short``: a title, company or tag."""
        if isinstance(expression, Term):
            spoken = self.spoken(expression)
            at = self.places[spoken[0]] if len(spoken) == 1 else sorted({p for word in spoken for p in self.places[word]})
            return [(p, p) for p in at[:_MOST]]
        if isinstance(expression, Either):
            return sorted({hit for part in expression.parts for hit in self.locate(part, short=short)})
        hits = []
        for part in expression.parts:
            hits.append(self.locate(part, short=short))
            if not hits[-1]:
                return []
        if isinstance(expression, Phrase):
            return _follow(hits)
        slop = expression.slop
        if slop == says.LOOSE:
            slop = None if short else says.NEAR
        return _gather(hits, slop)

    def span(self, found: Range) -> tuple[int, int]:
        """The characters of a range of positions."""
        start = end = -1
        for at, first, last in words.spans(self.text):
            if at == found[0] and start < 0:
                start = first
            if at == found[1]:
                end = last
            if at > found[1]:
                break
        return start, end


def _follow(hits: Sequence[list[Range]]) -> list[Range]:
    """Ranges in which each part begins right after the one before it."""
    ranges = hits[0]
    for nexts in hits[1:]:
        ends = {start: end for start, end in reversed(nexts)}
        ranges = [(start, ends[end + 1]) for start, end in ranges if end + 1 in ends]
    return ranges


def _gather(hits: Sequence[list[Range]], slop: int | None) -> list[Range]:
    """The tightest range that holds every part, if no more than ``slop`` words stand between them.

    Parts that could be the same word (``manager manager``) may share it.
    """
    marks = sorted((start, end, part) for part, ranges in enumerate(hits) for start, end in ranges)
    last: dict[int, tuple[int, int]] = {}
    best: Range | None = None
    for start, end, part in marks:
        last[part] = (start, end)
        if len(last) == len(hits):
            low = min(begin for begin, _ in last.values())
            high = max(finish for _, finish in last.values())
            if best is None or high - low < best[1] - best[0]:
                best = (low, high)
    if best is None:
        return []
    length = sum(min(end - start + 1 for start, end in ranges) for ranges in hits)
    return [best] if slop is None or best[1] - best[0] + 1 - length <= slop else []


class Words:
    """All fields of a posting that have words; each is read when it is first asked."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self._languages = forms.languages(posting.language)
        self._fields: dict[str, list[Field]] = {}

    def field(self, name: str) -> list[Field]:
        """The field's texts: one, but for tags one each."""
        if name not in self._fields:
            texts: Sequence[str]
            if name == "tags":
                texts = self.posting.tags
            else:
                texts = [getattr(self.posting, name) or ""]
            self._fields[name] = [Field(text, self._languages) for text in texts]
        return self._fields[name]

    def find(self, fields: Sequence[str], expression: Expression) -> tuple[str, Field, Range] | None:
        """The first place where the expression stands: the field's name, its words, the range."""
        for name in fields:
            for field in self.field(name):
                if hits := field.locate(expression, short=name != "text"):
                    return name, field, hits[0]
        return None
