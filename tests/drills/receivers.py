"""Where messages go in a drill: an SMTP server and a webhook receiver that keep what they take, and fail as they are told."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

#: The reply to a whole mail, such as "250 taken"; None: the connection is dropped without one.
Take = Callable[[EmailMessage], str | None]


class Smtp:
    """An SMTP server on a free port of 127.0.0.1; ``take`` is asked once the whole mail is there, ``rcpt`` for each recipient."""

    def __init__(self, take: Take, rcpt: Callable[[str], str] = lambda _who: "250 ok") -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(take, rcpt))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """``127.0.0.1:PORT``"""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Smtp:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed in the middle is what drills are about."""


def _handler(take: Take, rcpt: Callable[[str], str]) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        timeout = 30

        def handle(self) -> None:
            self._say("220 drill ESMTP")
            while line := self.rfile.readline().decode("latin-1").strip():
                verb = line.split(":")[0].upper().split(" ")[0]
                if verb == "QUIT":
                    self._say("221 bye")
                    return
                if verb == "DATA":
                    self._say("354 go on")
                    mail = self._mail()
                    reply = take(mail) if mail is not None else None
                    if reply is None:
                        return
                    self._say(reply)
                elif verb == "RCPT":
                    self._say(rcpt(re.sub(r".*<([^>]*)>.*", r"\1", line)))
                else:
                    self._say("250 ok")

        def _mail(self) -> EmailMessage | None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            if line == b"":
                return None
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            return mail

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    return Handler
