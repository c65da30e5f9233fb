"""What a page shows of many jobs, each kind of thing in one look-up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.model.event import Change, EventKind
from alerts.model.posting import Posting
from alerts.model.search import Reason
from alerts.store.codec import changes_in, reasons_in, time_of
from alerts.store.ledger import Ledger, Row
from alerts.store.posting_rows import JobState, Stored, job_state, readable, slim_rows

_LISTINGS = (
    "SELECT p.id, p.job, p.posting, substr(p.text, 1, 1) AS text, p.first_seen, p.closed, p.pending, j.quiet"
    " FROM postings p JOIN jobs j ON j.id = p.job"
)
_JOBS = "(SELECT CAST(value AS INTEGER) FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Happened:
    """The last that happened to a job."""

    kind: EventKind
    at: datetime
    changes: tuple[Change, ...] = ()


class Pages:
    """Reads of many tables for many jobs at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def _rows(self, sql: str, jobs: Sequence[int]) -> list[Row]:
        return self._ledger.rows(sql, (json.dumps(list(jobs)),))

    def listings(self, jobs: Sequence[int]) -> dict[int, list[Stored]]:
        """By job: its listings, open ones first, of each text no more than whether there is one."""
        found: dict[int, list[Stored]] = {}
        for one in readable(self._rows(f"{_LISTINGS} WHERE p.job IN {_JOBS} ORDER BY p.closed IS NOT NULL, p.id", jobs)):
            found.setdefault(one.job, []).append(one)
        return found

    def states(self, jobs: Sequence[int]) -> dict[int, JobState]:
        """By job: how it stands."""
        return {row["id"]: job_state(row) for row in self._rows(f"SELECT * FROM jobs WHERE id IN {_JOBS}", jobs)}

    def reasons(self, jobs: Sequence[int]) -> dict[int, dict[str, tuple[Reason, ...]]]:
        """By job and search: why it is wanted, the best search first."""
        sql = f"SELECT job, search, reasons FROM matches WHERE job IN {_JOBS} ORDER BY score DESC, at"
        found: dict[int, dict[str, tuple[Reason, ...]]] = {}
        for row in self._rows(sql, jobs):
            found.setdefault(row["job"], {})[row["search"]] = reasons_in(row["reasons"])
        return found

    def happened(self, jobs: Sequence[int]) -> dict[int, Happened]:
        """By job: the last that happened to it."""
        last = f"SELECT max(id) FROM events WHERE job IN {_JOBS} GROUP BY job"
        sql = f"SELECT job, kind, at, changes FROM events WHERE id IN ({last})"
        return {
            r["job"]: Happened(EventKind(r["kind"]), time_of(r["at"]), changes_in(r["changes"])) for r in self._rows(sql, jobs)
        }

    def likely(self, jobs: Sequence[int]) -> dict[int, list[int]]:
        """By job: others that it is possibly the same as."""
        asked = json.dumps(list(jobs))
        rows = self._ledger.rows(
            f"SELECT a AS job, b AS other FROM pairs WHERE a IN {_JOBS} AND relation = 'likely'"
            f" UNION SELECT b, a FROM pairs WHERE b IN {_JOBS} AND relation = 'likely'",
            (asked, asked),
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row["job"], []).append(row["other"])
        return found

    def newest_numbers(self, most: int) -> list[int]:
        """The numbers of the postings that were added last, the newest first."""
        return [row["id"] for row in self._ledger.rows("SELECT id FROM postings ORDER BY id DESC LIMIT ?", (most,))]

    def slim(self, postings: Sequence[int]) -> dict[int, tuple[Posting, datetime, str]]:
        """By number: a posting without text and evidence, when it was first seen, and the text; for looking at very many."""
        rows = self._ledger.rows(
            "SELECT id, CASE WHEN json_valid(posting) THEN json_remove(posting, '$.evidence') END AS posting, text, first_seen"
            " FROM postings WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
            (json.dumps(list(postings)),),
        )
        return dict(slim_rows(rows))

    def texts(self, postings: Sequence[int]) -> dict[int, str]:
        """The texts of postings by number, in one look-up."""
        sql = "SELECT id, text FROM postings WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
        return {row["id"]: row["text"] for row in self._ledger.rows(sql, (json.dumps(list(postings)),))}
