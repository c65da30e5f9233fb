"""Put a backup in the place of the database, without telling again what was told or forgetting what is owed.

The replaced file is kept aside. Where it can still be read and goes on from the backup, what was seen and told since is
taken along from it, and so are applications; all else that the user said, and small facts, are those of the backup.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.store import database, lock_file
from alerts.store.backup import Contents, copy, examine, linked, sync_folder, tables, written_beside
from alerts.store.migrate import APPLICATION

#: What stays as the backup has it: the words of the user, and small facts. All else is what was seen and told.
_OF_THE_BACKUP = frozenset({"marks", "facts"})
#: Applications are taken along, and so are the marks that say the same.
_OF_APPLICATIONS = "of = 'job' AND mark IN ('saved', 'applied')"
_MARKS_OF_APPLICATIONS = (
    f"DELETE FROM main.marks WHERE {_OF_APPLICATIONS}",
    "INSERT INTO main.marks (mark, of, subject, until, note, at)"
    f" SELECT mark, of, subject, until, note, at FROM old.marks WHERE {_OF_APPLICATIONS}",
)
#: A file that SQLite keeps beside a database belongs to that one alone; beside another it would destroy it.
_COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    contents: Contents
    #: Where the replaced file lies now; None where there was none.
    aside: Path | None
    #: True when what was seen and told since the backup was taken along from the replaced file.
    taken_along: bool


def restore(backup: Path, place: Path, now: datetime, *, known: bool = False) -> Restored:
    """Make ``backup`` the database at ``place``; raises StoreError, and then everything is as it was.

    ``known``: what the sources list when they are next read counts as known, as at the first reading of a source.
    """
    place = place.resolve()
    if not backup.is_file():
        raise StoreError(f"there is no backup at {backup}")
    if place.exists() and backup.samefile(place):
        raise StoreError(f"{backup} is the database itself; name a backup of it")
    examine(backup)
    with lock_file.lock(place):
        aside = _name_aside(place, now) if _there(place) else None
        with written_beside(place, force=True) as fresh:
            copy(backup, fresh)
            database.connect(fresh).close()  # brings an older shape up to date
            taken = place.is_file() and _take_along(fresh, place)
            if known:
                _forget_first_readings(fresh)
            contents = examine(fresh)
            _belongs_to_the_same(fresh, place)
            if aside:
                _move_aside(place, aside)
    return Restored(contents, aside, taken)


def _there(place: Path) -> bool:
    """Is there anything to keep? An empty journal is what the database leaves behind in peace."""
    return place.exists() or any(_holds(Path(f"{place}{end}")) for end in _COMPANIONS)


def _holds(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _name_aside(place: Path, now: datetime) -> Path:
    """A name that nothing has yet."""
    name = f"{place.name}.replaced-{now:%Y%m%d-%H%M%S}"
    taken = [place.with_name(name), *(place.with_name(f"{name}-{number}") for number in range(2, 100))]
    return next(one for one in taken if not _there(one))


def _move_aside(place: Path, aside: Path) -> None:
    """The old file with its companions. The file itself gets a second name, so that there is one at every moment."""
    with suppress(FileNotFoundError):
        if not linked(place, aside):
            place.rename(aside)
    for end in _COMPANIONS:
        with suppress(FileNotFoundError):
            Path(f"{place}{end}").rename(f"{aside}{end}")
    sync_folder(place.parent)


def _belongs_to_the_same(fresh: Path, place: Path) -> None:
    """Root restores for a service: the file and its lock must belong to whom the old one, or its folder, belonged to."""
    if os.geteuid() == 0:
        owner = (place if place.exists() else place.parent).stat()
        for path in (fresh, Path(f"{place}.lock")):
            with suppress(FileNotFoundError):
                os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _take_along(fresh: Path, old: Path) -> bool:
    """Take what was seen and told since from the replaced file; False where it cannot be read or is another's."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        try:
            connection.execute("ATTACH ? AS old", (str(old),))
            if not _goes_on(connection):
                return False
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN IMMEDIATE")
            for table in _taken(connection):
                connection.execute(f'DELETE FROM main."{table}"')
                connection.execute(f'INSERT INTO main."{table}" SELECT * FROM old."{table}"')
            for statement in _MARKS_OF_APPLICATIONS:
                connection.execute(statement)
            if connection.execute("PRAGMA main.foreign_key_check").fetchone():
                connection.execute("ROLLBACK")
                return False
            connection.execute("COMMIT")
        except sqlite3.Error:
            # Damaged: nothing of it is better than some of it.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return False
    return True


def _taken(connection: sqlite3.Connection) -> Iterator[str]:
    return (table for table in tables(connection) if table not in _OF_THE_BACKUP)


def _goes_on(connection: sqlite3.Connection) -> bool:
    """Is the old file sound, of the same shape, and the same database at a later time?"""
    shapes = [connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0] for schema in ("main", "old")]
    ours = connection.execute("PRAGMA old.application_id").fetchone()[0] == APPLICATION
    if not ours or shapes[0] != shapes[1] or connection.execute("PRAGMA old.integrity_check(1)").fetchone()[0] != "ok":
        return False
    missing = connection.execute(
        "SELECT (SELECT count(*) FROM main.postings AS p WHERE NOT EXISTS (SELECT 1 FROM old.postings AS o"
        " WHERE o.id = p.id AND o.source = p.source AND o.source_id = p.source_id))"
        " + (SELECT count(*) FROM main.deliveries AS d WHERE NOT EXISTS (SELECT 1 FROM old.deliveries AS o WHERE o.id = d.id))"
    )
    return bool(missing.fetchone()[0] == 0)


def _forget_first_readings(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection, connection:
        connection.execute("UPDATE sources SET first_read = NULL")
