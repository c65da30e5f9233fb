"""Applications: what was applied for as it read that day, and what was said of it since; one for a job, always."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.model.application import Application, Copy, Entry, in_order
from alerts.model.posting import Posting
from alerts.store.codec import moment, posting_in, posting_out, stamp, time_of
from alerts.store.ledger import Ledger, Row

log = logging.getLogger("alerts")
_ROWS = "SELECT a.*, j.job AS now FROM applications a JOIN application_jobs j ON j.application = a.id WHERE a.person = :person"
_IDS = "application IN (SELECT CAST(value AS INTEGER) FROM json_each(:rows))"


class Applications:
    """The tables ``applications`` and ``application_…``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # --- what is known -------------------------------------------------------------------------------------------

    def of_job(self, job: int, person: str = "") -> Application | None:
        """The application for a job; where two jobs that had one became one, both together."""
        rows = self._ledger.rows(f"{_ROWS} AND j.job = :job ORDER BY a.id", {"person": person, "job": job})
        return self._read(rows)[0] if rows else None

    def all(self, person: str = "", *, copies: bool = True) -> list[Application]:
        """Every application, the oldest first; without ``copies``, which are large, where nobody looks at them."""
        return self._read(self._ledger.rows(f"{_ROWS} ORDER BY a.id", {"person": person}), copies=copies)

    def jobs(self, person: str = "") -> set[int]:
        """The jobs that have one."""
        return {row["now"] for row in self._ledger.rows(_ROWS, {"person": person})}

    def everything(self, rows: Sequence[int]) -> list[Entry]:
        """All that was ever said, also what was taken back, in the order of writing."""
        return [entry for found in self._entries(rows).values() for entry in found]

    def _read(self, rows: Sequence[Row], *, copies: bool = True) -> list[Application]:
        by_job: dict[int, list[Row]] = {}
        for row in rows:
            by_job.setdefault(row["now"], []).append(row)
        numbers = [row["id"] for row in rows]
        entries, kept = self._entries(numbers), self._copies(numbers) if copies else {}
        return [_application(job, found, entries, kept) for job, found in by_job.items()]

    def _entries(self, numbers: Sequence[int]) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for row in self._ledger.rows(f"SELECT * FROM application_entries WHERE {_IDS} ORDER BY id", _rows(numbers)):
            try:
                found.setdefault(row["application"], []).append(_entry(row))
            except (ValueError, TypeError) as error:
                log.warning("an entry of an application cannot be read (%s) and is passed over", type(error).__name__)
        return found

    def _copies(self, numbers: Sequence[int]) -> dict[int, list[Copy]]:
        found: dict[int, list[Copy]] = {}
        for row in self._ledger.rows(f"SELECT * FROM application_copies WHERE {_IDS} ORDER BY id", _rows(numbers)):
            try:
                copy = Copy(time_of(row["at"]), posting_in(row["posting"], row["text"]))
                found.setdefault(row["application"], []).append(copy)
            except (ValueError, TypeError) as error:
                log.warning("the kept posting of an application cannot be read (%s)", type(error).__name__)
        return found

    # --- what is kept --------------------------------------------------------------------------------------------

    def begin(self, job: int, listing: int | None, now: datetime, person: str = "") -> int:
        """The application for a job, made where there is none; its row. What happened to the job before is no news to it."""
        with self._ledger.transaction():
            if known := self.of_job(job, person):
                return known.rows[0]
            seen = self._ledger.row("SELECT coalesce(max(id), 0) AS id FROM events")
            row = {"person": person, "job": job, "listing": listing, "begun": stamp(now), "seen": seen["id"] if seen else 0}
            return self._ledger.insert("applications", row)

    def add(
        self, row: int, kind: str, words: str, now: datetime, *, at: datetime | None = None, more: Mapping[str, str] | None = None
    ) -> int:
        """Say something of an application; ``at``: when it was so, where that is another day than now."""
        said = dict(more or {}) | ({"dated": "1"} if at else {})
        entry = {"application": row, "kind": kind, "words": words, "more": json.dumps(said, ensure_ascii=False)}
        return self._ledger.insert("application_entries", entry | {"at": stamp(at or now), "written": stamp(now)})

    def take_back(self, entry: int, now: datetime) -> bool:
        """Something was not so; it stays, and is marked so. False where it was taken back before."""
        return (
            self._ledger.write("UPDATE application_entries SET undone = ? WHERE id = ? AND undone IS NULL", (stamp(now), entry))
            == 1
        )

    def keep_copy(self, row: int, posting: Posting, now: datetime) -> bool:
        """Keep the posting as it reads; False where the last copy reads the same."""
        said = posting_out(posting)
        with self._ledger.transaction():
            last = self._ledger.row("SELECT * FROM application_copies WHERE application = ? ORDER BY id DESC LIMIT 1", (row,))
            if last and (last["posting"], last["text"]) == (said, posting.text):
                return False
            copy = {"application": row, "at": stamp(now), "source": posting.source, "posting": said, "text": posting.text}
            self._ledger.insert("application_copies", copy)
        return True

    # --- what was told -------------------------------------------------------------------------------------------

    def seen(self, rows: Sequence[int]) -> int:
        """The number of the last event that was there when it began: what happened before is no news."""
        found = self._ledger.row(
            "SELECT max(seen) AS seen FROM applications WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:rows))",
            _rows(rows),
        )
        return int(found["seen"] or 0) if found else 0

    def told(self, rows: Sequence[int]) -> dict[tuple[int, str], datetime]:
        """Which reminders were owed, and when."""
        found = self._ledger.rows(f"SELECT * FROM application_told WHERE {_IDS}", _rows(rows))
        return {(row["application"], row["key"]): at for row in found if (at := moment(row["at"]))}

    def keep_told(self, row: int, key: str, now: datetime) -> None:
        """A reminder is owed; call it in the transaction that owes it."""
        with self._ledger.transaction():
            self._ledger.delete("application_told", "application = ? AND key = ?", (row, key))
            self._ledger.insert("application_told", {"application": row, "key": key, "at": stamp(now)})


def _rows(numbers: Sequence[int]) -> dict[str, str]:
    return {"rows": json.dumps(list(numbers))}


def _application(
    job: int, rows: Sequence[Row], entries: Mapping[int, Sequence[Entry]], copies: Mapping[int, Sequence[Copy]]
) -> Application:
    numbers = tuple(row["id"] for row in rows)
    said = [entry for number in numbers for entry in entries.get(number, ()) if not entry.undone]
    kept = sorted((copy for number in numbers for copy in copies.get(number, ())), key=lambda copy: copy.at)
    return Application(numbers, job, min(time_of(row["begun"]) for row in rows), in_order(said), tuple(kept))


def _entry(row: Row) -> Entry:
    more = {str(name): str(value) for name, value in json.loads(row["more"]).items()}
    known = (row["id"], row["application"], row["kind"], row["words"])
    return Entry(*known, time_of(row["at"]), time_of(row["written"]), more, moment(row["undone"]))
