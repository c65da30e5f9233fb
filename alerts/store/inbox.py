"""The inbox: the jobs that searches want, with what can be filtered of them; and what of it a person has read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from alerts.store import statements
from alerts.store.codec import stamp
from alerts.store.ledger import Ledger

#: As far as filters look at a time.
WINDOW = 5000


class Entry(NamedTuple):
    """One row of ``inbox``, its columns as they are stored: a page looks at thousands, and at the values of few."""

    job: int
    #: When there last was something to tell, as it is stored: it sorts, and pages go on from it.
    at: str
    score: float
    #: Truth or none.
    read: int | None
    #: It was there before anybody asked, and nothing of it was told: nobody waits for it to be read.
    quiet: int
    #: Several values are lines of one text; see ``values``.
    searches: str | None
    sources: str | None
    companies: str | None
    work: str | None
    employment: str | None
    industry: str | None
    category: str | None
    level: str | None
    #: Countries, and codes of remote scope.
    countries: str | None
    cities: str | None
    #: The most that is paid in a year, and its currency; None where no pay is said.
    pay: float | None
    currency: str | None


def _of(table: str, names: Sequence[str] = Entry._fields[5:]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


#: What the listings of a job say: lines of one text.
_SAID = Entry._fields[6:]
_LINES = ", ".join(
    f"group_concat({table}, char(10)) AS {name}"
    for table, name in (
        ("p.source", "sources"),
        ("c.company", "companies"),
        *((f"c.{name}", name) for name in ("work", "employment", "industry", "category", "level", "countries", "cities")),
    )
)
#: The view ``job_facets`` of the jobs that are asked for; the view itself would be worked out of all postings first.
OF = (
    "SELECT j.id, coalesce(i.at, j.first_seen), coalesce(i.score, 0), r.at >= coalesce(i.at, j.first_seen),"
    f" coalesce(i.quiet, 1), i.searches, {_of('f', _SAID)}"
    " FROM json_each(:jobs) AS asked CROSS JOIN jobs j ON j.id = CAST(asked.value AS INTEGER)"
    f" JOIN (SELECT p.job, {_LINES}, max(c.pay) AS pay, c.currency"
    " FROM json_each(:jobs) AS some CROSS JOIN postings p ON p.job = CAST(some.value AS INTEGER)"
    " JOIN facets c ON c.posting = p.id JOIN jobs ON jobs.id = p.job"
    " WHERE p.closed IS NULL OR jobs.closed IS NOT NULL GROUP BY p.job) f ON f.job = j.id"
    " LEFT JOIN inbox i ON i.job = j.id LEFT JOIN reads r ON r.person = :person AND r.job = j.id ORDER BY asked.key"
)


class Inbox:
    """The tables ``inbox`` and ``reads``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def version(self) -> tuple[int, int]:
        """The first changes whenever an entry does, the second whenever what is read does."""
        found = self._ledger.row("SELECT entries, reads FROM inbox_version")
        return (found["entries"], found["reads"]) if found else (0, 0)

    def newest(self, *, before: tuple[str, int] | None = None, most: int = WINDOW) -> list[Entry]:
        """The newest entries, or the newest that are older than (at, job), as if nothing were read."""
        at, job = before or ("~", 0)
        rows = self._ledger.tuples(
            f"SELECT i.job, i.at, i.score, 0, i.quiet, {_of('i')} FROM inbox i"
            " WHERE (i.at, i.job) < (:at, :job) ORDER BY i.at DESC, i.job DESC LIMIT :most",
            {"at": at, "job": job, "most": most},
        )
        return _entries(rows)

    def with_read(self, person: str, entries: Sequence[Entry]) -> list[Entry]:
        """The same entries, the newest first, with what a person has read of them."""
        span = (entries[-1].at, entries[0].at) if entries else ("", "")
        rows = self._ledger.tuples(
            "SELECT i.job FROM inbox i JOIN reads r ON r.person = ? AND r.job = i.job"
            " WHERE i.at BETWEEN ? AND ? AND r.at >= i.at",
            (person, *span),
        )
        jobs = {job for (job,) in rows}
        return [entry._replace(read=1) if entry.job in jobs else entry for entry in entries] if jobs else list(entries)

    def of(self, jobs: Sequence[int], person: str = "") -> list[Entry]:
        """The entries of these jobs in this order, wanted by a search or not."""
        rows = self._ledger.tuples(
            OF,
            {"jobs": json.dumps(list(jobs)), "person": person},
        )
        return _entries(rows)

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
            "SELECT count(*) AS n FROM (SELECT 1 FROM inbox i WHERE i.quiet = 0"
            " AND NOT EXISTS (SELECT 1 FROM reads r WHERE r.person = ?"
            " AND r.job = i.job AND r.at >= i.at) LIMIT ?) unread",
            (person, most),
        )
        return row["n"] if row else 0


def _entries(rows: Iterable[Sequence[Any]]) -> list[Entry]:
    """Of words that come again and again each is kept once: that spares room, and they are counted sooner."""
    once: dict[Any, Any] = {}
    columns = list(zip(*rows, strict=True))
    shared = [map(once.setdefault, column, column) for column in columns[5:]]
    return list(map(Entry._make, zip(*columns[:5], *shared, strict=True)))


@lru_cache(maxsize=20_000)
def values(text: str | None) -> tuple[str, ...]:
    """The values of a column; the same few come again and again."""
    return tuple(dict.fromkeys(text.split("\n"))) if text else ()
