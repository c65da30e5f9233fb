"""A posting's words, field by field, and where an expression stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, compress

from alerts.match import forms, naming, says, words
from alerts.match.says import Either, Expression, Phrase, Term
from alerts.match.spans import Spans
from alerts.model.posting import Posting

#: First and last position of something found.
Range = tuple[int, int]
#: More hits of one word than these are not looked at when words are put together.
_MOST = 400


class Field:
    """The words of one field."""

    def __init__(self, text: str, languages: tuple[str, ...], meant: Mapping[str, Sequence[Term]] | None = None) -> None:
        self.text = text
        self.languages = languages
        #: Word → the terms that mean it, where all terms that will be asked are known beforehand.
        self._meant = meant
        #: What was asked of places that may be names.
        self._names: dict[tuple[str, int], bool] = {}

    @cached_property
    def flat(self) -> list[tuple[str, ...]]:
        """The words at each place in order."""
        return words.flat(self.text)

    @cached_property
    def distinct(self) -> set[str]:
        """The different words."""
        return set(chain.from_iterable(self.flat))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Word → positions; where it is known what will be asked, of those words only."""
        if self._meant is None:
            return words.places(self.flat)
        return words.places(self.flat, {word for spoken in self._known.values() for word in spoken})

    @cached_property
    def _stems(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for word in self.places:
            for language in self.languages:
                found.setdefault((language, forms.stem(word, language)), []).append(word)
        return found

    @cached_property
    def _known(self) -> dict[Term, list[str]]:
        found: dict[Term, list[str]] = {}
        if self._meant is not None:
            terms_of = list(map(self._meant.__getitem__, self.distinct))
            for word, terms in compress(zip(self.distinct, terms_of, strict=True), terms_of):
                for term in terms:
                    found.setdefault(term, []).append(word)
        return found

    def spoken(self, term: Term) -> list[str]:
        """The words of this field that the term means."""
        if self._meant is not None:
            return self._known.get(term, [])
        if term.kind in ("exact", "name"):
            return [term.word] if term.word in self.places else []
        if term.kind == "prefix":
            return [word for word in self.places if word.startswith(term.word)]
        if term.kind == "head":
            return [word for word in self.places if word.endswith(term.word) and forms.ends(word, term.word)]
        found = {term.word: None} if term.word in self.places else {}
        for language in self.languages:
            for word in self._stems.get((language, forms.stem(term.word, language)), ()):
                if forms.same(term.word, word, language):
                    found[word] = None
        return list(found)

    def first(self, expression: Expression, *, short: bool) -> Range | None:
        """The first of what ``locate`` gives: most questions need no more, and names are dear to tell from words."""
        if isinstance(expression, Term):
            return next(((at, at) for at in self._hits(expression) if self._is_meant(expression, at)), None)
        if isinstance(expression, Either):
            return min((hit for part in expression.parts if (hit := self.first(part, short=short))), default=None)
        return next(iter(self.locate(expression, short=short)), None)

    def locate(self, expression: Expression, *, short: bool) -> list[Range]:
        """Where the expression stands; empty where it does not. ``short``: a title, company or tag."""
        if isinstance(expression, Term):
            return [(at, at) for at in self._at(expression)]
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

    def _at(self, term: Term) -> list[int]:
        hits = self._hits(term)
        return [at for at in hits if self._is_meant(term, at)] if term.kind == "name" else hits

    def _hits(self, term: Term) -> list[int]:
        """Where a word stands that the term means."""
        spoken = self.spoken(term)
        if not spoken:
            return []
        at = self.places[spoken[0]] if len(spoken) == 1 else sorted({p for word in spoken for p in self.places[word]})
        return at[:_MOST]

    def _is_meant(self, term: Term, at: int) -> bool:
        """Does the word there stand for what the term names (*Go*, and not *go on*)?"""
        if term.kind != "name":
            return True
        if (term.word, at) not in self._names:
            self._names[term.word, at] = naming.is_name(term.word, self.text, *self._spans[at])
        return self._names[term.word, at]

    @cached_property
    def _spans(self) -> Spans:
        return Spans(self.text)

    def span(self, found: Range) -> tuple[int, int]:
        """The characters of a range of positions."""
        return self._spans[found[0]][0], self._spans[found[1]][1]


def _follow(hits: Sequence[list[Range]]) -> list[Range]:
    """Ranges in which each part begins right after the one before it."""
    ranges = hits[0]
    for nexts in hits[1:]:
        ends: dict[int, list[int]] = {}
        for start, end in nexts:
            ends.setdefault(start, []).append(end)
        ranges = [(start, last) for start, end in ranges for last in ends.get(end + 1, ())]
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


#: The field's name, its words, the range of positions.
Found = tuple[str, Field, Range]


class Words:
    """All fields of a posting that have words; each is read when it is first asked."""

    def __init__(self, posting: Posting, meant: Mapping[str, Sequence[Term]] | None = None) -> None:
        self.posting = posting
        self.languages = forms.languages(posting.language)
        self._meant = meant
        self._fields: dict[str, list[Field]] = {}
        #: By identity of the expression, which is kept with the answer: equal ones are the same one in most searches.
        self._found: dict[tuple[int, tuple[str, ...]], tuple[Expression, Found | None]] = {}

    def field(self, name: str) -> list[Field]:
        """The field's texts: one, but for tags one each."""
        if name not in self._fields:
            texts = self.posting.tags if name == "tags" else (getattr(self.posting, name) or "",)
            self._fields[name] = [Field(text, self.languages, self._meant) for text in texts]
        return self._fields[name]

    def distinct(self, fields: Sequence[str]) -> set[str]:
        """The different words of these fields."""
        return set().union(*(field.distinct for name in fields for field in self.field(name)))

    def find(self, fields: tuple[str, ...], expression: Expression) -> Found | None:
        """The first place where the expression stands: the field's name, its words, the range."""
        key = (id(expression), fields)
        if key not in self._found:
            self._found[key] = expression, self._find(fields, expression)
        return self._found[key][1]

    def _find(self, fields: tuple[str, ...], expression: Expression) -> Found | None:
        for name in fields:
            for field in self.field(name):
                if hit := field.first(expression, short=name != "text"):
                    return name, field, hit
        return None
