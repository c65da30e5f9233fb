"""A small raw web server for tests: it says exactly the bytes it is told to, as slowly as it is told to.

    with Server(lambda ask: reply(200, b"hello")) as server:
        client.ask(Request(server.url("/feed")))
    assert server.asked[0].headers["user-agent"].startswith("job-alerts/")

The answer to a request is bytes, or a series of bytes (sent), numbers (seconds to wait), CLOSE and RESET.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

#: Steps of an answer that end the connection, politely or not.
CLOSE, RESET = "close", "reset"

Step = bytes | float | str


@dataclass(frozen=True)
class Ask:
    """A request as it arrived; header names in lower case, equal ones joined by ", ", ``at`` on the monotonic clock."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    at: float


def reply(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None, length: int | None = None) -> bytes:
    """A whole answer. ``length`` overrides what Content-Length claims."""
    head = {"Content-Length": str(len(body) if length is None else length), **(headers or {})}
    if status == 304:
        del head["Content-Length"]
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body


class Server:
    """Listens on ``host``; one thread a connection; ``asked`` is the journal, ``connections`` counts them all.

    ``greeting`` is said before any request was read.
    """

    def __init__(
        self,
        answer: Callable[[Ask], bytes | Iterable[Step]],
        *,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
        greeting: bytes = b"",
    ) -> None:
        self._greeting = greeting
        self._answer = answer
        self._tls = tls
        self._host = host
        self.asked: list[Ask] = []
        self.connections = 0
        self.in_flight = 0
        self.most_in_flight = 0
        self._stopped = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=128)
        self.port = self._listener.getsockname()[1]

    def url(self, path: str = "/", host: str | None = None) -> str:
        shown = host or (f"[{self._host}]" if ":" in self._host else self._host)
        return f"{'https' if self._tls else 'http'}://{shown}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            sockets = list(self._open)
        for open_socket in sockets:
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        plain = connection
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._greeting:
                connection.sendall(self._greeting)
            with connection.makefile("rb") as stream:
                while ask := _read(stream):
                    if not self._one(connection, ask):
                        return
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(plain)
            connection.close()

    def _one(self, connection: socket.socket, ask: Ask) -> bool:
        with self._lock:
            self.asked.append(ask)
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            answer = self._answer(ask)
            for step in [answer] if isinstance(answer, bytes) else answer:
                if isinstance(step, bytes):
                    connection.sendall(step)
                elif isinstance(step, str):
                    if step == RESET:
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return False
                elif self._stopped.wait(step):
                    return False
            return True
        finally:
            with self._lock:
                self.in_flight -= 1


class Canary:
    """A listener that nobody may ever connect to."""

    def __init__(self, host: str, port: int = 0) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self._listener.settimeout(0.0)
        self.port = self._listener.getsockname()[1]

    def touched(self) -> bool:
        """Did anyone connect?"""
        try:
            self._listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._listener.close()


def _read(stream: object) -> Ask | None:
    line = stream.readline().decode("latin-1").split()
    if len(line) < 2:
        return None
    headers = {}
    while (row := stream.readline().decode("latin-1").strip()) != "":
        name, _, value = row.partition(":")
        before = f"{headers[name.lower()]}, " if name.lower() in headers else ""
        headers[name.lower()] = before + value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return Ask(line[0], line[1], headers, body, time.monotonic())
