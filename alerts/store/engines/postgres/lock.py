"""The lock of the one worker: held by a connection, so that it is free as soon as the worker or its machine is gone."""

from __future__ import annotations

import time

import psycopg

from alerts.model.errors import StoreError
from alerts.model.server import Server
from alerts.store.engines.postgres import errors, migrate
from alerts.store.engines.postgres.connections import Connection, connect

_KEY = f"({migrate.WORKER}, {migrate.PLACE})"
#: The server, too, notices within half a minute that the network to the worker is gone.
_NOTICED = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_TRIES = (0.1, 0.2, 0.3, 0.4)
_HOLDER = (
    "SELECT a.application_name AS name FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
    f" AND l.classid = {migrate.WORKER} AND l.objid = {migrate.PLACE}::oid"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Lock:
    """Held until it is closed, or its connection breaks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others work."""
        self._connection.close()


def take(server: Server) -> Lock:
    """Be the one worker on this database; raises StoreError when another is. Each time it is taken has a number, the fence."""
    connection = connect(server)
    try:
        connection.execute(_NOTICED.encode())
        migrate.migrate(server, connection)
        if not _taken(connection):
            who = _named(connection) or "unknown"
            raise StoreError(f"another job-alerts ({who}) works on {server}; stop it first, or let it do the work")
        connection.execute("UPDATE job_alerts SET fence = fence + 1")
    except BaseException as error:
        connection.close()
        if isinstance(error, psycopg.Error):
            raise errors.refusal(server, error) from None
        raise
    return Lock(connection)


def _taken(connection: Connection) -> bool:
    """Take the lock; the server may need a moment to see that one who was killed is gone."""
    for pause in (*_TRIES, None):
        got = connection.execute(f"SELECT pg_try_advisory_lock{_KEY} AS got").fetchone()
        if got and got["got"]:
            return True
        if pause:
            time.sleep(pause)
    return False


def holder(server: Server) -> str | None:
    """Who works on this database, in words; None when nobody does, or nobody can be asked."""
    try:
        connection = connect(server, readonly=True)
    except StoreError:
        return None
    with connection:
        return _named(connection)


def _named(connection: Connection) -> str | None:
    row = connection.execute(_HOLDER).fetchone()
    return None if row is None else str(row["name"] or "unknown").removeprefix("job-alerts, ")
