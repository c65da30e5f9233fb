"""Words of a search that no stored posting has in any form; with the nearest word that some have."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.match import forms, says, words
from alerts.match.clauses import leaves
from alerts.match.compile import Compiled
from alerts.match.glance import Core, Glance, core_of
from alerts.match.heads import Lexicon
from alerts.match.prepared import Block, Prepared, places
from alerts.match.related import related
from alerts.match.says import Term
from alerts.match.text_index import Words
from alerts.match.tree import Says
from alerts.model.posting import Posting

#: Postings whose words a nearest one is looked for among.
NEAREST_OF = 500
_NEAR = 0.75
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A word of the search that no posting has, and the nearest one that some have ("" where none is near)."""

    word: str
    nearest: str = ""


class Dead:
    """The words of a search that were not met yet."""

    def __init__(self, compiled: Compiled) -> None:
        self._left = {term: _cores(term) for term in _wanted(compiled)}

    def look(self, block: Block) -> None:
        """Strike out what these postings have."""
        asked = [term for term in self._left if term not in block.without]
        texts = block.read(block.all) if asked else {}
        for at in places(block.all) if asked else ():
            glance = Glance(_said(block, at, texts))
            may = [term for term in asked if any(map(glance.may_have, self._left[term]))]
            known = _lexicon(block.whole(at)) if may else None
            for term in may:
                if known and _has(term, known):
                    asked.remove(term)
                    del self._left[term]
            if not asked:
                return
        block.without.update(asked)

    def said(self, ready: Prepared) -> tuple[Missing, ...]:
        """What is left."""
        if not self._left:
            return ()
        lacking = {term.word for term in self._left} - ready.nearest.keys()
        if lacking:
            counts = _counts(ready)
            ready.nearest |= {word: nearest(word, counts) for word in lacking}
        return tuple(Missing(term.word, ready.nearest[term.word]) for term in self._left)


def _wanted(compiled: Compiled) -> dict[Term, None]:
    found = [leaf for condition in compiled.conditions for leaf in leaves(condition.node) if isinstance(leaf, Says)]
    return {term: None for leaf in found for term in _own(leaf)}


def _own(leaf: Says) -> list[Term]:
    """The words that the user wrote, without what aliases add."""
    own = {word for at in words.readings(leaf.wanted.replace("*", "")) for word in at}
    found = (term for term in says.terms(leaf.expression) if term.kind != "head" and term.word in own)
    return sorted(found, key=lambda term: leaf.wanted.find(term.word))


def _cores(term: Term) -> tuple[Core | None, ...]:
    """What stands in every text that has the word in some form: of a stem its beginning, for the stem may change its end."""
    found = [core_of(term, ("en",))]
    if term.kind == "form":
        stem = forms.stem(term.word, "en")
        found.append(core_of(Term(stem[: max(2, len(stem) - 1)], "prefix"), ("en",)))
        found += [core_of(one, ("en",)) for one in related(term.word) if isinstance(one, Term)]
    return tuple(dict.fromkeys(found))


class _Lexicon(Lexicon):
    """Every word of a posting, as one field."""

    def has_form(self, term: Term) -> bool:
        """Is there a word with the same stem? In English those begin alike."""
        for language in self.languages:
            stem = forms.stem(term.word, language)
            likely = (word for word in self._words if language != "en" or word[:2] == term.word[:2])
            if any(forms.stem(word, language) == stem for word in likely):
                return True
        return False


def _lexicon(posting: Posting) -> _Lexicon:
    found = Words(posting)
    return _Lexicon(list(found.distinct(says.FIELDS)), found.languages)


def _has(term: Term, known: _Lexicon) -> bool:
    """Is the word there in any form?"""
    if term.kind != "form":
        return bool(known.spoken(term))
    if term.word in known.places or known.has_form(term):
        return True
    return any(_has(one, known) for one in related(term.word) if isinstance(one, Term))


def _said(block: Block, at: int, texts: Mapping[int, str]) -> str:
    """All that a posting says, a line each."""
    one = block.postings[at]
    return "\n".join((one.title, *one.tags, one.company or "", texts[at]))


def _counts(ready: Prepared) -> Counter[str]:
    """How many of some postings have each word; roughly read, which will do for a guess."""
    counts: Counter[str] = Counter()
    for block in ready.blocks():
        texts = block.read(block.all)
        for at in places(block.all):
            counts.update(map(words.fold, set(_WORD.findall(_said(block, at, texts)))))
        block.end()
        if block.start + len(block.postings) >= NEAREST_OF:
            break
    return counts


def nearest(word: str, counts: Counter[str]) -> str:
    """The nearest word, of equally near ones the most frequent."""
    likely = [other for other in counts if abs(len(other) - len(word)) <= 2 and _may_be(word, other)]
    close = difflib.get_close_matches(word, likely, n=3, cutoff=_NEAR)
    return max(close, key=lambda other: (round(difflib.SequenceMatcher(None, word, other).ratio(), 1), counts[other]), default="")


def _may_be(word: str, other: str) -> bool:
    """Have they letters enough in common? A quick no for nearly all."""
    foreign = sum(letter not in other for letter in word)
    return len(word) - foreign >= _NEAR / 2 * (len(word) + len(other)) - 0.001
