"""One match and event owed to one channel, with all that a message may want to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alerts.model.event import Change, EventKind
from alerts.model.posting import Posting
from alerts.model.search import Reason


@dataclass(frozen=True, slots=True)
class Alert:
    """One match and event owed to one channel, with all that a message may want to say."""

    id: str
    #: The short id of the job, for commands (``job-alerts hide 7k3f``).
    job: str
    search: str
    event: EventKind
    #: When the event was seen.
    at: datetime
    #: The posting to show first (the employer's own where there is one).
    posting: Posting
    #: All open postings of the job, the shown one first.
    postings: tuple[Posting, ...] = ()
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    #: Short ids of jobs that it is possibly the same as.
    possibly: tuple[str, ...] = ()
    #: How often the job was reposted.
    reposted: int = 0
    score: float = 0.0
    #: A draft letter, where the search asks for one.
    letter: str | None = None
    #: Act (hide, save, applied) → the link that does it after one confirming press; empty where none would answer.
    links: Mapping[str, str] = field(default_factory=dict)
