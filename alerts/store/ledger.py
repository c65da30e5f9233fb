"""One connection, one lock, and transactions: what every table of the store is written through."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from alerts.model.errors import StoreError

Row = sqlite3.Row
Values = Sequence[object] | Mapping[str, object]


class Ledger:
    """The connection of the one writer, shared by threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested ones are part of the outer one. Raises StoreError when the disk says no."""
        with self._lock:
            if self.connection.in_transaction:
                yield
                return
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield
                self.connection.execute("COMMIT")
            except BaseException as error:
                if self.connection.in_transaction:
                    self.connection.rollback()
                if isinstance(error, sqlite3.Error):
                    raise StoreError(
                        f"the database could not be written: {error}; nothing was kept, it is tried again"
                    ) from error
                raise

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query, read at once so that no lock stays behind."""
        with self._lock:
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def write(self, sql: str, values: Values = ()) -> int:
        """One statement, in a transaction of its own unless one is open; the number of rows that it touched."""
        with self.transaction():
            return self.connection.execute(sql, values).rowcount

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """One new row; its rowid."""
        with self.transaction():
            columns = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            cursor = self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", dict(row))
            return cursor.lastrowid or 0

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self.connection.close()
