"""What each reading of a source brought; the rows are written by triggers, together with what they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.store import statements
from alerts.store.codec import stamp, time_of
from alerts.store.ledger import Ledger

#: So long every reading is kept; before that one row a day.
EACH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of ``readings``."""

    source: str
    at: datetime
    #: Postings listed; None where that was not all, or it failed.
    listed: int | None
    new: int
    failed: int


class Readings:
    """The table ``readings``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def since(self, moment: datetime, source: str | None = None) -> list[Reading]:
        """The readings since a moment, of one source or of all, the oldest first."""
        sql = "SELECT * FROM readings WHERE at >= :at AND (CAST(:source AS TEXT) IS NULL OR source = :source) ORDER BY at"
        rows = self._ledger.rows(sql, {"at": stamp(moment), "source": source})
        return [Reading(row["source"], time_of(row["at"]), row["listed"], row["new"], row["failed"]) for row in rows]

    def brought(self, job: int, at: datetime) -> str | None:
        """The key of the source whose reading, at that moment, said something of a job."""
        sql = "SELECT source FROM postings JOIN readings USING (source) WHERE postings.job = ? AND readings.at = ? LIMIT 1"
        row = self._ledger.row(sql, (job, stamp(at)))
        return str(row["source"]) if row else None

    def thin(self, now: datetime) -> None:
        """Make one row a day of what is older than two weeks."""
        old = {"old": stamp(now - EACH)[:10]}
        with self._ledger.transaction():
            self._ledger.write(statements.DAY_OF_READINGS, old)
            self._ledger.delete(
                "readings",
                "at < :old AND EXISTS (SELECT 1 FROM readings later WHERE later.source ="
                " readings.source AND substr(later.at, 1, 10) = substr(readings.at, 1, 10) AND later.at > readings.at)",
                old,
            )
