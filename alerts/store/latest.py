"""The postings that this process wrote last: who looked some up before need not look them all up again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from alerts.model.identity import Fingerprint
from alerts.store.ledger import Ledger

#: As many are remembered.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """A posting that was written with its keys."""

    job: int
    fingerprint: Fingerprint
    keys: tuple[str, ...]


class Latest:
    """Counts what is written; read and written inside of transactions."""

    def __init__(self, ledger: Ledger) -> None:
        #: How often keys were written by this process: what was found by them before may lack something.
        self.count = 0
        self._rows: deque[Written | None] = deque(maxlen=MOST)
        ledger.at_the_end(lambda: None, self._undone)

    def added(self, job: int, fingerprint: Fingerprint, keys: Iterable[str]) -> None:
        """A posting is new."""
        self.count += 1
        self._rows.append(Written(job, fingerprint, tuple(keys)))

    def replaced(self) -> None:
        """A posting is another one now: what was read of it is wrong."""
        self.count += 1
        self._rows.append(None)

    def since(self, count: int) -> list[Written] | None:
        """What is new since then, the oldest first; None where that alone does not tell it."""
        missing = self.count - count
        rows = list(islice(self._rows, max(len(self._rows) - missing, 0), None))
        found = [row for row in rows if row is not None]
        return found if len(found) == missing else None

    def _undone(self) -> None:
        # A transaction came to nothing, and with it perhaps the last rows.
        self.count += 1
        self._rows.clear()
