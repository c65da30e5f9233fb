"""What sqlite-utils' own methods cost beside plain statements: ``python benchmarks/store_statements.py``.

Processor time for one call, median of five runs of 2,000 in one transaction in memory. The figures stand in
alerts/store/statements.py and DECISIONS.md; on a busy machine compare the ratios.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable

from alerts.store.database import connect
from alerts.store.library import database_over

FACT = "INSERT INTO facts (name, value, at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
JOB = {"first_seen": "x", "quiet": 0}


def keys(n: int) -> list[tuple[str, int]]:
    return [(f"k{key}", n) for key in range(8)]


#: By name: plain, and by the library.
CASES: dict[str, tuple[Callable, Callable]] = {
    "insert a row": (
        lambda db, n: db.conn.execute("INSERT INTO jobs (first_seen, quiet) VALUES (:first_seen, :quiet)", JOB),
        lambda db, n: db.table("jobs").insert(JOB),
    ),
    "eight rows, ignoring those there": (
        lambda db, n: db.conn.executemany("INSERT OR IGNORE INTO blocks VALUES (?, ?)", keys(n)),
        lambda db, n: db.table("blocks").insert_all(
            ({"key": key, "posting": posting} for key, posting in keys(n)), pk=("key", "posting"), ignore=True
        ),
    ),
    "upsert": (
        lambda db, n: db.conn.execute(FACT, (f"n{n % 50}", "v", "a")),
        lambda db, n: db.table("facts").upsert({"name": f"n{n % 50}", "value": "v", "at": "a"}, pk="name"),
    ),
    "read by query": (
        lambda db, n: db.conn.execute("SELECT * FROM facts WHERE name = ?", ("n1",)).fetchall(),
        lambda db, n: list(db.query("SELECT * FROM facts WHERE name = ?", ("n1",))),
    ),
    "read by rows_where": (
        lambda db, n: db.conn.execute("SELECT * FROM facts WHERE name = ?", ("n1",)).fetchall(),
        lambda db, n: list(db.table("facts").rows_where("name = ?", ("n1",))),
    ),
    "update by execute": (
        lambda db, n: db.conn.execute("UPDATE facts SET value = ? WHERE name = ?", (n, "n1")),
        lambda db, n: db.execute("UPDATE facts SET value = ? WHERE name = ?", (n, "n1")),
    ),
}


def measure(act: Callable, times: int = 2000) -> float:
    """Microseconds of one call."""
    runs = []
    for _ in range(5):
        connection = connect(":memory:")
        connection.execute("PRAGMA foreign_keys = OFF")
        database = database_over(connection)
        connection.execute("BEGIN IMMEDIATE")
        begun = time.process_time()
        for n in range(times):
            act(database, n)
        runs.append((time.process_time() - begun) / times * 1e6)
        connection.rollback()
        connection.close()
    return statistics.median(runs)


def main() -> None:
    print(f"SQLite {sqlite3.sqlite_version}\n{'':34} {'plain µs':>9} {'library µs':>11} {'times':>6}")
    for name, (plain, library) in CASES.items():
        one, other = measure(plain), measure(library)
        print(f"{name:34} {one:9.1f} {other:11.1f} {other / one:6.1f}")


if __name__ == "__main__":
    main()
