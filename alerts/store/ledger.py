"""One connection, one lock, and transactions: what every table of the store is written through.

Another program may hold the file: a statement that meets its lock is tried again until that is over or the patience ends,
and while it waits the other threads may read.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from alerts.store.waiting import PATIENCE, Waiting, is_busy, refusal

__all__ = ["PATIENCE", "Ledger", "Row", "Values"]

Row = sqlite3.Row
Values = Sequence[object] | Mapping[str, object]


class Ledger:
    """The connection of the one writer, shared by threads. ``patience``: seconds to wait for another program."""

    def __init__(self, connection: sqlite3.Connection, patience: float = PATIENCE) -> None:
        self.connection = connection
        self.patience = patience
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """All or nothing; nested ones are part of the outer one. Raises StoreError when the disk says no."""
        with self._lock:
            nested = self.connection.in_transaction
            if nested:
                yield
        if nested:
            return
        patience = self.patience if patience is None else patience
        self._patiently("BEGIN IMMEDIATE", (), patience)
        try:
            yield
            self._patiently("COMMIT", (), patience)
            self._lock.release()
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.rollback()
            if isinstance(error, sqlite3.Error):
                raise refusal(error) from error
            raise
        finally:
            self._lock.release()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query, read at once so that no lock stays behind. Raises StoreError."""
        cursor = self._patiently(sql, values, self.patience)
        try:
            return cursor.fetchall()
        except sqlite3.Error as error:
            raise refusal(error, writing=False) from error
        finally:
            self._lock.release()

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

    def _patiently(self, sql: str, values: Values, patience: float) -> sqlite3.Cursor:
        """Execute a statement, waiting for other programs; the lock of the threads is held when it returns."""
        waiting = Waiting(patience)
        while True:
            self._lock.acquire()
            try:
                cursor = self.connection.execute(sql, values)
            except BaseException as error:
                self._lock.release()
                if not (isinstance(error, sqlite3.OperationalError) and is_busy(error) and waiting.again()):
                    raise (refusal(error) if isinstance(error, sqlite3.Error) else error) from error
            else:
                waiting.over()
                return cursor
