"""Open the file: checks, pragmas, migrations."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from alerts.model.errors import StoreError
from alerts.store import lock_file
from alerts.store.migrate import APPLICATION, migrate, shapes
from alerts.store.owner import another
from alerts.store.waiting import PATIENCE, Waiting, is_busy

#: A write-ahead log, so that a reader never stops the writer. Who folds it into the file is told in keeper.py.
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 0",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)


def connect(path: Path | str, *, readonly: bool = False, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection with our pragmas, on the newest shape; raises StoreError with what to do.

    ``patience``: seconds to wait for another program that holds the file.
    """
    if str(path) != ":memory:":
        lock_file.refuse_to_begin_anew(Path(path))
        if readonly and not _there(Path(path)):
            raise StoreError(f"there is no database at {path} yet; start with: job-alerts poll")
        _prepare(Path(path))
    waiting = Waiting(patience)
    while True:
        try:
            connection = _opened(path, readonly=readonly)
        except sqlite3.DatabaseError as error:
            if not (is_busy(error) and waiting.again()):
                raise _refusal(path, error) from None
        else:
            waiting.over()
            return connection


def _opened(path: Path | str, *, readonly: bool) -> sqlite3.Connection:
    # A lock is waited for by those who use the connection: they let other threads read meanwhile.
    if str(path) == ":memory:":
        connection = sqlite3.connect(":memory:", timeout=0, check_same_thread=False)
    else:
        uri = f"file:{quote(Path(path).absolute().as_posix())}?mode={'ro' if readonly else 'rw'}"
        connection = sqlite3.connect(uri, uri=True, timeout=0, check_same_thread=False)
    try:
        _settle(connection, path, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def _refusal(path: Path | str, error: sqlite3.DatabaseError) -> StoreError:
    return StoreError(f"the database {path} cannot be used: {error}; {another(Path(path)) or _advice(error)}")


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        raise StoreError(f"the database {path} cannot be used: {another(path) or 'you may not look there'}") from None


def _settle(connection: sqlite3.Connection, path: Path | str, *, readonly: bool) -> None:
    connection.row_factory = sqlite3.Row
    _check(connection, path)
    if not readonly and not connection.execute("PRAGMA page_count").fetchone()[0]:
        # Counts only before anything is written: what becomes free can be given back to the disk, see vacuum.py.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    for pragma in _PRAGMAS[3 if readonly else 0 :]:
        connection.execute(f"PRAGMA {pragma}")
    if readonly:
        _same_version(connection, path)
    else:
        migrate(connection)


def _prepare(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"the database {path} is a folder; set settings.database to a file in it")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except OSError as error:
        raise StoreError(
            f"the database {path} cannot be made: {error.strerror}; "
            f"{another(path) or 'set settings.database to a writable place'}"
        ) from None


def _check(connection: sqlite3.Connection, path: Path | str) -> None:
    ours = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and ours != APPLICATION:
        raise StoreError(f"{path} is a database of another program; set settings.database to another file")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    newest = len(shapes())
    if version > newest:
        raise StoreError(
            f"{path} was written by a newer version (shape {version}, this program knows {newest}); update job-alerts"
        )


def _same_version(connection: sqlite3.Connection, path: Path | str) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != len(shapes()):
        raise StoreError(f"{path} has an older shape ({version}); bring it up to date with: job-alerts poll")


def _advice(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return "it is damaged or no database; restore a backup, or move it and its .lock file aside to start anew"
    if "locked" in text:
        return "another program holds it; try again when that is done"
    if "no such module" in text:
        return "the SQLite of this Python has no full-text search (FTS5); use a Python whose SQLite has it"
    return "check that its disk has space and that you may write there"
