"""Wishes of a person to the daemon (read now, pause, test), which it answers in the same row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.store.codec import moment, stamp, time_of
from alerts.store.ledger import Ledger, Row

#: Characters of an answer.
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Request:
    """One row of ``requests``."""

    id: int
    person: str
    at: datetime
    #: read | pause | resume | test | reload | look | look-accepting | form | draft
    what: str
    #: The key of a source, the name of a channel, the address of a place, the short id of a job.
    subject: str
    until: datetime | None
    #: open | done | refused
    state: str
    answer: str


class Requests:
    """The table ``requests``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, person: str, what: str, subject: str, now: datetime, *, until: datetime | None = None) -> int:
        """Ask; its number. The same wish that is still open is one."""
        row = {"person": person, "at": stamp(now), "what": what, "subject": subject, "until": until and stamp(until)}
        with self._ledger.transaction():
            same = "SELECT id FROM requests WHERE state = 'open' AND what = :what AND subject = :subject"
            if found := self._ledger.row(same, row):
                return int(found["id"])
            return self._ledger.insert("requests", row)

    def open(self) -> list[Request]:
        """What is asked for and not answered, the oldest first."""
        return [_request(row) for row in self._ledger.rows("SELECT * FROM requests WHERE state = 'open' ORDER BY id")]

    def settle(self, number: int, now: datetime, answer: str, *, refused: bool = False) -> None:
        """A wish is done, or refused; in words. What is older than thirty days is forgotten."""
        values = {"id": number, "now": stamp(now), "answer": answer[:MOST_WORDS], "state": "refused" if refused else "done"}
        self._ledger.write("UPDATE requests SET state = :state, answer = :answer, settled = :now WHERE id = :id", values)

    def newest(self, since: datetime) -> dict[str, Request]:
        """By subject: the newest wish about it since a moment."""
        rows = self._ledger.rows("SELECT * FROM requests WHERE at >= ? ORDER BY id", (stamp(since),))
        return {row["subject"]: _request(row) for row in rows}

    def numbered(self, number: int) -> Request | None:
        """One wish."""
        row = self._ledger.row("SELECT * FROM requests WHERE id = ?", (number,))
        return _request(row) if row else None

    def last(self, what: str, subject: str) -> Request | None:
        """The newest wish of a kind about a subject."""
        row = self._ledger.row("SELECT * FROM requests WHERE what = ? AND subject = ? ORDER BY id DESC LIMIT 1", (what, subject))
        return _request(row) if row else None


def _request(row: Row) -> Request:
    plain = {name: row[name] for name in ("id", "person", "what", "subject", "state", "answer")}
    return Request(**plain, at=time_of(row["at"]), until=moment(row["until"]))
