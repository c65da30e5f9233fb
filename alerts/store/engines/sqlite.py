"""SQLite: one connection, one lock, and transactions, by sqlite-utils.

Another program may hold the file: a statement that meets its lock is tried again until that is over or the patience ends,
and while it waits the other threads may read.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from alerts.store.ledger import Ledger, Row, Values
from alerts.store.library import database_over
from alerts.store.waiting import PATIENCE, Waiting, is_busy, refusal

T = TypeVar("T")
_LASTING, _UNHURRIED = "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"


class SqliteLedger(Ledger):
    """The connection of the one writer, shared by threads. ``patience``: seconds to wait for another program."""

    def __init__(self, connection: sqlite3.Connection, patience: float = PATIENCE) -> None:
        super().__init__()
        self.connection = connection
        self.patience = patience
        self._database = database_over(connection)
        self._lock = threading.RLock()
        #: Only with a write-ahead log is a file that need not last always whole after a power cut.
        self._log_ahead = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"

    @contextmanager
    def transaction(self, patience: float | None = None, *, lasting: bool = True) -> Iterator[None]:
        """All or nothing; nested ones are part of the outer one. Raises StoreError when the disk says no.

        What is not ``lasting`` outlives the process, but not a power cut, until a lasting one follows: the disk is not
        waited for. For what costs no more than being asked again.
        """
        with self._lock:
            nested = self.connection.in_transaction
            if nested:
                yield
        if nested:
            return
        patience = self.patience if patience is None else patience
        lasting = lasting or not self._log_ahead
        self._waited(lambda: self._begin(lasting), patience)
        try:
            yield
            for call in self._before_commit:
                call()
            self._patiently("COMMIT", patience)
            self._lock.release()
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.Error):
                raise refusal(error) from error
            raise
        finally:
            if not lasting:
                self.connection.execute(_LASTING)
            self._lock.release()

    def _begin(self, lasting: bool) -> None:
        if lasting:
            self._database.execute("BEGIN IMMEDIATE")
            return
        self.connection.execute(_UNHURRIED)
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except BaseException:
            self.connection.execute(_LASTING)
            raise

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.rollback()
        for call in self._after_rollback:
            call()

    @contextmanager
    def unreferenced(self) -> Iterator[None]:
        """A transaction in which rows may be taken out and put back under the same number, and nothing follows them."""
        with self._lock:
            self.connection.execute("PRAGMA foreign_keys = OFF")
            try:
                # The other threads wait meanwhile, so another program is not waited for long.
                with self.transaction(patience=0.5):
                    yield
            finally:
                self.connection.execute("PRAGMA foreign_keys = ON")

    def repack(self, table: str, where: str, values: Values) -> None:
        """Take rows out and put them back: SQLite never joins pages whose rows only became shorter."""
        rows = self.rows(f"SELECT * FROM {table} WHERE {where} ORDER BY id", values)
        self.delete(table, where, values)
        self.insert_all(table, rows)

    @contextmanager
    def overwriting(self) -> Iterator[None]:
        """What is deleted meanwhile leaves zeros behind."""
        before = self.rows("PRAGMA secure_delete")[0]["secure_delete"]
        self.rows("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            self.rows(f"PRAGMA secure_delete = {int(before)}")

    def overwritten(self) -> bool:
        """Fold the log into the file; False where another program is in the way."""
        return not self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]["busy"]

    # --- by the library ------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query, read at once so that no lock stays behind. Raises StoreError."""
        # Not by ``Database.query``, which sets a savepoint around every question, in case that it should write something.
        found = self._waited(lambda: _dicts(self._database.execute(sql, values)), self.patience, writing=False)
        self._lock.release()
        return found

    def tuples(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """As ``rows``, for thousands at once: the library makes a dict of each, which costs more than reading them."""
        found = self._waited(lambda: self._database.execute(sql, values).fetchall(), self.patience, writing=False)
        self._lock.release()
        return found

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """One new row; its rowid."""
        with self.transaction():
            return self._database.table(table).insert(dict(row)).last_rowid or 0

    def insert_all(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Many new rows."""
        with self.transaction():
            self._database.table(table).insert_all(dict(row) for row in rows)

    def upsert(self, table: str, row: Mapping[str, object], key: str) -> None:
        """A new row, or new values for the one with this key."""
        with self.transaction():
            self._database.table(table).upsert(dict(row), pk=key)

    def delete(self, table: str, where: str, values: Values) -> int:
        """Delete the rows that fulfil a condition; how many."""
        with self.transaction():
            self._database.table(table).delete_where(where, dict(values) if isinstance(values, Mapping) else list(values))
            return int(self.connection.execute("SELECT changes()").fetchone()[0])

    # --- plain statements: those that the library has no method for, and those of statements.py -------------------

    def write(self, sql: str, values: Values = ()) -> int:
        """One statement, in a transaction of its own unless one is open; the number of rows that it touched."""
        with self.transaction():
            return self._database.execute(sql, values).rowcount

    def add(self, sql: str, values: Values) -> int:
        """One new row by a statement of ``statements.py``; its rowid."""
        with self.transaction():
            return self._database.execute(sql, values).lastrowid or 0

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """A statement of ``statements.py`` for each row."""
        with self.transaction():
            self.connection.executemany(sql, rows)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self.connection.close()

    def _patiently(self, sql: str, patience: float) -> None:
        """Execute a statement, waiting for other programs; the lock of the threads is held when it returns."""
        self._waited(lambda: self._database.execute(sql), patience)

    def _waited(self, act: Callable[[], T], patience: float, *, writing: bool = True) -> T:
        """Do something, waiting for other programs; the lock of the threads is held when it returns."""
        waiting = Waiting(patience)
        while True:
            self._lock.acquire()
            try:
                done = act()
            except BaseException as error:
                self._lock.release()
                if not (isinstance(error, sqlite3.OperationalError) and is_busy(error) and waiting.again()):
                    raise (refusal(error, writing=writing) if isinstance(error, sqlite3.Error) else error) from error
            else:
                waiting.over()
                return done


def _dicts(found: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]
