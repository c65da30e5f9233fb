"""A copy of the database, made while the daemon works, and proved to be whole before it counts."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from alerts.model.errors import StoreError
from alerts.store.codec import time_of
from alerts.store.migrate import APPLICATION, shapes

#: How long another program's lock is waited for.
BUSY_SECONDS = 10.0

#: Pages that are copied between two moments in which the daemon may write.
_STEP = 2000
#: After so many changes by the daemon in the middle of a copy it is made in one go, which the daemon waits for.
_MOST_RESTARTS = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database file holds, each row of it read."""

    path: Path
    shape: int
    size: int
    rows: int
    jobs: int
    postings: int
    #: Alerts that wait to be told, and those that were.
    owed: int
    told: int
    #: The newest moment that stands in it: when it was last written, as far as it says.
    until: datetime | None

    @property
    def words(self) -> str:
        """For a person."""
        return f"{self.jobs} jobs, {self.postings} postings, {self.told} alerts told, {self.owed} owed"


def back_up(database: Path, target: Path, *, force: bool = False) -> Contents:
    """Copy ``database`` to ``target``, which only its owner may read; raises StoreError and leaves nothing half made."""
    if not database.is_file():
        raise StoreError(f"there is no database at {database} yet, so nothing to back up")
    if target.exists() and target.samefile(database):
        raise StoreError(f"{target} is the database itself; name another file for the backup")
    if target.exists() and not force:
        raise StoreError(f"{target} is there already; name another file, or overwrite it with --force")
    with written_beside(target, force=force) as partial:
        copy(database, partial)
        return examine(partial, called=database, advice="restore an older backup, or move it aside to start anew")


def copy(source: Path, target: Path) -> None:
    """Copy through SQLite's backup API, which takes a state that the writer committed; raises StoreError."""
    try:
        # Not read-only: what a killed daemon left half written must be rolled back before it can be read.
        with closing(_open(source, "rw")) as old, closing(_open(target, "rw")) as new:
            _own(old, source)
            _steps(old, new)
            # One file without companions, whatever the journal of the original.
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied to {target.parent}: {error}; {_advice(error)}") from None
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def examine(path: Path, *, called: Path | None = None, advice: str = "take another backup") -> Contents:
    """Prove that every page and row of a file of ours can be read, and say what it holds; raises StoreError.

    ``called``: what stands in errors, where the file is a copy of another.
    """
    try:
        with closing(_open(path, "ro")) as connection:
            shape = _own(connection, path)
            if troubles := _troubles(connection):
                raise StoreError(f"{called or path} is damaged ({troubles[0]}); {advice}")
            rows = sum(_read_all(connection, table) for table in tables(connection))
            return _contents(connection, path, shape, rows)
    except sqlite3.Error as error:
        raise StoreError(f"{called or path} cannot be read: {error}; {_advice(error, advice)}") from None


def tables(connection: sqlite3.Connection, schema: str = "main") -> list[str]:
    """The tables of ours, in no order; of the search index those in which it lies, for it is none itself."""
    sql = f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite%'"
    return [str(row[0]) for row in connection.execute(sql)]


@contextmanager
def written_beside(target: Path, *, force: bool) -> Iterator[Path]:
    """A private file beside ``target`` that takes its place when the block ends well, and is gone when not."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        yield partial
        if force or not linked(partial, target):
            partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}; name a file in a folder of yours") from None
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{partial}{end}").unlink()


def linked(old: Path, new: Path) -> bool:
    """Give a file a second name, which unlike a rename never overwrites; False where the disk knows no second names."""
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            return False
        raise
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(path.absolute().as_posix())}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _own(connection: sqlite3.Connection, path: Path) -> int:
    """The shape of a file of ours that this program knows; raises StoreError for any other."""
    connection.execute("PRAGMA trusted_schema = OFF")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(f"{path} is no database of job-alerts; name a file that `job-alerts backup` made")
    shape = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if shape > len(shapes()):
        known = len(shapes())
        raise StoreError(
            f"{path} was written by a newer version (shape {shape}, this one knows {known}); update job-alerts first"
        )
    return shape


class _Overtaken(Exception):
    """The daemon wrote so often that the copy begins again and again."""


def _steps(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """In steps, between which the daemon may write; in one go when it writes so often that no end is near."""
    restarts, left = 0, 2**62

    def watch(_status: int, remaining: int, _total: int) -> None:
        nonlocal restarts, left
        restarts += remaining > left
        left = remaining
        if restarts >= _MOST_RESTARTS:
            raise _Overtaken

    try:
        old.backup(new, pages=_STEP, progress=watch, sleep=0.01)
    except _Overtaken:
        old.backup(new)


def _troubles(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with pages, indexes and references."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    loose = [f"a row of {row[0]} refers to a row of {row[2]} that is not there" for row in _loose(connection)]
    return [line for line in found if line != "ok"] + loose


def _loose(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    return connection.execute("PRAGMA foreign_key_check").fetchmany(5)


def _read_all(connection: sqlite3.Connection, table: str) -> int:
    return sum(1 for _ in connection.execute(f'SELECT * FROM "{table}"'))


def _contents(connection: sqlite3.Connection, path: Path, shape: int, rows: int) -> Contents:
    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    newest = connection.execute(
        "SELECT max(at) FROM (SELECT max(read) AS at FROM sources UNION ALL SELECT max(settled) FROM deliveries"
        " UNION ALL SELECT max(at) FROM events UNION ALL SELECT max(at) FROM marks)"
    ).fetchone()[0]
    return Contents(
        path,
        shape,
        path.stat().st_size,
        rows,
        jobs=number("SELECT count(*) FROM jobs WHERE merged IS NULL"),
        postings=number("SELECT count(*) FROM postings"),
        owed=number("SELECT count(*) FROM alerts WHERE state = 'owed'"),
        told=number("SELECT count(*) FROM alerts WHERE state = 'sent'"),
        until=time_of(newest) if newest else None,
    )


def _advice(error: sqlite3.Error, damaged: str = "restore a backup") -> str:
    words = str(error)
    if "not a database" in words or "malformed" in words:
        return f"it is damaged or no database: {damaged}"
    if "locked" in words:
        return "another program holds it; try again when that is done"
    return "check that the disk has space and that you may write there"
