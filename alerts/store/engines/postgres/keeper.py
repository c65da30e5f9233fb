"""The care of a database on a server by its one worker: that the lock is still ours. All else the server does itself."""

from __future__ import annotations

from alerts.model.errors import StoreError, StoreLost
from alerts.model.server import Server
from alerts.store.engines.postgres import lock
from alerts.store.engines.postgres.ledger import PostgresLedger
from alerts.store.ledger import Ledger


def keeper_of(server: Server, ledger: Ledger) -> Keeper:
    """Look after a database for whose lock we have."""
    if not isinstance(ledger, PostgresLedger):
        raise StoreError(f"{server} is not what was opened")
    return Keeper(server, ledger)


class Keeper:
    """One database under the eyes of its worker."""

    def __init__(self, server: Server, ledger: PostgresLedger) -> None:
        self._server, self._ledger = server, ledger
        #: Taken again after a connection broke.
        self._again: lock.Lock | None = None
        ledger.fence = self._fence()

    def tend(self) -> None:
        """A lock that went with its connection is taken again; raises StoreLost where another worker was quicker."""
        if self._fence() != self._ledger.fence:
            raise StoreLost(f"another job-alerts took over the work on {self._server}; this one ends")
        if lock.holder(self._server) is None:
            self._take_again()

    def give_back(self) -> int:
        """The server does that by itself (autovacuum)."""
        return 0

    def close(self) -> None:
        """Let it go."""
        if self._again:
            self._again.close()
        self._ledger.close()

    def _take_again(self) -> None:
        if self._again:
            self._again.close()
        before = self._ledger.fence or 0
        self._again = lock.take(self._server)
        if self._fence() != before + 1:
            raise StoreLost(f"another job-alerts worked on {self._server} meanwhile; this one ends")
        self._ledger.fence = before + 1

    def _fence(self) -> int:
        row = self._ledger.row("SELECT fence FROM job_alerts")
        if row is None:
            raise StoreError(f"the database {self._server} is not one of ours any more")
        return int(row["fence"])
