"""After the wall clock was moved: what was written by the old one is put right, so that nothing waits for years or looks old."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.store.codec import moment, stamp
from alerts.store.ledger import Ledger

#: What waits for another try, or for room in an hour, was put off by no more than this.
LONGEST = timedelta(hours=2)


def set_back(ledger: Ledger, now: datetime, before: datetime) -> None:
    """The clock went from ``before`` back to ``now``: what was to go out within hours goes out now, not after all that time.

    A schedule may name any time; only what the old clock put off, or saw come, is hastened.
    """
    times = {"now": stamp(now), "before": stamp(before), "soon": stamp(before + LONGEST)}
    with ledger.transaction():
        ledger.write(
            "UPDATE alerts SET due = :now WHERE state = 'owed' AND delivery IS NULL AND due > :now AND due <= :soon"
            " AND (at > :now OR due > :before)",
            times,
        )
        ledger.write("UPDATE deliveries SET due = :now WHERE state = 'waiting' AND due > :now AND due <= :soon", times)
        ledger.write("UPDATE channels SET not_before = NULL WHERE not_before > :now AND not_before <= :soon", times)


def set_on(ledger: Ledger, now: datetime, by: timedelta) -> None:
    """The clock went on by so much: what lasts since a moment of the old clock does not last any longer for that."""
    with ledger.transaction():
        for table, key, columns in (("sources", "key", ("changed", "failing_since")), ("channels", "name", ("failing_since",))):
            for column in columns:
                for row in ledger.rows(f"SELECT {key} AS id, {column} AS at FROM {table} WHERE {column} IS NOT NULL"):
                    if at := moment(row["at"]):
                        ledger.write(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (stamp(min(at + by, now)), row["id"]))
