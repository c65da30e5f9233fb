"""What a person said of a job is really removed: the application with its kept copies, marks, drafts, and messages of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from alerts.store.ledger import Ledger
from alerts.store.short import short

#: The marks that are words of a person on a job; what is hidden stays hidden, or it would be told.
MARKS = ("saved", "applied", "note")
_IN = "IN (SELECT CAST(value AS INTEGER) FROM json_each(:{}))"
_WORDS = "IN (SELECT value FROM json_each(:{}))"


@dataclass(frozen=True, slots=True)
class Removed:
    """How much went."""

    applications: int = 0
    entries: int = 0
    copies: int = 0
    marks: int = 0
    messages: int = 0
    #: False: another program holds the log of the database, which may hold the words until it is folded in.
    overwritten: bool = True


def forget(ledger: Ledger, job: int) -> Removed:
    """Remove it, and overwrite the room where it stood. The job itself, which a board published, stays."""
    with ledger.overwriting():
        with ledger.transaction():
            gone = _remove(ledger, job)
        overwritten = ledger.overwritten()
    return Removed(*gone, overwritten=overwritten)


def _remove(ledger: Ledger, job: int) -> tuple[int, int, int, int, int]:
    jobs = _all_of(ledger, job)
    rows = [row["application"] for row in ledger.rows("SELECT application FROM application_jobs WHERE job = ?", (job,))]
    asked = {"rows": json.dumps(rows), "names": json.dumps([str(one) for one in jobs]), "jobs": json.dumps(jobs)}
    asked |= {"marks": json.dumps(MARKS)}
    entries = ledger.delete("application_entries", f"application {_IN.format('rows')}", asked)
    copies = ledger.delete("application_copies", f"application {_IN.format('rows')}", asked)
    ledger.delete("application_told", f"application {_IN.format('rows')}", asked)
    applications = ledger.delete("applications", f"id {_IN.format('rows')}", asked)
    marks = ledger.delete("marks", f"of = 'job' AND subject {_WORDS.format('names')} AND mark {_WORDS.format('marks')}", asked)
    ledger.delete("undo", f"json_valid(what) AND json_extract(what, '$.job') {_WORDS.format('jobs')}", asked)
    for one in jobs:
        ledger.delete("facts", "name LIKE ?", (f"letter:%:{one}",))
        ledger.delete("requests", "what IN ('form', 'draft') AND subject = ?", (short(one),))
    return applications, entries, copies, marks, _messages(ledger, rows, jobs)


def _all_of(ledger: Ledger, job: int) -> list[int]:
    """The numbers of a job, and of those that turned out to be it."""
    rows = ledger.rows(
        "WITH RECURSIVE same (id) AS"
        " (SELECT CAST(? AS INTEGER) UNION SELECT jobs.id FROM jobs JOIN same ON jobs.merged = same.id) SELECT id FROM same",
        (job,),
    )
    return [row["id"] for row in rows]


def _messages(ledger: Ledger, rows: list[int], jobs: list[int]) -> int:
    """Messages of one application go; of those on several the lines on it."""
    gone = sum(ledger.delete("deliveries", "id LIKE ?", (f"application-{row}-%",)) for row in rows)
    for job in jobs:
        mark = f"({short(job)})"
        of_several = "SELECT id, notice FROM deliveries WHERE id LIKE 'applications-%' AND instr(notice, ?) > 0"
        for row in ledger.rows(of_several, (mark,)):
            notice = json.loads(row["notice"])
            notice["text"] = "\n".join(line for line in notice["text"].splitlines() if mark not in line)
            gone += ledger.write("UPDATE deliveries SET notice = ? WHERE id = ?", (json.dumps(notice), row["id"]))
    return gone
