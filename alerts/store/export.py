"""Rows into a SQLite file of the user's own, for spreadsheets, notebooks and Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.store.migrate import APPLICATION


def write(path: Path, rows: Iterable[dict[str, object]]) -> int:
    """Put rows into the table ``postings`` of a new or older export; how many. Lists become JSON. Raises StoreError."""
    from sqlite_utils import Database

    if _ours(path):
        raise StoreError(f"{path} is a database of job-alerts itself; name another file for the export")
    try:
        database = Database(path, execute_plugins=False)
        table = database.table("postings")
        with database.atomic():
            table.upsert_all(rows, pk=("source", "source_id"), alter=True)
        count = table.count
        database.close()
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be written: {error}; name another file") from None
    return count


def _ours(path: Path) -> bool:
    """Is that a store of ours, whose table of the same name must never be written to?"""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head[68:72] == APPLICATION.to_bytes(4, "big")
