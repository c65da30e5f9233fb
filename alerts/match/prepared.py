"""Stored postings, in blocks: what each says to a condition is asked once and kept as bits, for preview after preview."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import cast

from alerts.match import forms, likeness
from alerts.match.clauses import Leaf
from alerts.match.conditions import Context, check
from alerts.match.heads import SHORT, Heads
from alerts.match.likeness import Sample
from alerts.match.says import Term
from alerts.match.spotted import Spotted
from alerts.match.tree import Is, Says
from alerts.match.vocabulary import Vocabulary
from alerts.model.posting import Posting
from alerts.model.search import Answer

#: A posting and when it was first seen.
Stored = tuple[Posting, datetime]
#: A posting without its text and evidence, when it was first seen, and the text.
Slim = tuple[Posting, datetime, str]
#: Postings of a block: to look at one is a portion of work.
PORTION = 250
#: Conditions whose answers a block keeps.
MOST_KNOWN = 200
#: Texts of the postings at these places, which may be gone ("").
Texts = Callable[[Sequence[int]], Sequence[str]]


@dataclass(slots=True)
class _Known:
    """Of one condition: the postings that were asked, those that say yes, those that leave it open."""

    asked: int = 0
    sure: int = 0
    open: int = 0
    #: Of a text that is liked: how alike each is.
    alike: dict[int, int] = field(default_factory=dict)


class Block:
    """Some postings without their texts."""

    def __init__(self, start: int, stored: Sequence[Slim | None], texts: Texts) -> None:
        self.start = start
        self.postings = [one[0] if one else _GONE for one in stored]
        self.seen = [one[1] if one else None for one in stored]
        #: All that are still there.
        self.all = _bits(at for at, one in enumerate(stored) if one)
        self.unread = _bits(at for at, one in enumerate(self.postings) if not one.detailed)
        self.unnamed = _bits(at for at, one in enumerate(self.postings) if not one.company)
        self._texts = texts
        self._heads = Heads(self.postings)
        self._known: OrderedDict[Leaf, _Known] = OrderedDict()
        #: Words of searches that none of them has.
        self.without: set[Term] = set()
        #: Read in this pass: place → the text.
        self._read: dict[int, str] = {}

    def end(self) -> None:
        """The pass is over: texts are given back."""
        self._read.clear()
        if len(self.without) > MOST_KNOWN:
            self.without.clear()
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def keep(self, stored: Sequence[Slim | None]) -> None:
        """The texts that were read along with the postings, for this pass."""
        self._read = {at: one[2] if one else "" for at, one in enumerate(stored)}

    def said(self, leaf: Leaf) -> tuple[int, int]:
        """The postings that say it for certain, and those that may."""
        known = self._of(leaf)
        return known.sure, known.sure | known.open

    def alike(self, leaf: Leaf) -> dict[int, int]:
        """How alike the postings are that were asked, in per cent."""
        return self._of(leaf).alike

    def ask(self, leaves: Sequence[Leaf], among: int, context: Context) -> None:
        """Ask these postings what is not known of them yet."""
        says = []
        for leaf in leaves:
            known = self._of(leaf)
            if isinstance(leaf, Is) and leaf.kind == "posted":
                known.asked = known.sure = known.open = 0  # time goes on
            lacking = among & ~known.asked
            if not lacking:
                continue
            if isinstance(leaf, Says):
                says.append(leaf)
            elif leaf.kind == "like":
                self._ask_likeness(leaf, known, lacking)
            else:
                self._ask_value(leaf, known, lacking, context)
        if says:
            self._ask_words(says, among)

    def text(self, at: int) -> str:
        """The text of one posting."""
        return self.read(1 << at).get(at, "")

    def read(self, among: int) -> dict[int, str]:
        """The texts of these postings, kept for this pass."""
        if lacking := [at for at in places(among) if at not in self._read]:
            found = self._texts([self.start + at for at in lacking])
            self._read.update(zip(lacking, found, strict=True))
        return self._read

    def whole(self, at: int) -> Posting:
        """A posting with its text."""
        return replace(self.postings[at], text=self.text(at))

    def _of(self, leaf: Leaf) -> _Known:
        if (known := self._known.get(leaf)) is None:
            known = self._known[leaf] = _Known()
        self._known.move_to_end(leaf)
        return known

    def _ask_value(self, leaf: Is, known: _Known, lacking: int, context: Context) -> None:
        for at in places(lacking):
            asked = Context(context.now, context.rates, self.seen[at])
            answer = check(leaf.kind, leaf.value, self.postings[at], asked).answer
            known.sure |= (answer is Answer.YES) << at
            known.open |= (answer is Answer.UNKNOWN) << at
        known.asked |= lacking

    def _ask_likeness(self, leaf: Is, known: _Known, lacking: int) -> None:
        """As ``conditions`` asks it, and how alike they are."""
        sample = cast("Sample", leaf.value)
        texts = self.read(lacking)
        for at in places(lacking):
            if not self.postings[at].detailed and not texts[at]:
                known.open |= 1 << at
                continue
            score, shared = likeness.compare(sample, self.whole(at))
            known.sure |= (score >= likeness.ENOUGH) << at
            known.alike[at] = round(score * 100) if shared else 0
        known.asked |= lacking

    def _ask_words(self, leaves: Sequence[Says], among: int) -> None:
        """Short fields first; the texts of those that do not say it there."""
        vocabulary = _vocabulary(frozenset(leaves))
        lacking = {leaf: among & ~self._of(leaf).asked for leaf in leaves}
        for leaf, those in lacking.items():
            known, silent = self._of(leaf), self.unread if "text" in leaf.fields else 0
            known.asked |= those
            known.open |= those & (silent | (self.unnamed if "company" in leaf.fields else 0))
            self._look_short(leaf, those, vocabulary)
        texts = {leaf: those & ~self._of(leaf).sure for leaf, those in lacking.items() if "text" in leaf.fields}
        among = _union(texts.values())
        self.read(among)
        for at in places(among):
            self._look_at_text(at, [leaf for leaf, those in texts.items() if those >> at & 1], vocabulary)

    def _look_short(self, leaf: Says, those: int, vocabulary: Vocabulary) -> None:
        fields = tuple(name for name in leaf.fields if name in SHORT)
        sure, may = self._heads.say(fields, leaf.expression)
        for at in places(may & ~sure & those):
            sure |= (vocabulary.words(self.postings[at]).find(fields, leaf.expression) is not None) << at
        self._of(leaf).sure |= sure & those

    def _look_at_text(self, at: int, leaves: Sequence[Says], vocabulary: Vocabulary) -> None:
        """All words are read only where a look at the letters does not tell."""
        one, read = self.postings[at], None
        spotted = Spotted(self._read[at], forms.languages(one.language), vocabulary.meant(one))
        for leaf in leaves:
            said = spotted.says(leaf.expression)
            if said is None:
                read = read or vocabulary.words(self.whole(at))
                said = read.find(("text",), leaf.expression) is not None
            self._of(leaf).sure |= said << at


@lru_cache(maxsize=64)
def _vocabulary(leaves: frozenset[Says]) -> Vocabulary:
    return Vocabulary(tuple(leaves))


class Prepared:
    """Stored postings, read block by block when they are first asked."""

    def __init__(self, count: int, load: Callable[[int, int], Sequence[Slim | None]], texts: Texts) -> None:
        """Of so many postings: ``load`` reads those from here to there (None: gone), ``texts`` the texts of some again."""
        self._count, self._load, self._texts = count, load, texts
        self._blocks: list[Block] = []
        #: Of words that no posting has: the nearest that some have.
        self.nearest: dict[str, str] = {}

    @classmethod
    def of(cls, stored: Sequence[Stored]) -> Prepared:
        """Of postings at hand."""
        return cls(
            len(stored),
            lambda start, stop: [slim(*one) for one in stored[start:stop]],
            lambda ats: [stored[at][0].text for at in ats],
        )

    def __len__(self) -> int:
        return self._count

    def blocks(self) -> Iterator[Block]:
        """All of them, in order; those that were not there before are read."""
        for start in range(0, self._count, PORTION):
            number = start // PORTION
            if number == len(self._blocks):
                found = self._load(start, min(start + PORTION, self._count))
                block = Block(start, found, self._texts)
                block.keep(found)
                self._blocks.append(block)
            yield self._blocks[number]

    def at(self, place: int) -> tuple[Posting, datetime | None]:
        """One posting, whole, and when it was first seen."""
        block = self._blocks[place // PORTION]
        return block.whole(place - block.start), block.seen[place - block.start]


#: Stands for a posting that was forgotten meanwhile.
_GONE = Posting("", "", "", "")


def slim(posting: Posting, seen: datetime) -> Slim:
    """Without what takes the most room and decides nothing."""
    return replace(posting, text="", evidence={}), seen, posting.text


def places(bits: int) -> Iterator[int]:
    """The places whose bit is set, in order."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _bits(ats: Iterable[int]) -> int:
    return sum(1 << at for at in ats)


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found
