"""Which possible twins a posting is judged against: a bounded number, and first those by which it could be proved.

A board of twenty thousand near-identical postings puts them all under the same keys. Two rows of one source are two jobs
unless an id, an address or a group proves otherwise, so that a board's own rows are looked up by those keys only; and
under every key those come first that are equal in title, place and text, then those equal in title, then the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alerts.dedupe.title import parts
from alerts.model.identity import Fingerprint

#: Postings that one is judged against at most …
MOST = 60
#: … and of one source under one key at each degree of likeness.
MOST_OF_ONE = 12
#: Rows of its own source that a job is asked for: any of them may prove that the posting is another job.
_OWN_ROWS = 3
#: Keys under which two rows of one source may be proved to be one job: native ids, addresses, groups.
_PROOFS = ("i:", "a:", "g:")

Row = tuple[int, Fingerprint]


class Nearby:
    """Postings by key, as :func:`alerts.dedupe.blocks.blocks` gives them, and by how much they are alike under it."""

    def __init__(self, stored: Mapping[str, Sequence[Row]] | None = None) -> None:
        """``stored``: see :meth:`take`."""
        #: (key, likeness) → source → rows in the order in which they came.
        self._rows: dict[tuple[object, ...], dict[str, list[Row]]] = {}
        #: (job, source) → rows.
        self._of_job: dict[tuple[int, str], list[Fingerprint]] = {}
        self.take(stored or {})

    def take(self, stored: Mapping[str, Sequence[Row]]) -> None:
        """By key, (job, fingerprint), the latest first; of keys under which nothing is remembered yet."""
        for key, rows in stored.items():
            for job, print_ in reversed(rows):
                self.add(job, print_, (key,))

    def add(self, job: int, one: Fingerprint, keys: Iterable[str]) -> None:
        """Remember a posting of a job under its keys."""
        for key in keys:
            for degree in _degrees(one):
                self._rows.setdefault((key, *degree), {}).setdefault(one.source, []).append((job, one))
        self._of_job.setdefault((job, one.source), []).append(one)

    def of(self, one: Fingerprint, keys: Sequence[str], own: int | None = None) -> list[Row]:
        """The postings of other jobs than ``own`` to judge ``one`` against; never itself."""
        found: dict[tuple[str, str], Row] = {}
        for job, other in self._likest_first(one, keys):
            if job != own and (other.source, other.source_id) != (one.source, one.source_id):
                found.setdefault((other.source, other.source_id), (job, other))
                if len(found) >= MOST:
                    break
        for job in {job for job, _ in found.values()}:
            for row in self._of_job.get((job, one.source), ())[:_OWN_ROWS]:
                if row.source_id != one.source_id:
                    found.setdefault((row.source, row.source_id), (job, row))
        return sorted(found.values(), key=lambda row: (row[0], row[1].source, row[1].source_id))

    def _likest_first(self, one: Fingerprint, keys: Sequence[str]) -> Iterator[Row]:
        """Of each degree of likeness those under proving keys first, then those under the rarest."""
        for degree in _degrees(one):
            crowds = [(key, self._rows.get((key, *degree), {})) for key in keys]
            crowds.sort(key=lambda crowd: (not crowd[0].startswith(_PROOFS), sum(map(len, crowd[1].values()))))
            for key, by_source in crowds:
                for source, rows in by_source.items():
                    if source != one.source or key.startswith(_PROOFS):
                        yield from reversed(rows[-MOST_OF_ONE:])


def _degrees(one: Fingerprint) -> tuple[tuple[object, ...], ...]:
    """From equal in all to equal in nothing but the key."""
    words = parts(one.title).words
    return (("all", words, one.places, one.signature[:16]), ("place", words, one.places), ("title", words), ("key",))
