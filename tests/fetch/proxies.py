"""A small HTTP proxy for tests: CONNECT and plain forwarding, with and without a password; it alone knows where names lead."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]


class ProxyServer:
    """Every name leads to ``to`` (host, port). ``refuse``: the status that every request is answered with."""

    def __init__(
        self, to: tuple[str, int], *, login: str | None = None, refuse: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self._to, self._refuse, self._tls = to, refuse, tls
        self._wanted = login and f"Basic {base64.b64encode(login.encode()).decode()}"
        self.asked: list[Asked] = []
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.9", 0))
        self.port = self._listener.getsockname()[1]

    def url(self, login: str = "") -> str:
        return f"{'https' if self._tls else 'http'}://{login}{'@' if login else ''}127.0.0.9:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for line in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(line)
            threading.Thread(target=self._guarded, args=(line,), daemon=True).start()

    def _guarded(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._serve(self._tls.wrap_socket(line, server_side=True) if self._tls else line)

    def _serve(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as stream:
            method, target, _ = stream.readline().decode().split()
            headers = {}
            while row := stream.readline().decode("latin-1").strip():
                name, _, value = row.partition(":")
                headers[name.lower()] = value.strip()
            self.asked.append(Asked(method, target, headers))
            status = 407 if self._wanted and headers.get("proxy-authorization") != self._wanted else self._refuse
            if status:
                line.sendall(f"HTTP/1.1 {status} SECRET-WORDS\r\nContent-Length: 0\r\n\r\n".encode())
                return
            with socket.create_connection(self._to, 5) as onward:
                if method == "CONNECT":
                    line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    threading.Thread(target=_pump, args=(line, onward), daemon=True).start()
                else:
                    path = "/" + target.split("://", 1)[1].partition("/")[2]
                    kept = {name: value for name, value in headers.items() if not name.startswith("proxy-")} | {
                        "connection": "close"
                    }
                    rows = "".join(f"{name}: {value}\r\n" for name, value in kept.items())
                    onward.sendall(f"{method} {path} HTTP/1.1\r\n{rows}\r\n".encode())
                    onward.sendall(stream.read(int(headers.get("content-length", "0"))))
                    onward.shutdown(socket.SHUT_WR)
                _pump(onward, line)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):
        while data := source.recv(1 << 16):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
