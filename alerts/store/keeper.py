"""The care of the database by its one worker: the log is folded in by nobody else, and a lost file is noticed.

Before SQLite 3.51.3 two connections that write and checkpoint a write-ahead log at the same instant can lose commits: one
starts the log anew while the other, which still sees the old one, marks frames as copied that were not there yet. So a read
transaction is held open here for as long as the worker lives: while it stands, no connection of any program can start the
log anew and mark frames beyond it. It is let go only to copy the log into the file, under the lock of a writer, when nobody
can start a new log. Readers are never in the way of the writer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from alerts.model.errors import StoreError, StoreLost
from alerts.store.ledger import Ledger
from alerts.store.lock_file import lost
from alerts.store.vacuum import give_back

#: The log is folded in when it is so large, and so often when anything was written, in seconds.
LARGE, OFTEN = 4 << 20, 60.0
_MAGIC = b"SQLite format 3\x00"


class Keeper:
    """One database file under the eyes of its worker."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self._path, self._ledger = path, ledger
        self._log = Path(f"{path}-wal")
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        #: How long the file was at the last look.
        self._size = os.fstat(self._file).st_size
        self._pin: sqlite3.Connection | None = None
        if ledger.rows("PRAGMA journal_mode") == [{"journal_mode": "wal"}]:
            self._pin = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
            _hold(self._pin)
        self._folded = (0.0, time.monotonic())
        self._names = [path, self._log, Path(f"{path}-shm")] if self._pin else [path]
        self._identities = [_identity(name) for name in self._names]

    def tend(self) -> None:
        """Look whether the file is still the one that was opened, and fold the log in; raises StoreLost."""
        self.check()
        if self._pin and self._wants_folding():
            with suppress(StoreError):  # another program writes: the next time
                self.fold()

    def check(self) -> None:
        """Raise StoreLost when the file was removed, renamed, replaced, truncated or overwritten."""
        why = self._wrong()
        if why and "shorter" in why:  # another program may be copying the log into the file at this moment
            time.sleep(0.2)
            why = self._wrong()
        if why:
            raise StoreLost(lost(self._path, f"{why} while it was in use"))

    def fold(self) -> None:
        """Copy the log into the file; raises StoreError where another program writes."""
        if self._pin is None:
            return
        with self._ledger.transaction(patience=0.5):
            self._pin.rollback()
            try:
                self._pin.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                _hold(self._pin)
        self._folded = (self._written(), time.monotonic())

    def give_back(self) -> int:
        """Give free pages back to the disk; how many went."""
        return give_back(self._ledger)

    def close(self) -> None:
        """Let the file go; after the pin nobody is protected, so the worker must write no more."""
        if self._pin:
            self._pin.close()
        self._ledger.close()
        os.close(self._file)

    def _wants_folding(self) -> bool:
        written, at = self._folded
        try:
            large = self._log.stat().st_size > LARGE
        except OSError:
            return False
        waited = time.monotonic() - at
        return self._written() != written and waited > (OFTEN / 12 if large else OFTEN)

    def _written(self) -> float:
        with suppress(OSError):
            return self._log.stat().st_mtime
        return 0.0

    def _wrong(self) -> str | None:
        for name, identity in zip(self._names, self._identities, strict=True):
            now = _identity(name)
            if now is None:
                return "was removed or renamed" if name == self._path else f"lost its file {name.name}"
            if now != identity:
                return "was replaced by another file" if name == self._path else f"lost its file {name.name}"
        head = os.pread(self._file, 100, 0)
        if not head.startswith(_MAGIC):
            return "was emptied or overwritten"
        size, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
        return self._cut((65536 if size == 1 else size) * pages)

    def _cut(self, expected: int) -> str | None:
        """A fold that found the disk full leaves a file that is shorter than its head says, and loses nothing."""
        size, before = os.fstat(self._file).st_size, self._size
        if size < expected and size < before:
            return "is shorter than it should be; it was cut"
        self._size = size
        return None


def _hold(pin: sqlite3.Connection) -> None:
    """Begin to read; nobody starts the log anew until this ends."""
    pin.execute("BEGIN")
    pin.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
