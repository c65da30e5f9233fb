"""A whole database from a file to a server, or back: each table counted and hashed on both sides before it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.model.server import Database
from alerts.store import places
from alerts.store.engines import sqlite_move
from alerts.store.engines.postgres.library import needed
from alerts.store.table import End, Row, Table, Target
from alerts.store.unsettled import Unsettled


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it."""

    #: By table: how many rows, and the hash of all of them.
    tables: dict[str, tuple[int, str]]
    #: Characters that the target keeps in no text (U+0000).
    dropped: int


def move(source: Database, target: Database) -> Moved:
    """Copy ``source`` to ``target``, which must be empty; raises StoreError, and then nothing of the target can be used.

    No worker may work on either. The source stays as it is.
    """
    if type(source) is type(target):
        raise StoreError("move goes from a file to a server or back; a file is copied by: job-alerts backup")
    with ExitStack() as stack:
        if isinstance(source, Path) and not source.is_file():
            raise StoreError(f"there is no database at {source}")
        stack.enter_context(places.lock(source))
        _refuse_unsettled(source)
        old = stack.enter_context(_source(source))
        new = stack.enter_context(_target(target))
        return copy(old, new)


def _source(database: Database) -> AbstractContextManager[End]:
    if isinstance(database, Path):
        return sqlite_move.source(database)
    from alerts.store.engines.postgres import move as server

    return server.source(database)


def _target(database: Database) -> AbstractContextManager[Target]:
    if isinstance(database, Path):
        return sqlite_move.target(database)
    needed()
    from alerts.store.engines.postgres import move as server

    return server.target(database)


def copy(old: End, new: Target) -> Moved:
    """Every row of every table, and the proof."""
    there = {table.name: table for table in new.tables()}
    tables = old.tables()
    if missing := {table.name for table in tables} ^ set(there):
        raise StoreError(f"the two databases are not of one version: {', '.join(sorted(missing))} is in one of them only")
    dropped = 0
    for table in tables:
        rows = _Clean(old.rows(table))
        new.fill(table, iter(rows))
        dropped += rows.dropped
    moved = Moved({table.name: fingerprint(old, table) for table in tables}, dropped)
    for table in tables:
        if fingerprint(new, table) != moved.tables[table.name]:
            raise StoreError(f"the table {table.name} is another one after it was copied; nothing was kept")
    new.finish()
    return moved


def fingerprint(end: End, table: Table) -> tuple[int, str]:
    """How many rows, and a hash of all of them in any order."""
    count, total = 0, 0
    for row in _Clean(end.rows(table)):
        count += 1
        total += int.from_bytes(sha256(repr(_plain(table, row)).encode("utf-8", "surrogatepass")).digest()[:24], "big")
    return count, f"{total % 2**192:048x}"


def _plain(table: Table, row: Row) -> list[object]:
    """As both engines would say it: 1.0 where a column holds fractions, though SQLite may keep 1."""
    return [
        float(value) if name in table.fractions and isinstance(value, int) else value
        for name, value in zip(table.columns, row, strict=True)
    ]


class _Clean:
    """Rows without the one character that no text of PostgreSQL may hold; it is counted."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.dropped = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            yield tuple(self._text(value) if isinstance(value, str) and "\0" in value else value for value in row)

    def _text(self, value: str) -> str:
        self.dropped += value.count("\0")
        return value.replace("\0", "")


def _refuse_unsettled(source: Database) -> None:
    """A message that was answered while that could not be written: only a start of the worker writes it."""
    if not Path(f"{places.beside(source)}.unsettled").exists():
        return
    kept = Unsettled(places.beside(source))
    try:
        if kept.records():
            raise StoreError(f"answers to messages wait to be written into {source}; run job-alerts poll once, then move it")
    finally:
        kept.close()
