"""A search tried over stored postings: what it would tell, how it differs, what in it is of no use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.match.clauses import leaves
from alerts.match.compile import Compiled
from alerts.match.conditions import Context
from alerts.match.evaluate import answer, evaluate
from alerts.match.index import Index
from alerts.match.nearly import failures
from alerts.match.prepared import Lexicon, Prepared, Stored, has, lexicon_of, nearest
from alerts.match.says import Term, terms
from alerts.match.text_index import Words
from alerts.match.tree import Says
from alerts.model.posting import Posting
from alerts.model.search import Answer, Match, Reason
from alerts.normalise.rates import Rates


@dataclass(frozen=True, slots=True)
class Missing:
    """A word of the search that no posting has, and the nearest one that some have ("" where none is near)."""

    word: str
    nearest: str = ""


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
    lexicon: Lexicon | None = None,
) -> Preview:
    """Try a search over stored postings. ``old``: the saved version to compare with; ``days``: the window of ``per_day``.

    ``lexicon``: words that are known to be somewhere; without it every word of every posting is read for ``missing``.
    """
    ready = given if isinstance(given, Prepared) else None
    stored = given.stored if isinstance(given, Prepared) else given
    index = Index([compiled, *([old] if old else [])])
    words = ready.words() if ready else [index.words(posting) for posting, _ in stored]
    matches = [
        _match(compiled, posting, said, Context(now, rates, seen)) for (posting, seen), said in zip(stored, words, strict=True)
    ]
    order = sorted(range(len(stored)), key=lambda at: (-matches[at].score, -stored[at][1].timestamp(), at))
    wanted = tuple(at for at in order if matches[at].wanted)
    before = set(_wanted(old, stored, words, now, rates)) if old else set(wanted)
    per_day = Counter(stored[at][1].date() for at in wanted)
    window = [now.date() - timedelta(days=back) for back in range(days - 1, -1, -1)]
    exact = ready.words(quick=False) if ready and wanted else ()

    def _shown(at: int, match: Match) -> Match:
        """A sample, with the words that say so."""
        if not exact:
            return match
        posting, seen = stored[at]
        return evaluate(compiled, posting, now=now, rates=rates, seen=seen, words=exact[at])

    used, near = _decisions(compiled, matches), _near(compiled, matches)
    return Preview(
        wanted,
        tuple((day, per_day[day]) for day in window),
        tuple((at, _shown(at, matches[at])) for at in wanted[:samples]),
        tuple(at for at in wanted if at not in before),
        tuple(sorted(before - set(wanted))),
        tuple(pair for pair in _entries(compiled) if pair not in used) if stored else (),
        _missing(compiled, ready.lexicon if ready else lexicon, words),
        tuple((key, tuple(ats)) for key, ats in near.items()),
        _alike(matches, samples),
    )


#: What more than one condition keeps out says nothing here, so nothing more is asked of it.
_OUT = Match("", False, Answer.NO)


def _match(compiled: Compiled, posting: Posting, words: Words, context: Context) -> Match:
    failed = 0
    for one in compiled.conditions if not compiled.search.like else ():
        failed += not _good(answer(one.node, words, context), keep=one.keep)
        if failed > 1:
            return _OUT
    return evaluate(compiled, posting, now=context.now, rates=context.rates, seen=context.seen, words=words)


def _alike(matches: Sequence[Match], most: int) -> tuple[tuple[int, int], ...]:
    """The most alike of those that are not wanted, because the order tells more than where it is cut."""
    percents = [(at, _percent(match)) for at, match in enumerate(matches) if not match.wanted]
    return tuple(sorted((pair for pair in percents if pair[1]), key=lambda pair: (-pair[1], pair[0]))[:most])


def _percent(match: Match) -> int:
    said = [leaf.found for reason in match.reasons if reason.condition == "like" for leaf in (reason.parts or (reason,))]
    return max((int(text.split(" ", 1)[0]) for text in said if text[:1].isdigit()), default=0)


def _wanted(
    compiled: Compiled, stored: Sequence[Stored], words: Sequence[Words], now: datetime, rates: Rates | None
) -> Iterator[int]:
    """Those that a search wants; nothing more is asked of a posting than the first condition that keeps it out."""
    for at, ((_, seen), said) in enumerate(zip(stored, words, strict=True)):
        context = Context(now, rates, seen)
        if all(_good(answer(one.node, said, context), keep=one.keep) for one in compiled.conditions):
            yield at


def _good(found: Answer, *, keep: bool) -> bool:
    return found is Answer.YES or (found is Answer.UNKNOWN and keep)


def _entries(compiled: Compiled) -> Iterator[tuple[str, str]]:
    """Every key, and every entry of keys that have several."""
    for condition in compiled.conditions:
        yield condition.key, ""
        parts = getattr(condition.node, "parts", ())
        if condition.key != "query" and len(parts) > 1:
            yield from ((condition.key, part.wanted) for part in parts)


def _decisions(compiled: Compiled, matches: Sequence[Match]) -> set[tuple[str, str]]:
    """The conditions and entries that alone decided about some posting."""
    used: set[tuple[str, str]] = set()
    for match in matches:
        if match is _OUT:
            continue
        reasons = match.reasons[: len(compiled.conditions)]
        failed = [
            (condition, reason)
            for condition, reason in zip(compiled.conditions, reasons, strict=True)
            if not _holds(reason, keep=condition.keep)
        ]
        if len(failed) == 1:
            condition, reason = failed[0]
            used.add((condition.key, ""))
            bad = [part for part in reason.parts if not _holds(part, keep=condition.keep)]
            if len(bad) == 1 or len(bad) == len(reason.parts):
                used.update((condition.key, part.wanted) for part in bad[:1] if len(bad) == 1)
        elif not failed:
            for condition, reason in zip(compiled.conditions, reasons, strict=True):
                good = [part for part in reason.parts if _holds(part, keep=condition.keep)]
                if len(good) == 1:
                    used.add((condition.key, good[0].wanted))
    return used


def _near(compiled: Compiled, matches: Sequence[Match]) -> dict[str, list[int]]:
    """What failed by one condition only, inside a query by one of its parts."""
    near: dict[str, list[int]] = {}
    for at, match in enumerate(matches):
        failed = [] if match.wanted or match is _OUT else failures(compiled, match)
        if len(failed) == 1:
            near.setdefault(failed[0].condition, []).append(at)
    return near


def _holds(reason: Reason, *, keep: bool) -> bool:
    return _good(reason.answer, keep=keep)


def missing(compiled: Compiled, postings: Sequence[Posting]) -> tuple[Missing, ...]:
    """Words that no posting has in any form; with the nearest word that some have."""
    return _missing(compiled, None, [Words(posting) for posting in postings])


def _missing(compiled: Compiled, known: Lexicon | None, postings: Sequence[Words]) -> tuple[Missing, ...]:
    wanted = {
        term: None
        for condition in compiled.conditions
        for leaf in leaves(condition.node)
        if isinstance(leaf, Says)
        for term in _own(leaf)
    }
    if not wanted or not postings:
        return ()
    known = known or lexicon_of(postings)
    return tuple(Missing(term.word, nearest(term.word, known.counts)) for term in wanted if not has(term, known))


def _own(leaf: Says) -> list[Term]:
    """The words that the user wrote, without what aliases add."""
    return sorted(
        (term for term in terms(leaf.expression) if term.kind != "head" and term.word in _folded(leaf.wanted)),
        key=lambda term: leaf.wanted.find(term.word),
    )


def _folded(wanted: str) -> set[str]:
    from alerts.match import words

    return {word for at in words.readings(wanted.replace("*", "")) for word in at}
