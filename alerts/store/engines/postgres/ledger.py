"""Rows and transactions on a server. As with a file, one program writes at a time: who begins a transaction waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg import sql as words
from psycopg.rows import tuple_row

from alerts.model.errors import StoreError, StoreLost
from alerts.model.server import Server
from alerts.store.engines.postgres import errors, migrate
from alerts.store.engines.postgres.connections import Connection, Connections
from alerts.store.engines.postgres.dialect import parameters, statement
from alerts.store.ledger import Ledger, Row, Values

T = TypeVar("T")
#: A connection that broke before anything was done on it is replaced, and for so long, in seconds, a server is waited for.
_AWAY, _PAUSE = 5.0, 0.2
#: Longer than any wait, in milliseconds.
_EVER = 2**31 - 1


def opened(server: Server, *, readonly: bool, patience: float) -> PostgresLedger:
    """A database on a server, on the newest shape; raises StoreError with what to do."""
    ledger = PostgresLedger(server, readonly=readonly, patience=patience)
    try:
        with ledger.connections.one() as connection:
            try:
                if readonly:
                    migrate.check(server, connection, readonly=True)
                else:
                    migrate.migrate(server, connection)
            except psycopg.Error as error:
                raise errors.refusal(server, error, writing=not readonly) from None
    except BaseException:
        ledger.close()
        raise
    return ledger


class PostgresLedger(Ledger):
    """A few connections, shared by threads; one transaction of this process at a time."""

    def __init__(self, server: Server, *, readonly: bool, patience: float) -> None:
        super().__init__()
        self.patience = patience
        self.connections = Connections(server, readonly=readonly)
        #: The number of our turn as the one worker; a transaction after the next one's is refused.
        self.fence: int | None = None
        self._server = server
        self._lock = threading.RLock()
        #: The connection of the transaction that is open, and the thread whose it is.
        self._open: tuple[Connection, int] | None = None

    # --- transactions --------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self, patience: float | None = None, *, lasting: bool = True) -> Iterator[None]:
        """All or nothing; nested ones are part of the outer one. Raises StoreError when the server says no."""
        with self._lock:
            if self._open:
                yield
                return
            patience = self.patience if patience is None else patience
            with self._ready(lambda one: self._begin(one, patience, lasting), patience) as connection:
                self._open = (connection, threading.get_ident())
                try:
                    yield
                    for call in self._before_commit:
                        call()
                    connection.execute("COMMIT")
                except BaseException as error:
                    self._roll_back(connection)
                    if isinstance(error, psycopg.Error):
                        raise errors.refusal(self._server, error) from None
                    raise
                finally:
                    self._open = None

    @contextmanager
    def _ready(self, begin: Callable[[Connection], T], patience: float) -> Iterator[Connection]:
        """A connection on which something was begun: one that broke meanwhile is replaced, a server that is away waited for."""
        end = time.monotonic() + min(patience, _AWAY)
        while True:
            with self.connections.one() as connection:
                try:
                    begin(connection)
                except psycopg.Error as error:
                    if connection.closed and time.monotonic() < end:
                        continue
                    raise errors.refusal(self._server, error) from None
                yield connection
                return

    def _begin(self, connection: Connection, patience: float, lasting: bool) -> None:
        """In one message to the server. The lock comes before the first look, so that nothing changes after it."""
        wait = max(1, int(min(patience * 1000, _EVER)))
        soon = "" if lasting else "SET LOCAL synchronous_commit = off; "
        cursor = connection.execute(
            f"BEGIN; SET LOCAL lock_timeout = {wait}; {soon}SELECT pg_advisory_xact_lock({migrate.WRITER}, {migrate.PLACE});"
            " SELECT fence FROM job_alerts".encode(),
            prepare=False,
        )
        while cursor.nextset():
            pass
        row = cursor.fetchone()
        if self.fence is not None and (row is None or row["fence"] != self.fence):
            connection.execute("ROLLBACK")
            raise StoreLost(f"another job-alerts took over the work on {self._server}; this one ends")

    def _roll_back(self, connection: Connection) -> None:
        try:
            if not connection.closed:
                connection.execute("ROLLBACK")
        except psycopg.Error:
            connection.close()
        for call in self._after_rollback:
            call()

    @contextmanager
    def unreferenced(self) -> Iterator[None]:
        """A transaction: rows are changed where they stand, nothing is taken out."""
        with self.transaction():
            yield

    def repack(self, table: str, where: str, values: Values) -> None:
        """The server does that by itself (autovacuum)."""

    @contextmanager
    def overwriting(self) -> Iterator[None]:
        """What is deleted stays in the server's log and copies for a while, whatever is done here."""
        yield

    def overwritten(self) -> bool:
        """The room of deleted rows is given free at once; the server's log is not ours."""
        with self.connections.one() as connection, suppress(psycopg.Error):
            for table in ("application_entries", "application_copies", "applications", "marks", "undo", "facts", "deliveries"):
                connection.execute(words.SQL("VACUUM {}").format(words.Identifier(table)))
        return False

    # --- rows ----------------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query. Raises StoreError."""
        return self._read(lambda one: one.execute(statement(sql), parameters(values)).fetchall())

    def tuples(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """As ``rows``, for thousands at once."""

        def read(connection: Connection) -> list[tuple[Any, ...]]:
            with connection.cursor(row_factory=tuple_row) as cursor:
                return cursor.execute(statement(sql), parameters(values)).fetchall()

        return self._read(read)

    def _read(self, read: Callable[[Connection], T]) -> T:
        """In the transaction of this thread where there is one; else on a connection of its own, and again where that broke."""
        if self._open and self._open[1] == threading.get_ident():
            return self._said(read, writing=False)
        end = time.monotonic() + min(self.patience, _AWAY)
        while True:
            with self.connections.one() as connection:
                try:
                    return read(connection)
                except psycopg.Error as error:
                    if not connection.closed or time.monotonic() >= end:
                        raise errors.refusal(self._server, error, writing=False) from None

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """One new row; its number, where it has one."""
        made = self._write(_insert(table, tuple(row), " RETURNING *"), dict(row), lambda cursor: cursor.fetchone())
        number = (made or {}).get("id")
        return number if isinstance(number, int) else 0

    def insert_all(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Many new rows, of the same columns."""
        given = [dict(row) for row in rows]
        if given:
            sql = _insert(table, tuple(given[0]))
            with self.transaction():
                self._said(lambda one: one.cursor().executemany(statement(sql), [parameters(row) for row in given]))

    def upsert(self, table: str, row: Mapping[str, object], key: str) -> None:
        """A new row, or new values for the one with this key."""
        sets = ", ".join(f"{name} = excluded.{name}" for name in row if name != key)
        end = f" ON CONFLICT ({key}) DO UPDATE SET {sets}" if sets else f" ON CONFLICT ({key}) DO NOTHING"
        self.write(_insert(table, tuple(row), end), dict(row))

    def delete(self, table: str, where: str, values: Values) -> int:
        """Delete the rows that fulfil a condition; how many."""
        return self.write(f"DELETE FROM {table} WHERE {where}", values)

    def write(self, sql: str, values: Values = ()) -> int:
        """One statement, in a transaction of its own unless one is open; the number of rows that it touched."""
        return self._write(sql, values, lambda cursor: cursor.rowcount)

    def add(self, sql: str, values: Values) -> int:
        """One new row by a statement of ``statements.py``; its number."""
        row = self._write(f"{sql} RETURNING id", values, lambda cursor: cursor.fetchone())
        return int(row["id"]) if row else 0

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """A statement of ``statements.py`` for each row."""
        with self.transaction():
            self._said(lambda one: one.cursor().executemany(statement(sql), [parameters(row) for row in rows]))

    def _write(self, sql: str, values: Values, read: Callable[[psycopg.Cursor[Row]], T]) -> T:
        with self.transaction():
            return self._said(lambda one: read(one.execute(statement(sql), parameters(values))))

    def _said(self, act: Callable[[Connection], T], *, writing: bool = True) -> T:
        """Do something in the transaction that is open; raises StoreError."""
        if self._open is None:
            raise StoreError(f"the database {self._server} is not in a transaction")
        try:
            return act(self._open[0])
        except psycopg.Error as error:
            raise errors.refusal(self._server, error, writing=writing) from None

    def close(self) -> None:
        """Give the connections back."""
        self.connections.close()


def _insert(table: str, names: Sequence[str], end: str = "") -> str:
    marks = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}){end}"
