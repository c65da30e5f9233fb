"""What has been closed for long loses its text, and later all but the tombstone by which it is known again.

A tombstone is the row of the posting itself, with its source, id, address and title: what comes back is known, not new. Jobs
of which the user said something, and alerts that are owed, are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.store.codec import stamp
from alerts.store.ledger import Ledger

#: Rows of one transaction, so that a poll never waits for long.
_BATCH = 500
#: Pages given back to the disk at a time.
_PAGES = 2000
#: The hash of no content, by which a posting that comes back is read anew; and the mark of a tombstone.
_UNREAD, _TOMBSTONE = "", "gone"
#: Of a posting p: nobody said anything of its job, and nothing of it is owed.
_UNTOUCHED = (
    "NOT EXISTS (SELECT 1 FROM marks WHERE of = 'job' AND subject = CAST(p.job AS TEXT))"
    " AND NOT EXISTS (SELECT 1 FROM alerts WHERE job = p.job AND state = 'owed')"
)
_SLIM = ", ".join(f"'{key}', json_extract(posting, '$.{key}')" for key in ("source", "source_id", "url", "title", "company_key"))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went."""

    texts: int
    tombstones: int


def forget(ledger: Ledger, closed_before: datetime, gone_before: datetime, *, batch: int = _BATCH) -> Forgotten:
    """Take the texts of what was closed before the first moment, and all but a tombstone of what was before the second."""
    texts, tombstones = 0, 0
    while taken := _take_texts(ledger, closed_before, batch):
        texts += taken
    while buried := _bury(ledger, gone_before, batch):
        tombstones += buried
    if texts or tombstones:
        _forget_deliveries(ledger, gone_before)
        _give_back(ledger)
    return Forgotten(texts, tombstones)


def _take_texts(ledger: Ledger, before: datetime, batch: int) -> int:
    return ledger.write(
        "UPDATE postings SET text = '', raw = ? WHERE id IN"
        f" (SELECT id FROM postings AS p WHERE closed < ? AND text != '' AND {_UNTOUCHED} LIMIT ?)",
        (_UNREAD, stamp(before), batch),
    )


def _bury(ledger: Ledger, before: datetime, batch: int) -> int:
    with ledger.transaction():
        rows = ledger.rows(
            f"SELECT id, job FROM postings AS p WHERE closed < ? AND raw != ? AND {_UNTOUCHED} LIMIT ?",
            (stamp(before), _TOMBSTONE, batch),
        )
        for row in rows:
            ledger.write("DELETE FROM blocks WHERE posting = ?", (row["id"],))
            ledger.write(
                f"UPDATE postings SET text = '', raw = ?, pending = NULL, posting = json_object({_SLIM}),"
                " fingerprint = json_remove(fingerprint, '$.signature') WHERE id = ?",
                (_TOMBSTONE, row["id"]),
            )
        for job in {row["job"] for row in rows}:
            _bury_job(ledger, job)
    return len(rows)


def _bury_job(ledger: Ledger, job: int) -> None:
    """A job of which only tombstones are left keeps what was told of it, and no more."""
    if ledger.row("SELECT 1 FROM postings WHERE job = ? AND raw != ?", (job, _TOMBSTONE)):
        return
    ledger.write("DELETE FROM events WHERE job = ?", (job,))
    ledger.write("DELETE FROM matches WHERE job = ?", (job,))
    ledger.write("DELETE FROM pairs WHERE (a = :job OR b = :job) AND by_user = 0", {"job": job})
    ledger.write("UPDATE alerts SET reasons = '[]', changes = '[]' WHERE job = ?", (job,))


def _forget_deliveries(ledger: Ledger, before: datetime) -> None:
    old = "SELECT id FROM deliveries WHERE settled < ? AND state IN ('sent', 'dropped')"
    with ledger.transaction():
        ledger.write(f"UPDATE alerts SET delivery = NULL WHERE delivery IN ({old}) AND state != 'owed'", (stamp(before),))
        ledger.write(
            f"DELETE FROM deliveries WHERE id IN ({old}) AND NOT EXISTS (SELECT 1 FROM alerts WHERE delivery = deliveries.id)",
            (stamp(before),),
        )


def _give_back(ledger: Ledger) -> None:
    """Free pages back to the disk, where the file was made so that it can; else what comes next is written into them."""
    with ledger.transaction():
        free = ledger.rows("PRAGMA freelist_count")[0][0]
        for _ in range(min(free, _PAGES)):
            ledger.rows("PRAGMA incremental_vacuum(1)")  # one step of it gives back one page, however many are asked for
