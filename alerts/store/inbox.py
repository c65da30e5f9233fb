"""The inbox: the jobs that searches want, with what can be filtered of them; and what of it a person has read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from alerts.store import statements
from alerts.store.codec import stamp
from alerts.store.ledger import Ledger, Row

#: As far as filters look at a time.
WINDOW = 5000
#: In the order of the fields of an entry.
_SEVERAL = ["searches", "sources", "companies", "work", "employment", "industry", "category", "level", "countries", "cities"]


class Entry(NamedTuple):
    """One row of ``inbox``."""

    job: int
    #: When there last was something to tell, as it is stored: it sorts, and pages go on from it.
    at: str
    score: float
    read: bool
    #: It was there before anybody asked, and nothing of it was told: nobody waits for it to be read.
    quiet: bool
    searches: tuple[str, ...]
    sources: tuple[str, ...]
    companies: tuple[str, ...]
    work: tuple[str, ...]
    employment: tuple[str, ...]
    industry: tuple[str, ...]
    category: tuple[str, ...]
    level: tuple[str, ...]
    #: Countries, and codes of remote scope.
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    #: The most that is paid in a year, and its currency ("" where it is not said); None where no pay is said.
    pay: tuple[float, str] | None


class Inbox:
    """The tables ``inbox`` and ``reads``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def newest(
        self,
        person: str = "",
        *,
        since: datetime | None = None,
        before: tuple[str, int] | None = None,
        jobs: Sequence[int] | None = None,
        most: int = WINDOW,
    ) -> list[Entry]:
        """The newest entries (of the given ``jobs`` only), since a moment, older than (at, job)."""
        at, job = before or ("~", 0)
        only = "" if jobs is None else "AND i.job IN (SELECT value FROM json_each(:jobs))"
        rows = self._ledger.rows(
            "SELECT i.*, r.at >= i.at AS read FROM inbox i LEFT JOIN reads r ON r.person = :person AND r.job = i.job"
            f" WHERE (i.at, i.job) < (:at, :job) AND i.at >= :since {only} ORDER BY i.at DESC, i.job DESC LIMIT :most",
            {"person": person, "at": at, "job": job, "since": stamp(since) if since else "", "most": most}
            | {"jobs": json.dumps(list(jobs or ()))},
        )
        return [_entry(row) for row in rows]

    def of(self, jobs: Sequence[int], person: str = "") -> list[Entry]:
        """The entries of these jobs in this order, wanted by a search or not."""
        rows = self._ledger.rows(
            "SELECT j.id AS job, coalesce(i.at, j.first_seen) AS at, coalesce(i.score, 0) AS score,"
            " coalesce(i.quiet, 1) AS quiet, i.searches, f.sources,"
            " f.companies, f.work, f.employment, f.industry, f.category, f.level, f.countries, f.cities, f.pay, f.currency,"
            " r.at >= coalesce(i.at, j.first_seen) AS read FROM json_each(:jobs) AS asked CROSS JOIN jobs j ON j.id = asked.value"
            " JOIN job_facets f ON f.job = j.id LEFT JOIN inbox i ON i.job = j.id"
            " LEFT JOIN reads r ON r.person = :person AND r.job = j.id ORDER BY asked.key",
            {"jobs": json.dumps(list(jobs)), "person": person},
        )
        return [_entry(row) for row in rows]

    def read(self, person: str, jobs: Iterable[int], now: datetime) -> int:
        """Jobs are read; how many were not before."""
        with self._ledger.transaction():
            return sum(
                self._ledger.write(
                    statements.READ,
                    {"person": person, "job": job, "at": stamp(now)},
                )
                for job in jobs
            )

    def unread(self, person: str, job: int) -> None:
        """A job is as if it had not been read."""
        self._ledger.delete("reads", "person = ? AND job = ?", (person, job))

    def count_unread(self, person: str, most: int = 1000) -> int:
        """How many entries are not read; no more than ``most`` are counted."""
        row = self._ledger.row(
            "SELECT count(*) AS n FROM (SELECT 1 FROM inbox i WHERE NOT i.quiet"
            " AND NOT EXISTS (SELECT 1 FROM reads r WHERE r.person = ?"
            " AND r.job = i.job AND r.at >= i.at) LIMIT ?)",
            (person, most),
        )
        return row["n"] if row else 0


def _entry(row: Row) -> Entry:
    pay = None if row["pay"] is None else (row["pay"], row["currency"] or "")
    first = (row["job"], row["at"], row["score"], bool(row["read"]), bool(row["quiet"]))
    return Entry._make((*first, *(_lines(row[name]) for name in _SEVERAL), pay))


@lru_cache(maxsize=20_000)
def _lines(text: str | None) -> tuple[str, ...]:
    """The values of a column; the same few come again and again."""
    return tuple(dict.fromkeys(text.split("\n"))) if text else ()
