"""Rows of the outbox ↔ values; a row that cannot be read comes back as one that says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from alerts.model.event import Change, EventKind
from alerts.model.search import Reason
from alerts.store.codec import changes_in, moment, reasons_in, time_of
from alerts.store.ledger import Row

#: The state of a row that was damaged, or written by another program.
UNREADABLE = "unreadable"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class QueuedAlert:
    """One alert on disk."""

    id: str
    channel: str
    job: int
    event: EventKind
    #: What is told once: "new", or the number of the event.
    key: str
    search: str
    at: datetime
    due: datetime
    also: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    score: float = 0.0
    state: str = "owed"
    delivery: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on disk."""

    id: str
    channel: str
    created: datetime
    due: datetime
    attempts: int
    state: str
    error: str | None = None
    settled: datetime | None = None
    recipients: tuple[str, ...] = ()
    batch: Mapping[str, object] = field(default_factory=dict)
    notice: Mapping[str, str] | None = None

    @property
    def released(self) -> bool:
        """Was it held, and has the operator's word? Then its alerts go out in messages of their own."""
        return bool(self.batch.get("released"))

    @property
    def awake(self) -> timedelta | None:
        """The time awake at its first failure."""
        seconds = self.batch.get("awake")
        return timedelta(seconds=seconds) if isinstance(seconds, int | float) else None


def alert_of_row(row: Row) -> QueuedAlert:
    """The alert of a row; one that cannot be read is known by its id alone, and its state says so."""
    try:
        return QueuedAlert(
            **{name: row[name] for name in ("id", "channel", "key", "search", "state", "delivery")},
            job=int(row["job"]),
            score=float(row["score"]),
            event=EventKind(row["event"]),
            at=time_of(row["at"]),
            due=time_of(row["due"]),
            also=tuple(json.loads(row["also"])),
            changes=changes_in(row["changes"]),
            reasons=reasons_in(row["reasons"]),
        )
    except (ValueError, TypeError):
        known = (str(row["id"]), str(row["channel"]), 0, EventKind.NEW, str(row["key"]), str(row["search"]), _NEVER, _NEVER)
        return replace(QueuedAlert(*known), state=UNREADABLE, delivery=row["delivery"])


def delivery_of_row(row: Row) -> Delivery:
    """The delivery of a row; one that cannot be read is known by its id alone, and its state says so."""
    try:
        batch, notice = json.loads(row["batch"]), json.loads(row["notice"]) if row["notice"] else None
        if not isinstance(batch, dict) or not (notice is None or {"subject", "text"} <= set(notice)):
            raise ValueError("not what we write")
        return Delivery(
            **{name: row[name] for name in ("id", "channel", "state", "error")},
            attempts=int(row["attempts"]),
            created=time_of(row["created"]),
            due=time_of(row["due"]),
            settled=moment(row["settled"]),
            recipients=tuple(json.loads(row["recipients"])),
            batch=batch,
            notice=notice,
        )
    except (ValueError, TypeError) as error:
        why = f"its row in the database cannot be read ({type(error).__name__})"
        return Delivery(str(row["id"]), str(row["channel"]), _NEVER, _NEVER, 0, UNREADABLE, why)
