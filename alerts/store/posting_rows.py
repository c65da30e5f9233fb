"""Rows of postings and jobs as values; one that was damaged holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.model.pending import Pending
from alerts.model.posting import Posting
from alerts.store.codec import moment, pending_in, posting_in, posting_of, time_of
from alerts.store.ledger import Row

log = logging.getLogger("alerts")


@dataclass(frozen=True, slots=True)
class Known:
    """As much of a stored posting as is needed to see whether it changed."""

    id: int
    source_id: str
    job: int
    raw: str
    missed: int
    first_missed: datetime | None
    closed: datetime | None
    pending: Pending | None
    tries: int


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored posting, whole."""

    id: int
    job: int
    posting: Posting
    first_seen: datetime
    closed: datetime | None
    #: Its job was there before anybody asked.
    baseline: bool
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class JobState:
    """One row of ``jobs``."""

    id: int
    first_seen: datetime
    #: It was there before anybody asked.
    baseline: bool
    closed: datetime | None
    reposts: int


def job_state(row: Row) -> JobState:
    """A row of ``jobs``."""
    state = {"id": row["id"], "reposts": row["reposts"]}
    times: dict[str, Any] = {"first_seen": time_of(row["first_seen"]), "closed": moment(row["closed"])}
    return JobState(**state, **times, baseline=bool(row["quiet"]))


def known_of(row: Row) -> Known:
    """As much of a row as says whether the posting changed."""
    plain = {name: row[name] for name in ("id", "source_id", "job", "raw", "missed", "tries")}
    first_missed, closed = moment(row["first_missed"]), moment(row["closed"])
    return Known(**plain, first_missed=first_missed, closed=closed, pending=pending_in(row["pending"]))


def readable(rows: Iterable[Row]) -> list[Stored]:
    """The postings of those rows that can be read; one that was damaged must not hold up the others."""
    found = []
    for row in rows:
        try:
            found.append(stored_of(row))
        except (ValueError, TypeError) as error:
            log.warning("the stored posting %s cannot be read (%s) and is passed over", row["id"], type(error).__name__)
    return found


def slim_rows(rows: Iterable[Row]) -> Iterator[tuple[int, tuple[Posting, datetime, str]]]:
    """By number: posting, first seen, text; those that were damaged are passed over."""
    for row in rows:
        try:
            yield row["id"], (posting_of(row["posting"] or ""), time_of(row["first_seen"]), row["text"] or "")
        except (ValueError, TypeError) as error:
            log.warning("the stored posting %s cannot be read (%s) and is passed over", row["id"], type(error).__name__)


def stored_of(row: Row) -> Stored:
    """A row of ``postings`` with what its job says of it; raises ValueError or TypeError where it was damaged."""
    return Stored(
        row["id"],
        row["job"],
        posting_in(row["posting"], row["text"]),
        time_of(row["first_seen"]),
        moment(row["closed"]),
        bool(row["quiet"]),
        pending_in(row["pending"]),
    )
