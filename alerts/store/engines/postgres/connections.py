"""Connections to a server: opened with clear words, kept for the next who asks, given up when they broke.

psycopg's own pool connects in threads of its own, so that who asks hears that it took too long instead of why; and a command
that writes one row would start them. A few connections of threads that come and go are all that is needed here.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from alerts.model.errors import StoreError
from alerts.model.server import Server
from alerts.store.engines.postgres import errors

#: The oldest server whose SQL has what ours needs (``normalize``).
OLDEST = 130000
#: Connections of one process at once; those who need another wait.
MOST = 4
#: A network that is cut without a word, or a server that is frozen, is noticed after about 20 s.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "client_encoding": "utf8",
}
Connection = psycopg.Connection[dict[str, Any]]


def connect(server: Server, *, readonly: bool = False, oldest: int = OLDEST) -> Connection:
    """A connection in which every statement counts at once, until BEGIN; raises StoreError with what to do."""
    try:
        connection = psycopg.connect(_whole(server), autocommit=True, row_factory=dict_row)
    except psycopg.Error as error:
        raise errors.unreachable(server, error) from None
    try:
        _check(server, connection, oldest)
        if readonly:
            connection.execute("SET default_transaction_read_only = on")
    except BaseException as error:
        connection.close()
        if isinstance(error, psycopg.Error):
            raise errors.unreachable(server, error) from None
        raise
    return connection


def _whole(server: Server) -> str:
    name = f"job-alerts, process {os.getpid()} on {socket.gethostname()}"[:63]
    given = conninfo_to_dict(server.address)
    return make_conninfo("", **{"application_name": name, **_PATIENCE, **given})


def _check(server: Server, connection: Connection, oldest: int) -> None:
    version = connection.info.server_version
    if version < oldest:
        raise StoreError(f"{server} runs PostgreSQL {version // 10000}; job-alerts needs {oldest // 10000} or newer")
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise StoreError(
            f"{server} is kept as {encoding}; make a database with: createdb --encoding=UTF8 --template=template0 NAME"
        )


class Connections:
    """Those of one process to one server."""

    def __init__(self, server: Server, *, readonly: bool) -> None:
        self.server = server
        self._readonly = readonly
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(MOST)
        self._closed = False

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A connection of one's own for a while; raises StoreError."""
        with self._room:
            connection = self._taken() or connect(self.server, readonly=self._readonly)
            try:
                yield connection
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Give all back, also those that come back later."""
        with self._lock:
            self._closed, idle, self._idle = True, self._idle, []
        for connection in idle:
            connection.close()

    def _taken(self) -> Connection | None:
        with self._lock:
            if self._closed:
                raise StoreError(f"the database {self.server} was closed")
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: Connection) -> None:
        resting = not connection.closed and connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with self._lock:
            if resting and not self._closed:
                self._idle.append(connection)
                return
        connection.close()
