"""What happened to a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.model.event import Change, EventKind
from alerts.store import statements
from alerts.store.codec import changes_in, changes_out, stamp, time_of
from alerts.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Event:
    """One row of ``events``."""

    id: int
    job: int
    kind: EventKind
    at: datetime
    changes: tuple[Change, ...]
    posting: int | None


class Events:
    """The table ``events``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, job: int, kind: EventKind, at: datetime, posting: int | None = None, changes: Sequence[Change] = ()) -> int:
        """Something happened; its number."""
        row = {"job": job, "posting": posting, "kind": kind.value, "at": stamp(at), "changes": changes_out(changes)}
        return self._ledger.add(statements.EVENT, row)

    def of_job(self, job: int) -> list[Event]:
        """The history of a job, oldest first."""
        rows = self._ledger.rows("SELECT * FROM events WHERE job = ? ORDER BY id", (job,))
        return [
            Event(
                row["id"],
                job,
                EventKind(row["kind"]),
                time_of(row["at"]),
                changes_in(row["changes"]),
                row["posting"],
            )
            for row in rows
        ]

    def pace(self, source: str, since: datetime) -> int:
        """How many new jobs a source brought since a moment."""
        row = self._ledger.row(
            "SELECT count(*) AS n FROM postings WHERE source = ? AND first_seen >= ? AND first_seen >"
            " (SELECT first_read FROM sources WHERE key = ?)",
            (source, stamp(since), source),
        )
        return row["n"] if row else 0

    def counts(self, since: datetime) -> dict[str, int]:
        """How often each kind of event happened since."""
        rows = self._ledger.rows("SELECT kind, count(*) AS n FROM events WHERE at >= ? GROUP BY kind", (stamp(since),))
        return {row["kind"]: row["n"] for row in rows}
