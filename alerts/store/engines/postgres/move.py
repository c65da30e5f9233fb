"""A database on a server as one side of a move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg.rows import tuple_row

from alerts.model.errors import StoreError
from alerts.model.server import Server
from alerts.store.engines.postgres import errors, migrate
from alerts.store.engines.postgres.connections import Connection, connect
from alerts.store.table import Row, Table

#: Of this engine alone.
_OWN = ("job_alerts", "postings_fts")
_COLUMNS = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables"
    " USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    " AND data_type <> 'xid8' ORDER BY table_name, column_name"
)
_FETCHED = 2000
#: Numbers go on after the highest that is there.
_GO_ON = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) FROM %I',
            one.table_name, one.column_name, one.column_name, one.table_name);
    END LOOP;
END $$
"""
_INDEX = (
    "INSERT INTO postings_fts (posting, words) SELECT id, words_of(title, company, text) FROM postings WHERE title IS NOT NULL"
)


@contextmanager
def source(server: Server) -> Iterator[Database]:
    """A database to read from, in one state."""
    with closing(connect(server)) as connection, _said(server):
        migrate.check(server, connection, readonly=True)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield Database(connection)


@contextmanager
def target(server: Server) -> Iterator[Database]:
    """An empty one, which holds something when the block ended well, and nothing before: all of it is one transaction."""
    with closing(connect(server)) as connection, _said(server):
        if migrate.shape(connection) is not None:
            raise StoreError(f"{server} is a database of job-alerts already; name one that is empty")
        migrate.check(server, connection, readonly=False)
        with connection.transaction():
            migrate.apply(connection)
            found = Database(connection)
            found.begin()
            yield found


@contextmanager
def _said(server: Server) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise errors.refusal(server, error) from None


class Database:
    """One database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tables(self) -> list[Table]:
        """The tables of ours."""
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self._connection.execute(_COLUMNS).fetchall():
            found.setdefault(row["table_name"], []).append((row["column_name"], row["data_type"]))
        return [_table(name, columns) for name, columns in found.items() if name not in _OWN]

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row, some at a time."""
        with self._connection.cursor("rows", row_factory=tuple_row) as cursor:
            cursor.itersize = _FETCHED
            yield from cursor.execute(f"SELECT {_names(table)} FROM {table.name}".encode())

    def begin(self) -> None:
        """Nothing is there, nothing is written by itself, and references count at the end."""
        self._connection.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in self.tables():
            self._connection.execute(f"ALTER TABLE {table.name} DISABLE TRIGGER USER; DELETE FROM {table.name}".encode())

    def fill(self, table: Table, rows: Iterator[Row]) -> None:
        """Put rows into an empty table."""
        sql = f"COPY {table.name} ({_names(table)}) FROM STDIN".encode()
        with self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self) -> None:
        """References hold, numbers go on, triggers are back, and the words of postings are indexed."""
        self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in self.tables():
            self._connection.execute(f"ALTER TABLE {table.name} ENABLE TRIGGER USER".encode())
        self._connection.execute(_GO_ON)
        self._connection.execute(_INDEX)


def _table(name: str, columns: list[tuple[str, str]]) -> Table:
    fractions = frozenset(column for column, kind in columns if kind == "double precision")
    names = sorted(column for column, _ in columns if column != "rowid")
    numbered = len(names) < len(columns)
    return Table(name, ("rowid", *names) if numbered else tuple(names), fractions)


def _names(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.columns)
