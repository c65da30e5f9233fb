"""Why there is something to tell: what happened to a job, and which fields changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Change:
    """One field that became different."""

    field: str
    before: str
    after: str


class EventKind(StrEnum):
    """Why there is something to tell."""

    NEW = "new"
    CHANGED = "changed"
    REPOSTED = "reposted"
    CLOSED = "closed"
    REOPENED = "reopened"
