"""A file as one side of a move."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.store.backup import written_beside
from alerts.store.database import connect
from alerts.store.table import Row, Table

#: Of SQLite and its library alone; and the tables in which its index of words lies.
_OWN = ("sqlite_", "_sqlite_", "postings_fts")
#: SQLite's own number of a row, which is kept where it tells an order.
_NUMBERED = frozenset({"deliveries"})
_INDEX = (
    "INSERT INTO postings_fts (rowid, title, company, text) SELECT id, title, company, text FROM postings"
    " WHERE title IS NOT NULL ORDER BY id"
)


@contextmanager
def source(path: Path) -> Iterator[File]:
    """A file to read from, in one state."""
    with closing(connect(path, readonly=True)) as connection:
        connection.execute("BEGIN")
        yield File(connection)


@contextmanager
def target(path: Path) -> Iterator[File]:
    """A new file, which is there when the block ended well, and not before."""
    if path.exists():
        raise StoreError(f"{path} is there already; name a file that is not")
    with written_beside(path, force=False) as partial, closing(connect(partial)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        file = File(connection)
        file.begin()
        yield file
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreError("a row refers to one that is not there; nothing was kept")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")


class File:
    """One file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.row_factory = None
        #: Triggers, which would write again what is copied.
        self._triggers: list[str] = []

    def tables(self) -> list[Table]:
        """The tables of ours."""
        found = self._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return [self._table(name) for (name,) in found.fetchall() if not name.startswith(_OWN)]

    def _table(self, name: str) -> Table:
        columns = self._connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        fractions = frozenset(column[1] for column in columns if column[2] == "REAL")
        names = sorted(column[1] for column in columns)
        return Table(name, ("rowid", *names) if name in _NUMBERED else tuple(names), fractions)

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row."""
        yield from self._connection.execute(f'SELECT {_names(table)} FROM "{table.name}"')

    def begin(self) -> None:
        """Nothing is there, and nothing is written by itself."""
        found = self._connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        self._triggers = [sql for _, sql in found]
        for name, _ in found:
            self._connection.execute(f'DROP TRIGGER "{name}"')
        for table in self.tables():
            self._connection.execute(f'DELETE FROM "{table.name}"')

    def fill(self, table: Table, rows: Iterator[Row]) -> None:
        """Put rows into an empty table."""
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({marks})', rows)

    def finish(self) -> None:
        """Triggers are back, and the words of postings are indexed."""
        for sql in self._triggers:
            self._connection.execute(sql)
        self._connection.execute(_INDEX)


def _names(table: Table) -> str:
    return ", ".join(f'"{name}"' if name != "rowid" else name for name in table.columns)
