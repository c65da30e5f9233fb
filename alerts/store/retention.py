"""What has been closed for long loses its text, and later all but the tombstone by which it is known again.

A tombstone is the row of the posting itself, with its source, id, address, title and company, and the keys of its id and
address: what comes back is known, not new. Jobs of which the user said something, and alerts that are not settled, are left
as they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.store.codec import stamp
from alerts.store.ledger import Ledger, Row
from alerts.store.search_index import SearchIndex

#: Rows of one transaction, so that a poll never waits for long.
_BATCH = 200
#: In the place of the hash of what a source said: the text is gone, by which a posting that comes back is read anew;
#: all is gone but the name.
_TEXTLESS, _TOMBSTONE = "", "gone"
#: The marks of a posting of which less is stored than was read.
THINNED = frozenset({_TEXTLESS, _TOMBSTONE})
#: Of a posting p: nobody said anything of its job, and what was to be told of it is settled.
_UNTOUCHED = (
    "NOT EXISTS (SELECT 1 FROM marks WHERE of = 'job' AND subject = CAST(p.job AS TEXT))"
    " AND NOT EXISTS (SELECT 1 FROM applications WHERE job = p.job)"
    " AND NOT EXISTS (SELECT 1 FROM applications WHERE listing = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM alerts WHERE job = p.job AND state NOT IN ('sent', 'dropped', 'counted'))"
)
_KEPT = ("url", "title", "company", "company_key")
_IDS = "IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))"
_NAMES = "IN (SELECT value FROM json_each(:ids))"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went."""

    texts: int
    tombstones: int


def forget(
    ledger: Ledger, index: SearchIndex, closed_before: datetime, gone_before: datetime, *, batch: int = _BATCH
) -> Forgotten:
    """Take the texts of what was closed before the first moment, and all but a tombstone of what was before the second."""
    _close_what_nobody_reads(ledger, closed_before)
    texts, tombstones = 0, 0
    while taken := _take_texts(ledger, index, closed_before, batch):
        texts += taken
    while buried := _bury(ledger, gone_before, batch):
        tombstones += buried
    while _forget_deliveries(ledger, gone_before, batch):
        pass
    return Forgotten(texts, tombstones)


def _close_what_nobody_reads(ledger: Ledger, before: datetime) -> None:
    """Of a source that is no longer configured nobody will ever hear that a posting is gone."""
    ledger.write(
        "UPDATE postings SET closed = (SELECT read FROM sources WHERE key = source) WHERE closed IS NULL"
        " AND source IN (SELECT key FROM sources WHERE configured = 0 AND read < ?)",
        (stamp(before),),
    )


def _take_texts(ledger: Ledger, index: SearchIndex, before: datetime, batch: int) -> int:
    with ledger.unreferenced():
        rows = ledger.rows(
            f"SELECT id, title FROM postings AS p WHERE closed < ? AND raw NOT IN (?, ?) AND {_UNTOUCHED} LIMIT ?",
            (stamp(before), _TEXTLESS, _TOMBSTONE, batch),
        )
        ids = _ids(rows)
        index.take_out([row["id"] for row in rows])
        ledger.write(f"UPDATE postings SET text = '', raw = '{_TEXTLESS}' WHERE id {_IDS}", ids)
        ledger.repack("postings", f"id {_IDS}", ids)
        # A row without a title is not in the index yet.
        for row in rows:
            if row["title"] is not None:
                index.added(row["id"])
    return len(rows)


def _bury(ledger: Ledger, before: datetime, batch: int) -> int:
    with ledger.unreferenced():
        # A row that is damaged is left for a person to look at.
        rows = ledger.rows(
            "SELECT id, job, source, source_id, posting, fingerprint FROM postings AS p WHERE closed < ? AND raw = ?"
            f" AND {_UNTOUCHED} AND json_valid(posting) AND json_valid(fingerprint) LIMIT ?",
            (stamp(before), _TEXTLESS, batch),
        )
        ids = _ids(rows)
        ledger.delete("blocks", f"posting {_IDS} AND substr(key, 1, 2) NOT IN ('i:', 'a:')", ids)
        ledger.write(
            f"UPDATE postings SET raw = '{_TOMBSTONE}', pending = NULL WHERE id {_IDS}",
            ids,
        )
        for row in rows:
            ledger.write(
                "UPDATE postings SET posting = :posting, fingerprint = :fingerprint WHERE id = :id",
                {"id": row["id"], "posting": _slim(row), "fingerprint": _without_signature(row)},
            )
        ledger.repack("postings", f"id {_IDS}", ids)
        _bury_jobs(ledger, {row["job"] for row in rows})
    return len(rows)


def _ids(rows: Sequence[Row]) -> dict[str, str]:
    return {"ids": json.dumps([row["id"] for row in rows])}


def _slim(row: Row) -> str:
    """What a tombstone says. Not detailed: what is not said there is unknown, and no change when it is read again."""
    said = json.loads(row["posting"])
    kept = {key: said[key] for key in _KEPT if said.get(key) is not None}
    return _packed({"source": row["source"], "source_id": row["source_id"], **kept, "detailed": False})


def _without_signature(row: Row) -> str:
    return _packed({key: value for key, value in json.loads(row["fingerprint"]).items() if key != "signature"})


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bury_jobs(ledger: Ledger, jobs: set[int]) -> None:
    """Jobs of which only tombstones are left keep what was told of them, and no more."""
    rows = ledger.rows(
        "SELECT CAST(value AS INTEGER) AS job FROM json_each(?) AS asked"
        " WHERE NOT EXISTS (SELECT 1 FROM postings WHERE job = CAST(value AS INTEGER) AND raw != ?)",
        (json.dumps(sorted(jobs)), _TOMBSTONE),
    )
    ids = {"ids": json.dumps([row["job"] for row in rows])}
    # The newest event stays: its number, by which it was told, must not be given again.
    ledger.delete("events", f"job {_IDS} AND id < (SELECT max(id) FROM events)", ids)
    ledger.delete("matches", f"job {_IDS}", ids)
    ledger.delete("pairs", f"(a {_IDS} OR b {_IDS}) AND by_user = 0", ids)
    ledger.write(f"UPDATE alerts SET reasons = '[]', changes = '[]' WHERE job {_IDS}", ids)


def _forget_deliveries(ledger: Ledger, before: datetime, batch: int) -> int:
    """Messages that were settled before a moment; that their alerts were told is kept with those."""
    with ledger.transaction():
        rows = ledger.rows(
            "SELECT id FROM deliveries AS d WHERE settled < ? AND state IN ('sent', 'dropped') AND NOT EXISTS"
            " (SELECT 1 FROM alerts WHERE delivery = d.id AND state NOT IN ('sent', 'dropped', 'counted')) LIMIT ?",
            (stamp(before), batch),
        )
        ids = _ids(rows)
        if rows:
            ledger.write(f"UPDATE alerts SET delivery = NULL WHERE delivery {_NAMES}", ids)
            ledger.delete("deliveries", f"id {_NAMES}", ids)
    return len(rows)
