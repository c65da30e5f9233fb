"""What happened in one poll, posting by posting and in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.dedupe.decide import What
from alerts.model.event import EventKind


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of one posting."""

    what: What
    event: EventKind | None = None
    #: Alerts owed because of it.
    told: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What one poll recorded."""

    new: int = 0
    changed: int = 0
    reposted: int = 0
    closed: int = 0
    reopened: int = 0
    #: Postings whose details are still to be read.
    outstanding: int = 0
    told: int = 0

    @property
    def something(self) -> bool:
        """Did anything happen at all?"""
        return bool(self.new or self.changed or self.reposted or self.closed or self.reopened or self.outstanding)


def summarise(happened: Iterable[Happened]) -> Summary:
    """All of a poll in numbers."""
    counts = dict.fromkeys((kind.value for kind in EventKind), 0)
    outstanding = told = 0
    for one in happened:
        if one.event:
            counts[one.event.value] += 1
        outstanding += one.what is What.OUTSTANDING
        told += one.told
    return Summary(**counts, outstanding=outstanding, told=told)
