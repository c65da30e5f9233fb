"""Where the database is, a file or a server: the little that is done in another way for each."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, Protocol

from alerts.model.errors import StoreError
from alerts.model.server import Database, Server
from alerts.store import lock_file
from alerts.store.database import connect
from alerts.store.engines.postgres.library import needed
from alerts.store.engines.sqlite import SqliteLedger
from alerts.store.identity import identify
from alerts.store.keeper import Keeper
from alerts.store.ledger import Ledger

#: The lock of the one worker, until the block ends or it is closed.
Held = AbstractContextManager[Any]


class Keeping(Protocol):
    """The care of a database by its one worker."""

    def tend(self) -> None:
        """Look whether it is still ours, and look after it; raises StoreLost."""

    def give_back(self) -> int:
        """Give room that is no longer needed back to the disk."""

    def close(self) -> None:
        """Let it go."""


def lock(database: Database) -> Held:
    """Be the one worker on this database until what is returned is closed; raises StoreError when another is."""
    if isinstance(database, Path):
        return lock_file.lock(database)
    needed()
    from alerts.store.engines.postgres.lock import take

    return take(database)


def holder(database: Database) -> str | None:
    """Which process works on this database, in words; None when nothing does."""
    if isinstance(database, Path):
        return lock_file.holder(database)
    needed()
    from alerts.store.engines.postgres import lock as server_lock

    return server_lock.holder(database)


def opened(database: Database | str, *, readonly: bool, patience: float) -> Ledger:
    """The database, on the newest shape; raises StoreError with what to do."""
    if not isinstance(database, Server):
        return SqliteLedger(connect(database, readonly=readonly, patience=patience), patience)
    needed()
    from alerts.store.engines.postgres.ledger import opened as server_ledger

    return server_ledger(database, readonly=readonly, patience=patience)


def kept(database: Database, ledger: Ledger) -> Keeping:
    """Look after a database for whose lock we have."""
    if isinstance(database, Path):
        identify(ledger, database)
        return Keeper(database, ledger)
    from alerts.store.engines.postgres.keeper import keeper_of

    return keeper_of(database, ledger)


def beside(database: Database) -> Path:
    """The path by which files of ours beside it are named."""
    return database if isinstance(database, Path) else database.beside


def file_of(database: Database, instead: str) -> Path:
    """The file; raises StoreError where there is none, with what to do ``instead``."""
    if isinstance(database, Path):
        return database
    raise StoreError(f"the database {database} is no file; {instead}")


def exists(database: Database) -> bool:
    """Is anything there? A server is asked when it is used."""
    return database.exists() if isinstance(database, Path) else True


def left_behind(database: Database) -> str:
    """What to say where the words of what was deleted may still stand."""
    if isinstance(database, Path):
        return "the log of the database is in use and may hold the words until job-alerts is stopped"
    return "the server's own log, its replicas and backups may hold the words still; that is the server's to remove"


def size(database: Database) -> int:
    """Bytes on the disk, the log included; 0 where that is another machine's."""
    total = 0
    for name in (database, Path(f"{database}-wal")) if isinstance(database, Path) else ():
        with suppress(OSError):
            total += name.stat().st_size
    return total
