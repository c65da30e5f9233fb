"""Room that is no longer needed goes back to the disk: in small steps beside the daemon, or all at once while it rests.

A file of ours is made so that its free pages can be given back a few at a time. Each step is a transaction like any other:
it goes through the write-ahead log, a kill in its middle undoes it, and readers see the state before. Files made before that
was so keep their free pages for what comes next, until they are written anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.store.database import connect
from alerts.store.ledger import Ledger
from alerts.store.lock_file import lock

#: Pages given back in one transaction, and in one call: no more than the log is folded in by at a time.
_STEP, MOST = 100, 1000
#: Of so many pages one stays free for what comes next, so that the file does not shrink and grow every day.
_SPARE = 16
_INCREMENTAL = 2


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """The size of the file before and after, in bytes."""

    before: int
    after: int


def give_back(ledger: Ledger, most: int = MOST) -> int:
    """Give free pages back to the disk, where the file was made so that it can; how many went. Raises StoreError."""
    if _number(ledger, "auto_vacuum") != _INCREMENTAL:
        return 0
    spare = _number(ledger, "page_count") // _SPARE
    wanted = min(most, _number(ledger, "freelist_count") - spare)
    for begin in range(0, wanted, _STEP):
        with ledger.transaction():
            for _ in range(min(_STEP, wanted - begin)):
                ledger.write("PRAGMA incremental_vacuum(1)")  # one step of it gives back one page, however many are asked for
    return max(0, wanted)


def vacuum(path: Path) -> Vacuumed:
    """Write the whole file anew, as small as it can be, and able to shrink from then on; raises StoreError.

    No daemon may work on it. It needs room for a second copy; until the end the old one counts.
    """
    if not path.is_file():
        raise StoreError(f"there is no database at {path} yet; start with: job-alerts poll")
    before = path.stat().st_size
    with lock(path), closing(connect(path)) as connection:
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                f"{path} cannot be written anew: {error}; nothing is lost. It needs as much free space as the file is large,"
                " and that no other program reads it"
            ) from None
    return Vacuumed(before, path.stat().st_size)


def _number(ledger: Ledger, pragma: str) -> int:
    return int(ledger.rows(f"PRAGMA {pragma}")[0][pragma.partition("(")[0]])
