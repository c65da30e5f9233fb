"""What a person did at the desk, and the rows as they were before, so that it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alerts.store.codec import stamp, time_of
from alerts.store.ledger import Ledger, Row

#: How long what was done can be taken back.
KEPT = timedelta(days=30)
#: How the rows of a job are found, and what of them is put back: their texts are not ours.
_OF_JOB = {
    "jobs": ("id, merged, closed", "id IN {jobs}"),
    "postings": ("id, job", "job IN {jobs}"),
    "matches": ("*", "job IN {jobs}"),
    "events": ("id, job", "job IN {jobs}"),
    "alerts": ("id, job, state", "job IN {jobs}"),
    "pairs": ("*", "a IN {jobs} OR b IN {jobs}"),
    "reads": ("*", "job IN {jobs}"),
    # What is said of an application is not removed: it stays, and says when it was taken back.
    "application_entries": ("id, undone", "application IN (SELECT application FROM application_jobs WHERE job IN {jobs})"),
    # Last: triggers make its rows with those of matches.
    "inbox": ("job, at, score, quiet", "job IN {jobs}"),
}
_JOBS = "(SELECT CAST(value AS INTEGER) FROM json_each(:jobs))"
#: What tells one row of a table from another.
_KEYS = {"matches": ("search", "job"), "pairs": ("a", "b"), "reads": ("person", "job"), "inbox": ("job",)}
#: Rows of these come and go by what a person does; others only change.
_COME_AND_GO = ("matches", "pairs", "reads", "marks")
#: What a job was told for meanwhile is no reason to refuse.
_UNCHECKED = ("marks", "inbox")
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Done:
    """One row of ``undo``."""

    id: int
    at: datetime
    said: str
    can_undo: bool
    undone: bool


class Undo:
    """The table ``undo``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @contextmanager
    def remembered(
        self,
        person: str,
        now: datetime,
        said: list[str],
        *,
        jobs: list[int],
        subjects: Sequence[tuple[str, str]] = (),
        tables: Sequence[str] = ("reads",),
    ) -> Iterator[None]:
        """Do something to rows of ``jobs`` and to marks of ``subjects`` so that it can be taken back.

        ``said`` holds the words, and ``jobs`` those that were made as well, when the block ends.
        """
        with self._ledger.transaction():
            before = self._rows(jobs, subjects, tables)
            yield
            after = self._rows(jobs, subjects, tables)
            what: dict[str, object] = {"subjects": list(subjects), "job": jobs[0] if jobs else None}
            self._keep(person, now, " ".join(said), what | (_difference(before, after) if before != after else {}))

    def say(self, person: str, now: datetime, said: str, *, job: int | None = None) -> None:
        """Something was done that cannot be taken back, or need not be. ``job``: with which it is forgotten."""
        self._keep(person, now, said, {"job": job} if job is not None else None)

    def _keep(self, person: str, now: datetime, said: str, what: Mapping[str, object] | None) -> None:
        with self._ledger.transaction():
            row = {"person": person, "at": stamp(now), "said": said, "what": json.dumps(what) if what else None}
            self._ledger.insert("undo", row)
            self._ledger.delete("undo", "at < ?", (stamp(now - KEPT),))

    def last(self, person: str, since: datetime) -> Done | None:
        """What was done last, if it was since a moment."""
        found = self.all(person, 1)
        return found[0] if found and found[0].at >= since else None

    def all(self, person: str, most: int = 50) -> list[Done]:
        """What was done, the last first."""
        rows = self._ledger.rows("SELECT * FROM undo WHERE person = ? ORDER BY id DESC LIMIT ?", (person, most))
        return [_done(row) for row in rows]

    def take_back(self, person: str, number: int, now: datetime) -> bool | None:
        """Put the rows back as they were. False where they were changed since; None where there is nothing to take back."""
        with self._ledger.transaction():
            row = self._ledger.row("SELECT * FROM undo WHERE person = ? AND id = ? AND what IS NOT NULL", (person, number))
            if row is None:
                return None
            what = json.loads(row["what"])
            if "after" not in what:
                return None
            if row["undone"] or not self._is_as_left(what):
                return False
            self._put_back(what, now)
            self._ledger.write("UPDATE undo SET undone = ? WHERE id = ?", (stamp(now), number))
        return True

    def _rows(self, jobs: Sequence[int], subjects: Sequence[tuple[str, str]], tables: Sequence[str]) -> Rows:
        found: Rows = {}
        for table in tables:
            columns, where = _OF_JOB[table]
            sql = f"SELECT {columns} FROM {table} WHERE {where.format(jobs=_JOBS)} ORDER BY 1, 2"
            found[table] = [dict(row) for row in self._ledger.rows(sql, {"jobs": json.dumps(list(jobs))})]
        return found | {"marks": self._marks(subjects)}

    def _marks(self, subjects: Sequence[Sequence[str]]) -> list[dict[str, object]]:
        sql = "SELECT * FROM marks WHERE of = ? AND subject = ? ORDER BY id"
        return [dict(row) for of, subject in subjects for row in self._ledger.rows(sql, (of, subject))]

    def _is_as_left(self, what: dict[str, Any]) -> bool:
        """Is everything that was done still as it was left, and nothing in the place of what was removed?"""
        before, after = what["before"], what["after"]
        if (before["marks"] or after["marks"]) and self._marks(what["subjects"]) != after["marks"]:
            return False
        left = {(table, _name(table, row)) for table in after for row in after[table]}
        stay = all(self._current(table, row) == row for table in after if table not in _UNCHECKED for row in after[table])
        gone = [(table, row) for table in _COME_AND_GO[:-1] for row in before.get(table, ())]
        return stay and all((table, _name(table, row)) in left or self._current(table, row) is None for table, row in gone)

    def _current(self, table: str, row: Mapping[str, object]) -> dict[str, object] | None:
        found = self._ledger.row(f"SELECT {_OF_JOB[table][0]} FROM {table} WHERE {_where(table)}", dict(row))
        return dict(found) if found else None

    def _put_back(self, what: dict[str, Any], at: datetime) -> None:
        before, after = what["before"], what["after"]
        for table in after:
            was = {_name(table, row) for row in before[table]}
            for row in after[table]:
                if _name(table, row) not in was:
                    self._unmake(table, row, what["job"], at)
            now = {_name(table, row) for row in after[table]}
            for row in before[table]:
                self._restore(table, row, gone=_name(table, row) not in now)

    def _unmake(self, table: str, row: Mapping[str, object], job: int, at: datetime) -> None:
        if table in _COME_AND_GO:
            self._ledger.delete(table, _where(table), dict(row))
        elif table == "jobs":  # its number may have been told: it leads to the job that it was made from
            self._ledger.write("UPDATE jobs SET merged = ? WHERE id = ?", (job, row["id"]))
        elif table == "application_entries":
            self._ledger.write("UPDATE application_entries SET undone = ? WHERE id = ?", (stamp(at), row["id"]))

    def _restore(self, table: str, row: Mapping[str, object], *, gone: bool) -> None:
        if gone and table in _COME_AND_GO:
            self._ledger.insert(table, row)
        elif sets := ", ".join(f"{name} = :{name}" for name in row if name not in _keys(table)):
            self._ledger.write(f"UPDATE {table} SET {sets} WHERE {_where(table)}", dict(row))


def _keys(table: str) -> Sequence[str]:
    return _KEYS.get(table, ("id",))


def _where(table: str) -> str:
    return " AND ".join(f"{key} = :{key}" for key in _keys(table))


def _name(table: str, row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[key] for key in _keys(table))


def _difference(before: Rows, after: Rows) -> dict[str, Rows]:
    """Only what became different; of marks all, since one that is said again is another row."""
    return {
        "before": {t: [row for row in before[t] if t == "marks" or row not in after[t]] for t in before},
        "after": {t: [row for row in after[t] if t == "marks" or row not in before[t]] for t in after},
    }


def _done(row: Row) -> Done:
    can_undo = '"after"' in (row["what"] or "") and not row["undone"]
    return Done(row["id"], time_of(row["at"]), row["said"], can_undo, bool(row["undone"]))
