"""A search tried over stored postings: what it would tell, how it differs, what in it is of no use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_

from alerts.match.clauses import leaves
from alerts.match.compile import Compiled, Condition
from alerts.match.conditions import Context
from alerts.match.dead import Dead, Missing
from alerts.match.evaluate import evaluate
from alerts.match.prepared import Block, Prepared, Stored, places
from alerts.match.tree import Is, Node, Says
from alerts.match.weighed import Lacks, Weighed, once, together
from alerts.model.search import Match
from alerts.normalise.rates import Rates

__all__ = ["Missing", "Preview", "Trial", "preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a search would do; positions are those of the postings that were given."""

    #: Positions of the wanted postings, best first, then newest first.
    wanted: tuple[int, ...]
    #: Every day of the window, oldest first, with the matches first seen on it.
    per_day: tuple[tuple[date, int], ...]
    #: The first few of ``wanted`` with their reasons.
    samples: tuple[tuple[int, Match], ...]
    #: Wanted now and not by the old version, and the other way round; empty without one.
    added: tuple[int, ...]
    removed: tuple[int, ...]
    #: Conditions and entries without which nothing would change: (key, entry; "" for the whole key).
    idle: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    #: Positions of postings that exactly one condition kept out, by that condition's key.
    near: tuple[tuple[str, tuple[int, ...]], ...]
    #: For a search with ``like``: positions of the most alike that it does not want, with how alike they are (per cent).
    alike: tuple[tuple[int, int], ...] = ()


def preview(
    compiled: Compiled,
    given: Sequence[Stored] | Prepared,
    *,
    now: datetime,
    rates: Rates | None = None,
    old: Compiled | None = None,
    days: int = 30,
    samples: int = 5,
) -> Preview:
    """Try a search over stored postings. ``old``: the saved version to compare with; ``days``: the window of ``per_day``."""
    ready = given if isinstance(given, Prepared) else Prepared.of(given)
    trial = Trial(compiled, ready, now=now, rates=rates, old=old)
    for _ in trial.portions():
        pass
    return trial.so_far(days=days, samples=samples)


class Trial:
    """A preview under way: some of the postings are looked at."""

    def __init__(
        self, compiled: Compiled, ready: Prepared, *, now: datetime, rates: Rates | None = None, old: Compiled | None = None
    ) -> None:
        self._compiled, self._old, self._ready = compiled, old, ready
        self._context = Context(now, rates)
        #: How many postings were looked at.
        self.looked = 0
        #: Position → how good it is.
        self._wanted: dict[int, float] = {}
        self._seen: dict[int, datetime] = {}
        self._before: set[int] = set()
        self._near: dict[str, list[int]] = {}
        self._alike: list[tuple[int, int]] = []
        self._used: set[tuple[str, str]] = set()
        self._dead = Dead(compiled)

    def portions(self) -> Iterator[int]:
        """Look at one block of postings after the other; after each, how many were looked at."""
        for block in self._ready.blocks():
            try:
                self._look(block)
            finally:
                block.end()
            self.looked = block.start + len(block.postings)
            yield self.looked

    def _look(self, block: Block) -> None:
        weighed = Weighed(block.all, block.said)
        conditions = self._compiled.conditions
        self._ask(block, weighed, conditions, most=1)
        good = [weighed.good(one.node, one.keep) for one in conditions]
        wanted = reduce(and_, good, block.all)
        self._decide(conditions, weighed, good, block.all)
        self._note_near(block, [weighed.lacks(one.node, one.keep) for one in conditions])
        self._note_wanted(block, weighed, wanted)
        self._note_alike(block, wanted)
        if self._old:
            self._ask(block, weighed, self._old.conditions, most=0)
            before = reduce(and_, (weighed.good(one.node, one.keep) for one in self._old.conditions), block.all)
            self._before.update(block.start + at for at in places(before))
        self._dead.look(block)

    def _ask(self, block: Block, weighed: Weighed, conditions: Sequence[Condition], *, most: int) -> None:
        """Values first; and texts are read only of what no more than ``most`` conditions keep out by then."""
        asked = [list(leaves(one.node)) for one in conditions]
        dear = [any(_is_dear(leaf) for leaf in each) for each in asked]
        block.ask([leaf for each in asked for leaf in each if not _is_dear(leaf)], block.all, self._context)
        cheap = [one for one, is_dear in zip(conditions, dear, strict=True) if not is_dear]
        out = together(Lacks(block.all & ~weighed.good(one.node, one.keep)) for one in cheap)
        among = block.all & ~(out.more if most else out.some)
        block.ask([leaf for each in asked for leaf in each if _is_dear(leaf)], among, self._context)

    def _decide(self, conditions: Sequence[Condition], weighed: Weighed, good: Sequence[int], everything: int) -> None:
        """The conditions and entries that alone decided about some posting."""
        out = together(Lacks(everything & ~one) for one in good)
        for one, through in zip(conditions, good, strict=True):
            alone = out.by_one() & ~through
            if alone:
                self._used.add((one.key, ""))
            if parts := _parts(one):
                let = [weighed.good(part, one.keep) for part in parts]
                kept = [everything & ~bits for bits in let]
                only, barred = once(let) & ~out.some, once(kept) & alone
                for part, a, b in zip(parts, let, kept, strict=True):
                    if a & only or b & barred:
                        self._used.add((one.key, part.wanted))

    def _note_near(self, block: Block, lacks: Sequence[Lacks]) -> None:
        """What failed by one condition only, inside a query by one of its parts."""
        alone = together(lacks).by_one()
        for condition, one in zip(self._compiled.conditions, lacks, strict=True):
            if found := one.some & alone:
                self._near.setdefault(condition.key, []).extend(block.start + at for at in places(found))

    def _note_wanted(self, block: Block, weighed: Weighed, wanted: int) -> None:
        prefer = self._compiled.prefer
        if wanted and prefer:
            block.ask([leaf for node in prefer for leaf in leaves(node)], wanted, self._context)
        liked = [weighed.answer(node)[0] for node in prefer] if wanted else []
        alike = self._percents(block)
        for at in places(wanted):
            self._wanted[block.start + at] = sum(bits >> at & 1 for bits in liked) + alike.get(at, 0) / 100
            self._seen[block.start + at] = block.seen[at] or self._context.now

    def _note_alike(self, block: Block, wanted: int) -> None:
        self._alike += [
            (block.start + at, percent) for at, percent in self._percents(block).items() if percent and not wanted >> at & 1
        ]

    def _percents(self, block: Block) -> dict[int, int]:
        """How alike each posting is to the text of ``like`` that it is most alike to."""
        found: dict[int, int] = {}
        for condition in self._compiled.conditions:
            for leaf in leaves(condition.node) if condition.key == "like" else ():
                for at, percent in block.alike(leaf).items():
                    found[at] = max(found.get(at, 0), percent)
        return found

    def so_far(self, *, days: int = 30, samples: int = 5) -> Preview:
        """What it would do, as far as was looked."""
        wanted = sorted(self._wanted, key=lambda at: (-self._wanted[at], -self._seen[at].timestamp(), at))
        before = self._before if self._old else self._wanted.keys()
        per_day = Counter(self._seen[at].date() for at in wanted)
        now = self._context.now
        window = [now.date() - timedelta(days=back) for back in range(days - 1, -1, -1)]
        alike = sorted(self._alike, key=lambda pair: (-pair[1], pair[0]))[:samples]
        return Preview(
            tuple(wanted),
            tuple((day, per_day[day]) for day in window),
            tuple((at, self._shown(at)) for at in wanted[:samples]),
            tuple(at for at in wanted if at not in before),
            tuple(sorted(before - self._wanted.keys())),
            tuple(pair for pair in _entries(self._compiled) if pair not in self._used) if self.looked else (),
            self._dead.said(self._ready) if self.looked else (),
            tuple((key, tuple(ats)) for key, ats in self._near.items()),
            tuple(alike),
        )

    def _shown(self, at: int) -> Match:
        """A sample, with the words that say so."""
        posting, seen = self._ready.at(at)
        return evaluate(self._compiled, posting, now=self._context.now, rates=self._context.rates, seen=seen)


def _is_dear(leaf: Says | Is) -> bool:
    """Must the text be read for it?"""
    return "text" in leaf.fields if isinstance(leaf, Says) else leaf.kind == "like"


def _parts(condition: Condition) -> Sequence[Node]:
    """The entries of a key that has several."""
    parts: Sequence[Node] = getattr(condition.node, "parts", ())
    return parts if condition.key != "query" and len(parts) > 1 else ()


def _entries(compiled: Compiled) -> Iterator[tuple[str, str]]:
    """Every key, and every entry of keys that have several."""
    for condition in compiled.conditions:
        yield condition.key, ""
        yield from ((condition.key, part.wanted) for part in _parts(condition))
