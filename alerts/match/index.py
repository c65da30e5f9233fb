"""An index of searches: a posting finds its searches, at a cost that grows with what it matches.

Equal conditions of different searches are one *leaf*; a posting's words and values say at once which leaves hold. Large batches
are then answered by a bit set over the batch for each clause (``index_batch``), single postings by bit sets over the searches
(``index_single``). Both give exactly what asking every search would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from alerts.match.clauses import Clause, Leaf, leaves, opened, split
from alerts.match.compile import Compiled
from alerts.match.conditions import Context
from alerts.match.facts import Facts
from alerts.match.index_batch import Batch
from alerts.match.index_single import Single
from alerts.match.saying import Saying
from alerts.match.text_index import Words
from alerts.match.tree import Is, Says
from alerts.match.vocabulary import Vocabulary
from alerts.model.posting import Posting
from alerts.normalise.rates import Rates

#: Batches up to this size are asked posting by posting when there are many searches.
SMALL = 4


class Index:
    """Finds the searches that want a posting."""

    def __init__(self, searches: Sequence[Compiled]) -> None:
        self.searches = searches
        shared: dict[Clause, int] = {}
        self._rows = [tuple({shared.setdefault(clause, len(shared)): None for clause in split(search)}) for search in searches]
        self._clauses = list(shared)
        self.leaves: dict[Leaf, int] = {}
        for clause in shared:
            for leaf in leaves(clause.node):
                self.leaves.setdefault(leaf, len(self.leaves))
        texts = [(number, leaf) for leaf, number in self.leaves.items() if isinstance(leaf, Says)]
        self._text_numbers = [number for number, _ in texts]
        preferred = [leaf for search in searches for node in search.prefer for leaf in leaves(node) if isinstance(leaf, Says)]
        self._vocabulary = Vocabulary([leaf for _, leaf in texts], preferred)
        self._facts = self._gather_facts()
        self._batch = Batch(self._rows, self._clauses, self.leaves)
        self._single: Single | None = None
        self._opened: Index | None = None

    def _gather_facts(self) -> list[Facts]:
        kinds: dict[str, list[tuple[int, Is]]] = {}
        for leaf, number in self.leaves.items():
            if isinstance(leaf, Is):
                kinds.setdefault(leaf.kind, []).append((number, leaf))
        return [Facts(kind, numbered) for kind, numbered in kinds.items()]

    def find(
        self,
        postings: Sequence[Posting],
        *,
        now: datetime,
        rates: Rates | None = None,
        seen: Sequence[datetime | None] | None = None,
        words: Sequence[Words] | None = None,
    ) -> list[list[int]]:
        """For each posting the numbers (positions in ``searches``) of exactly the searches that want it, in order.

        ``words``: what ``self.words`` gave for each posting, where the caller goes on with them.
        """
        sayings = [
            self.saying(words[at] if words else self.words(posting), Context(now, rates, seen[at] if seen else None))
            for at, posting in enumerate(postings)
        ]
        return self.match(sayings)

    def words(self, posting: Posting) -> Words:
        """The words of a posting, for any question of these searches; larger than the posting, so not to be kept for long."""
        return self._vocabulary.words(posting)

    def wants_details(
        self,
        postings: Sequence[Posting],
        *,
        now: datetime,
        rates: Rates | None = None,
        seen: Sequence[datetime | None] | None = None,
    ) -> list[bool]:
        """For each list entry whether its details could make any search want it; False where all say a certain no."""
        if self._opened is None:
            self._opened = Index([opened(search) for search in self.searches])
        listed = [replace(posting, detailed=False) for posting in postings]
        return [bool(found) for found in self._opened.find(listed, now=now, rates=rates, seen=seen)]

    def match(self, sayings: Sequence[Saying]) -> list[list[int]]:
        """As ``find``, from what the postings say."""
        if len(sayings) > SMALL or len(self.searches) < 64:
            return self._batch.find(sayings)
        if self._single is None:
            self._single = Single(self._rows, self._clauses, self.leaves)
        return [self._single.find(saying) for saying in sayings]

    def saying(self, words: Words, context: Context) -> Saying:
        """What one posting says to the conditions of all searches."""
        posting = words.posting
        yes = [self._text_numbers[number] for number in self._vocabulary.said(words)]
        unknown: list[int] = []
        for facts in self._facts:
            answers = facts.answers(posting, context)
            yes += answers.yes
            unknown += answers.unknown
        return Saying(tuple(yes), tuple(unknown), posting.detailed, bool(posting.company))
