"""A small web server on the loopback interface whose pages are made at each request; it knows conditional requests."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to give."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[Asked], Given]


class Site:
    """A server on a free port of 127.0.0.1; ``answer`` makes every page, ``journal`` keeps every request and its status."""

    def __init__(self, answer: Answering) -> None:
        self.journal: list[tuple[Asked, int]] = []
        self._server = _Server(("127.0.0.1", 0), _handler(answer, self.journal))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``"""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


def _handler(answer: Answering, journal: list[tuple[Asked, int]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, self.rfile.read(length))
            given = answer(asked)
            tag = f'"{hashlib.sha256(given.body).hexdigest()[:16]}"'
            unchanged = given.status == 200 and asked.method == "GET" and asked.headers.get("if-none-match") == tag
            status = 304 if unchanged else given.status
            journal.append((asked, status))
            self.send_response(status)
            for name, value in {"ETag": tag, "Content-Type": given.content_type, **given.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if unchanged else str(len(given.body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(given.body)

        do_GET = do_POST = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """The journal is enough."""

    return Handler
