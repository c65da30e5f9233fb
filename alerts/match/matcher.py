"""The saved searches, compiled once: which want a posting, which could still want it, what to ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate, verdict
from alerts.match.index import Index
from alerts.model.page import Asking
from alerts.model.plan import SavedSearch
from alerts.model.posting import Posting
from alerts.model.search import Match
from alerts.normalise.rates import Rates

#: A search with more words than this is asked for by its first ones only.
MOST_WORDS = 40
#: Postings whose words are held at once; a board may have thousands, and words take more room than their text.
PORTION = 128


class Matcher:
    """All searches of a configuration."""

    def __init__(
        self, searches: Sequence[SavedSearch], rates: Rates | None = None, aliases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """``aliases``: the user's own (``Plan.aliases``)."""
        self.searches = tuple(searches)
        self.rates = rates
        self._compiled = [compile_search(saved.search, aliases=aliases) for saved in searches]
        self._by_name = {saved.name: compiled for saved, compiled in zip(self.searches, self._compiled, strict=True)}
        self._index = Index(self._compiled)

    def find(
        self,
        postings: Sequence[Posting],
        now: datetime,
        seen: Sequence[datetime | None] | None = None,
        *,
        reasons: Callable[[SavedSearch, Posting], bool] = lambda saved, posting: True,
    ) -> list[list[tuple[SavedSearch, Match]]]:
        """For each posting the searches that want it, with the reasons. ``seen``: when each was first seen (default: now).

        ``reasons``: which matches need them. Where it says no, ``Match.reasons`` is empty and all else is the same; ``judge``
        makes them later (of the posting and search as they are then).
        """
        first = seen or [now] * len(postings)
        found: list[list[tuple[SavedSearch, Match]]] = []
        for start in range(0, len(postings), PORTION):
            found += self._portion(postings[start : start + PORTION], now, first[start : start + PORTION], reasons)
        return found

    def _portion(
        self,
        postings: Sequence[Posting],
        now: datetime,
        seen: Sequence[datetime | None],
        reasons: Callable[[SavedSearch, Posting], bool],
    ) -> Iterator[list[tuple[SavedSearch, Match]]]:
        """What finds the searches has read the words; they give the reasons, too."""
        read = [self._index.words(posting) for posting in postings]
        found = self._index.find(postings, now=now, rates=self.rates, seen=seen, words=read)
        for words, numbers, first in zip(read, found, seen, strict=True):
            matches = []
            for number in numbers:
                saved, posting = self.searches[number], words.posting
                ask = evaluate if reasons(saved, posting) else verdict
                match = ask(self._compiled[number], posting, now=now, rates=self.rates, seen=first, words=words)
                matches.append((saved, match))
            yield matches

    def judge(self, saved: SavedSearch, posting: Posting, now: datetime, seen: datetime | None) -> Match:
        """What one search says of one posting that was first seen at a moment."""
        return next(self.judge_each([saved], posting, now, seen))

    def judge_each(self, asked: Sequence[SavedSearch], posting: Posting, now: datetime, seen: datetime | None) -> Iterator[Match]:
        """What each of these searches says of one posting; its words are read once, and by what all searches ask."""
        words = self._index.words(posting)
        for saved in asked:
            yield evaluate(self._by_name[saved.name], posting, now=now, rates=self.rates, seen=seen, words=words)

    def could_want(self, posting: Posting, now: datetime) -> bool:
        """Could any search still want a posting of which only the list entry is known?"""
        return self._index.wants_details([posting], now=now, rates=self.rates)[0]

    def asking(self, since: datetime | None) -> Asking:
        """What sources that can be searched are asked for: the words of each search, the most telling first."""
        return Asking(self._asked, since and since - timedelta(hours=1))

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        words: list[str] = []
        for saved in self.searches:
            search = saved.search
            chosen = search.title or search.keywords or search.require or search.companies
            words += [entry.replace('"', "").replace("*", "") for entry in chosen if ":" not in entry]
        return tuple(dict.fromkeys(words))[:MOST_WORDS]
