"""Open the file: checks, pragmas, migrations, the lock of the one writer."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from importlib import resources
from pathlib import Path
from typing import IO
from urllib.parse import quote

from alerts.model.errors import StoreError

#: "JobA" in ASCII: this file is ours.
APPLICATION = 0x4A6F6241
#: Rollback journal instead of a write-ahead log: our writes are few, a reader in another process needs no shared memory,
#: and SQLite before 3.51.3 can lose commits when two connections checkpoint a write-ahead log at once.
_PRAGMAS = (
    # First of all, for it counts before anything is written only: what is deleted can be given back to the disk.
    "auto_vacuum = INCREMENTAL",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)
BUSY_MILLISECONDS = 10_000


def connect(path: Path | str, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection with our pragmas, on the newest shape; raises StoreError with what to do."""
    memory = str(path) == ":memory:"
    if readonly and not memory and not Path(path).exists():
        raise StoreError(f"there is no database at {path} yet; start with: job-alerts poll")
    if not memory:
        _prepare(Path(path))
    try:
        uri = f"file:{quote(Path(path).absolute().as_posix())}?mode={'ro' if readonly else 'rwc'}"
        connection = sqlite3.connect(
            ":memory:" if memory else uri, uri=not memory, timeout=BUSY_MILLISECONDS / 1000, check_same_thread=False
        )
    except sqlite3.DatabaseError as error:
        raise StoreError(f"the database {path} cannot be used: {error}; {_advice(error)}") from None
    try:
        _settle(connection, path, readonly=readonly)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"the database {path} cannot be used: {error}; {_advice(error)}") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection, path: Path | str, *, readonly: bool) -> None:
    connection.row_factory = sqlite3.Row
    _check(connection, path)
    for pragma in _PRAGMAS[2 if readonly else 0 :]:
        connection.execute(f"PRAGMA {pragma}")
    if readonly:
        _same_version(connection, path)
    else:
        migrate(connection, path)


def _prepare(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"the database {path} is a folder; set settings.database to a file in it")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except OSError as error:
        raise StoreError(
            f"the database {path} cannot be made: {error.strerror}; set settings.database to a writable place"
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
        return "it is damaged or no database; restore a backup, or move it aside to start anew"
    if "locked" in text:
        return "another program holds it; try again when that is done"
    return "check that its disk has space and that you may write there"


def shapes() -> list[str]:
    """The migrations as SQL, in order."""
    folder = resources.files("alerts.store") / "migrations"
    return [file.read_text("utf-8") for file in sorted(folder.iterdir(), key=lambda f: f.name) if file.name.endswith(".sql")]


def migrate(connection: sqlite3.Connection, path: Path | str) -> None:
    """Bring the file to the newest shape; each step in one transaction together with its record."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, script in enumerate(shapes()[version:], version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def lock(path: Path | str) -> IO[str]:
    """Be the one writer of this database until the returned file is closed; raises StoreError when another is."""
    place = _lock_of(path)
    _prepare(place)
    # Opened without truncating: the holder's number must stay readable.
    file = os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = file.read(20).strip() or "unknown"
        file.close()
        raise StoreError(f"another job-alerts (process {holder}) works on {path}; stop it first, or let it do the work") from None
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _lock_of(path: Path | str) -> Path:
    """The lock beside the file itself, by whichever symbolic link it is reached."""
    return Path(f"{Path(path).resolve()}.lock")


def holder(path: Path | str) -> str | None:
    """The number of the process that works on this database, in words; None when nothing does."""
    try:
        with _lock_of(path).open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return file.read(20).strip() or "unknown"
    except OSError:
        return None
    return None
