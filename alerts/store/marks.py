"""What the user said of jobs, companies and searches: hide, applied, saved, note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from alerts.store.codec import moment, stamp
from alerts.store.ledger import Ledger, Row


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of ``marks``."""

    #: hide | applied | saved | note
    mark: str
    #: job | company | search
    of: str
    #: The job's number, the folded company or the name of the search.
    subject: str
    until: datetime | None
    note: str
    at: datetime


class Marks:
    """The table ``marks``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, mark: str, of: str, subject: str, now: datetime, *, until: datetime | None = None, note: str = "") -> None:
        """Say something of a subject; the same mark said again replaces the old one, but for notes."""
        with self._ledger.transaction():
            if mark != "note":
                self.remove(mark, of, subject)
            row = {"mark": mark, "of": of, "subject": subject, "until": until and stamp(until), "note": note, "at": stamp(now)}
            self._ledger.insert("marks", row)

    def remove(self, mark: str, of: str, subject: str) -> int:
        """Take a mark back; how many there were."""
        return self._ledger.delete("marks", "mark = ? AND of = ? AND subject = ?", (mark, of, subject))

    def of(self, of: str, subject: str) -> list[Mark]:
        """All marks of a subject."""
        return [
            _mark(row) for row in self._ledger.rows("SELECT * FROM marks WHERE of = ? AND subject = ? ORDER BY id", (of, subject))
        ]

    def all(self, mark: str | None = None) -> list[Mark]:
        """All marks, or all of one kind."""
        sql = "SELECT * FROM marks WHERE CAST(:mark AS TEXT) IS NULL OR mark = :mark ORDER BY id"
        return [_mark(row) for row in self._ledger.rows(sql, {"mark": mark})]

    def hidden(self, now: datetime) -> set[tuple[str, str]]:
        """(of, subject) of everything that is hidden at a moment."""
        rows = self._ledger.rows(
            "SELECT of, subject FROM marks WHERE mark = 'hide' AND (until IS NULL OR NOT until <= ?)", (stamp(now),)
        )
        return {(row["of"], row["subject"]) for row in rows}

    def watched(self) -> set[int]:
        """The jobs that the user saved or applied to."""
        rows = self._ledger.rows("SELECT subject FROM marks WHERE of = 'job' AND mark IN ('saved', 'applied')")
        return {int(row["subject"]) for row in rows if str(row["subject"]).isdecimal()}


def _mark(row: Row) -> Mark:
    plain = {name: row[name] for name in ("mark", "of", "subject", "note")}
    # A time that cannot be read takes no mark away: what was hidden stays hidden.
    return Mark(**plain, until=moment(row["until"]), at=moment(row["at"]) or datetime(1970, 1, 1, tzinfo=UTC))
