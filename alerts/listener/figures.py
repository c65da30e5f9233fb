"""What can be said in numbers of a daemon at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alerts.listener.tally import Counts


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database says."""

    #: Key of each source → when it was last read well.
    read: Mapping[str, datetime | None]
    failing: int
    #: Channel → alerts owed.
    owed: Mapping[str, int]
    #: Seconds since the oldest alert that is owed came to be; 0 where none is.
    oldest: float
    #: "poll" | "send" → seconds by which the longest waiting is late; 0 where nothing is.
    lateness: Mapping[str, float]
    #: Of the file and its log.
    size: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the metrics show."""

    ready: bool
    counts: Counts
    #: None where the database cannot be read.
    stored: Stored | None
    faults: int = 0
    #: Sources that have a line of their own, at most.
    sources: int = 200
    version: str = field(default="")
