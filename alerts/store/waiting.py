"""Wait for another program that holds the database: fairly, with an end, and said once when it lasts."""

from __future__ import annotations

import logging
import random
import sqlite3
import time

from alerts.model.errors import StoreError, StoreLost

log = logging.getLogger("alerts")
#: Seconds that a command waits for another program; the daemon waits for as long as it takes.
PATIENCE = 10.0
#: A wait of so many seconds is said.
SAID = 5.0
#: Pauses between two tries, in seconds: short, and by chance, so that a program that writes without a pause is not always ahead.
_PAUSE = (0.002, 0.03)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_busy(error: sqlite3.Error) -> bool:
    """Does another program (or connection) hold the file?"""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def refusal(error: sqlite3.Error, *, writing: bool = True) -> StoreError:
    """What SQLite said, as an error of ours: damaged for good, or worth another try."""
    if _code(error) in _DAMAGED:
        return StoreLost(f"the database is damaged: {error}; restore a backup")
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return StoreLost("the database was moved or removed while it was in use; put it back, or restore a backup")
    if writing:
        return StoreError(f"the database could not be written: {error}; nothing was kept, it is tried again")
    return StoreError(f"the database could not be read: {error}; it is tried again")


class Waiting:
    """One wait for a lock of another program."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._began: float | None = None
        self._said = False

    def again(self) -> bool:
        """Wait a little; False when the patience is at its end."""
        now = time.monotonic()
        self._began = now if self._began is None else self._began
        waited = now - self._began
        if waited >= self._patience:
            return False
        if waited >= SAID and not self._said:
            self._said = True
            log.warning("another program holds the database; waiting for it")
        time.sleep(random.uniform(*_PAUSE))  # noqa: S311
        return True

    def over(self) -> None:
        """The lock is gone."""
        if self._said and self._began is not None:
            log.info("the database is free again, after %.0f s", time.monotonic() - self._began)


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
