"""Which stored job a posting belongs to: looked up by shared keys, judged one by one, a bounded number of times."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.dedupe.blocks import blocks
from alerts.dedupe.choose import Assignment, assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.nearby import Nearby
from alerts.model.identity import Fingerprint
from alerts.model.posting import Posting
from alerts.poll.reissue import content_block
from alerts.store.postings import Postings

#: Of one key, so many of the newest postings are looked at: what more share it says nothing of any.
MOST_OF_KEY = 40


@dataclass(frozen=True, slots=True)
class Printed:
    """A posting reduced to what identity is judged by, and the keys by which it is found."""

    print: Fingerprint
    keys: tuple[str, ...]
    #: The same and the key of its content, by which a changed id is seen.
    stored_keys: tuple[str, ...]

    @classmethod
    def of(cls, posting: Posting, now: datetime, block: str | None = None) -> Printed:
        """The print of a posting; its words are read once more for it, which costs time. ``block``: of its content, if known."""
        found = fingerprint(posting, with_text=True, seen=now)
        keys = blocks(found)
        return cls(found, keys, (*keys, block or content_block(posting)))


@dataclass(slots=True)
class Joiner:
    """The jobs that some postings may belong to, those of the postings themselves among them."""

    postings: Postings
    _nearby: Nearby = field(default_factory=Nearby)
    #: The keys whose postings were read.
    _read: set[str] = field(default_factory=set)
    #: How often postings had been written when that was true.
    _written: int = -1

    def look_up(self, prints: Sequence[Printed]) -> None:
        """Read all candidates at once, ahead of the transactions in which they are judged."""
        self._written = self.postings.latest.count
        self._candidates({key for one in prints for key in one.keys})

    def begin(self) -> None:
        """In a transaction. A posting that somebody else wrote since may be of the same job."""
        written = self.postings.latest.since(self._written)
        if written is None:
            self._nearby, self._read = Nearby(), set()
        for one in written or ():
            if keys := self._read.intersection(one.keys):
                self._nearby.add(one.job, one.fingerprint, keys)

    def end(self) -> None:
        """At the end of the transaction: what was written in it is remembered."""
        self._written = self.postings.latest.count

    def _candidates(self, keys: set[str]) -> None:
        if fresh := keys - self._read:
            self._nearby.take(self.postings.candidates(sorted(fresh), MOST_OF_KEY))
            self._read |= fresh

    def assign(self, one: Printed, own: int | None = None, apart: Collection[int] = ()) -> Assignment:
        """The job that it belongs to, but for its ``own``. ``apart``: jobs that the user said it is not."""
        self._candidates(set(one.keys))
        rivals = [(str(job), other) for job, other in self._nearby.of(one.print, one.keys, own)]
        return assign(one.print, rivals, forced_different=[str(job) for job in apart])

    def remember(self, one: Printed, job: int) -> None:
        """The postings that follow may belong to the same job."""
        self._nearby.add(job, one.print, one.keys)
