"""All words that any search speaks of, and which of the searches' texts a posting says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, islice

from alerts.match import forms, says
from alerts.match.says import Either, Expression, Phrase, Term
from alerts.match.text_index import Words
from alerts.match.tree import Says
from alerts.model.posting import Posting

#: Cached words a language; emptied when full, so that a hostile feed cannot fill memory.
_MOST = 300_000


class _Meant(dict[str, tuple[Term, ...]]):
    """A posting's word → the terms that mean it, in one set of languages."""

    def __init__(self, terms: Iterable[Term], languages: tuple[str, ...]) -> None:
        super().__init__()
        self._languages = languages
        self._exact: dict[str, list[Term]] = {}
        self._stems: dict[tuple[str, str], list[Term]] = {}
        self._prefixes: dict[str, list[Term]] = {}
        self._heads: dict[str, list[Term]] = {}
        for term in terms:
            if term.kind in ("prefix", "head"):
                (self._prefixes if term.kind == "prefix" else self._heads).setdefault(term.word, []).append(term)
                continue
            self._exact.setdefault(term.word, []).append(term)
            if term.kind == "form":
                for language in languages:
                    self._stems.setdefault((language, forms.stem(term.word, language)), []).append(term)
        self._sizes = sorted({len(prefix) for prefix in self._prefixes})
        self._head_sizes = sorted({len(head) for head in self._heads})

    def __missing__(self, word: str) -> tuple[Term, ...]:
        if len(self) > _MOST:
            self.clear()
        found = dict.fromkeys(self._exact.get(word, ()))
        for language in self._languages:
            for term in self._stems.get((language, forms.stem(word, language)), ()):
                if forms.same(term.word, word, language):
                    found[term] = None
        for size in self._sizes:
            if size <= len(word):
                found.update(dict.fromkeys(self._prefixes.get(word[:size], ())))
        for size in self._head_sizes:
            head = word[-size:]
            if size <= len(word) and head in self._heads and forms.ends(word, head):
                found.update(dict.fromkeys(self._heads[head]))
        terms = self[word] = tuple(found)
        return terms


#: What a word or pair brings: texts that are thereby said, and texts that may be and are looked at.
_Brings = tuple[tuple[int, ...], tuple[int, ...]] | None
#: A word, or two that follow one another.
_Trigger = tuple[Term, ...]


class _Triggers(dict[str, _Brings]):
    """A posting's word → what it brings, for texts that look at the same fields."""

    def __init__(self, meant: _Meant, brings: dict[_Trigger, tuple[list[int], list[int]]]) -> None:
        super().__init__()
        self._meant, self._brings = meant, brings

    def __missing__(self, word: str) -> _Brings:
        if len(self) > _MOST:
            self.clear()
        brings = self[word] = _joined(self._brings.get((term,)) for term in self._meant[word])
        return brings


class _Starts(dict[tuple[str, ...], bool]):
    """The words at one place → may a phrase begin (``at`` 0) or go on (``at`` 1) there?"""

    def __init__(self, meant: _Meant, pairs: Iterable[_Trigger], at: int) -> None:
        super().__init__()
        self._meant, self.terms = meant, {pair[at] for pair in pairs}

    def __missing__(self, place: tuple[str, ...]) -> bool:
        if len(self) > _MOST:
            self.clear()
        found = self[place] = any(term in self.terms for word in place for term in self._meant[word])
        return found


class _Pairs(dict[tuple[tuple[str, ...], tuple[str, ...]], _Brings]):
    """The words at two places that follow one another → what they bring."""

    def __init__(self, meant: _Meant, brings: dict[_Trigger, tuple[list[int], list[int]]]) -> None:
        super().__init__()
        self._meant, self._brings = meant, brings
        pairs = [trigger for trigger in brings if len(trigger) == 2]
        self.starts, self.goes_on = _Starts(meant, pairs, 0), _Starts(meant, pairs, 1)

    def __missing__(self, pair: tuple[tuple[str, ...], tuple[str, ...]]) -> _Brings:
        if len(self) > _MOST:
            self.clear()
        firsts, seconds = ({term for word in place for term in self._meant[word]} for place in pair)
        brings = self[pair] = _joined(self._brings.get((a, b)) for a in firsts for b in seconds)
        return brings


def _joined(brings: Iterable[tuple[list[int], list[int]] | None]) -> _Brings:
    found = [pair for pair in brings if pair]
    sure = tuple({number for pair in found for number in pair[0]})
    perhaps = tuple({number for pair in found for number in pair[1]})
    return (sure, perhaps) if sure or perhaps else None


class Vocabulary:
    """Numbers the texts (``Says``) of all searches and finds those that a posting says."""

    def __init__(self, texts: Sequence[Says], others: Iterable[Says] = ()) -> None:
        """``others``: texts that are not looked for, but that the words of a posting may be asked for as well (``prefer``)."""
        self.texts = texts
        self._brings: dict[tuple[str, ...], dict[_Trigger, tuple[list[int], list[int]]]] = {}
        for number, text in enumerate(texts):
            brings = self._brings.setdefault(text.fields, {})
            for trigger, certain in _triggers(text.expression):
                brings.setdefault(trigger, ([], []))[not certain].append(number)
        self._terms = set[Term]().union(*(says.terms(text.expression) for text in (*texts, *others)))
        self._meanings: dict[tuple[str, ...], _Meant] = {}
        self._lookups: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[_Triggers, _Pairs]] = {}

    def said(self, posting_words: Words) -> set[int]:
        """The numbers of the texts that the posting says."""
        found: set[int] = set()
        for fields in self._brings:
            singles, pairs = self._lookup(fields, posting_words.languages)
            brought = list(map(singles.__getitem__, posting_words.distinct(fields)))
            if pairs.starts.terms:
                brought += map(pairs.__getitem__, _followers(posting_words, fields, pairs))
            brings = [both for both in brought if both]
            found.update(*[sure for sure, _ in brings])
            for number in set[int]().union(*[perhaps for _, perhaps in brings]) - found:
                if posting_words.find(fields, self.texts[number].expression):
                    found.add(number)
        return found

    def words(self, posting: Posting) -> Words:
        """The words of a posting, which answer for every term of these texts (and for no other)."""
        return Words(posting, self.meant(posting))

    def meant(self, posting: Posting) -> Mapping[str, Sequence[Term]]:
        """Word → the terms that mean it, in the languages of the posting."""
        return self._meant(forms.languages(posting.language))

    def _meant(self, languages: tuple[str, ...]) -> _Meant:
        if languages not in self._meanings:
            self._meanings[languages] = _Meant(self._terms, languages)
        return self._meanings[languages]

    def _lookup(self, fields: tuple[str, ...], languages: tuple[str, ...]) -> tuple[_Triggers, _Pairs]:
        key = (fields, languages)
        if key not in self._lookups:
            meant, brings = self._meant(languages), self._brings[fields]
            self._lookups[key] = _Triggers(meant, brings), _Pairs(meant, brings)
        return self._lookups[key]


def _followers(posting_words: Words, fields: Sequence[str], pairs: _Pairs) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Places that follow one another and may be two words of a phrase."""
    found: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for name in fields:
        for field in posting_words.field(name):
            flat = field.flat
            found.update(compress(zip(flat, islice(flat, 1, None), strict=False), map(pairs.starts.__getitem__, flat)))
    return {pair for pair in found if pairs.goes_on[pair[1]]}


def _triggers(expression: Expression) -> list[tuple[_Trigger, bool]]:
    """Words or pairs one of which is there whenever the expression is said; True: that alone says it."""
    if isinstance(expression, Term):
        return [((expression,), expression.kind != "name")]
    if isinstance(expression, Either):
        return [pair for part in expression.parts for pair in _triggers(part)]
    first, second = expression.parts[:2]
    if isinstance(expression, Phrase) and isinstance(first, Term) and isinstance(second, Term):
        return [((first, second), len(expression.parts) == 2 and "name" not in (first.kind, second.kind))]
    rarest = min((_triggers(part) for part in expression.parts), key=_commonness)
    return [(trigger, False) for trigger, _ in rarest]


def _commonness(triggers: list[tuple[_Trigger, bool]]) -> tuple[int, int]:
    """Few triggers of long words come up least."""
    return len(triggers), -min(sum(len(term.word) for term in trigger) for trigger, _ in triggers)
