"""Servers on the loopback interface that do what they are told: an HTTP receiver and an SMTP server of raw sockets."""

from __future__ import annotations

import base64
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme

from alerts.fetch.client import Client


@dataclass
class Received:
    """One request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """An HTTP server: each request is answered by the next of ``answers`` (raw bytes, or a function of the connection)."""

    def __init__(self) -> None:
        self.answers: list[bytes | Callable[[socket.socket], None]] = []
        self.requests: list[Received] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/services/T000/B000/hush-hush"

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer the next request so."""
        extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        length = "" if status < 200 or status in {204, 304} else f"Content-Length: {len(body)}\r\n"
        self.answers.append(f"HTTP/1.1 {status} X\r\n{length}{extra}Connection: close\r\n\r\n".encode() + body)

    def close(self) -> None:
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        line.settimeout(10)
        try:
            with line.makefile("rb") as stream:
                first = stream.readline().decode().strip()
                headers = {}
                while text := stream.readline().decode("latin-1").strip():
                    name, _, value = text.partition(":")
                    headers[name.lower()] = value.strip()
                body = stream.read(int(headers.get("content-length", "0")))
            self.requests.append(Received(first, headers, body))
            answer = self.answers.pop(0) if self.answers else b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"
            if callable(answer):
                answer(line)
            else:
                line.sendall(answer)
        except OSError:
            pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with Client(allow_private=["127.0.0.0/8"], deadline=5.0) as one:
        yield one


@dataclass
class Mail:
    """One mail as the server has it."""

    sender: str
    recipients: list[str]
    content: bytes
    secure: bool


@dataclass
class Script:
    """What the SMTP server does. An answer "drop" closes the connection, "hang" says nothing more, "drip" a byte a second."""

    greeting: str = "220 test ESMTP"
    hello: str | None = None
    features: list[str] = field(default_factory=list)
    starttls: str = "220 go ahead"
    auth: str = "235 welcome"
    #: The access token that XOAUTH2 lets in; any other gets the challenge that Google and Microsoft send, and then ``auth``.
    token: str | None = None
    mail: str = "250 ok"
    #: By recipient, else ``rcpt_all``.
    rcpt: dict[str, str] = field(default_factory=dict)
    rcpt_all: str = "250 ok"
    data: str = "354 go on"
    #: Close while the mail is being read, after so many bytes.
    drop_in_data: int | None = None
    dot: str = "250 taken"
    quit: str = "221 bye"


class SmtpServer:
    """A scriptable SMTP server; ``journal`` holds every line that clients said, and whether it was over TLS."""

    def __init__(self, script: Script, context: ssl.SSLContext | None, *, implicit: bool = False) -> None:
        self.script = script
        self.mails: list[Mail] = []
        self.journal: list[tuple[bool, str]] = []
        self._context = context
        self._implicit = implicit
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        for line in self._open:
            line.close()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(line)
            threading.Thread(target=self._guarded, args=(line,), daemon=True).start()

    def _guarded(self, line: socket.socket) -> None:
        line.settimeout(20)
        session = None
        try:
            if self._implicit and self._context:
                line = self._context.wrap_socket(line, server_side=True)
            session = _Session(self, line)
            session.run()
        except (OSError, _Dropped, ValueError):
            pass
        finally:
            if session is not None:
                session.stream.close()
                session.line.close()
            line.close()


class _Dropped(Exception):
    """The script says to close."""


class _Session:
    def __init__(self, server: SmtpServer, line: socket.socket) -> None:
        self.server, self.line, self.script = server, line, server.script
        self.stream = line.makefile("rb")
        self.sender, self.recipients = "", list[str]()

    @property
    def secure(self) -> bool:
        return isinstance(self.line, ssl.SSLSocket)

    def say(self, answer: str) -> None:
        if answer == "drop":
            raise _Dropped
        if answer == "hang":
            time.sleep(15)
            raise _Dropped
        if answer == "drip":
            for sign in "250-" + "x" * 60:
                self.line.sendall(sign.encode())
                time.sleep(0.2)
            raise _Dropped
        self.line.sendall(answer.encode() + b"\r\n")

    def run(self) -> None:
        self.say(self.script.greeting)
        while raw := self.stream.readline():
            said = raw.decode("utf-8", "replace").strip()
            self.server.journal.append((self.secure, said))
            verb = said.split(" ")[0].upper()
            if verb == "QUIT":
                self.say(self.script.quit)
                return
            getattr(self, f"on_{verb.lower()}", self.on_other)(said)

    def on_other(self, said: str) -> None:
        self.say("502 what?")

    def on_ehlo(self, said: str) -> None:
        if self.script.hello is not None:
            return self.say(self.script.hello)
        features = [one for one in self.script.features if one != "STARTTLS" or not self.secure]
        lines = ["test", *features]
        self.line.sendall(b"".join(f"250{'-' if at < len(lines) - 1 else ' '}{one}\r\n".encode() for at, one in enumerate(lines)))
        return None

    on_helo = on_ehlo

    def on_starttls(self, said: str) -> None:
        self.say(self.script.starttls)
        if self.script.starttls.startswith("220") and self.server._context:
            self.line = self.server._context.wrap_socket(self.line, server_side=True)
            self.stream = self.line.makefile("rb")

    def on_auth(self, said: str) -> None:
        if self.script.token is None:
            return self.say(self.script.auth)
        blob = base64.b64decode(said.split(" ")[2]).decode()
        if blob.endswith(f"\x01auth=Bearer {self.script.token}\x01\x01"):
            return self.say("235 2.7.0 Accepted")
        complaint = {"status": "400", "schemes": "Bearer", "scope": "https://mail.google.com/"}
        self.say("334 " + base64.b64encode(json.dumps(complaint).encode()).decode())
        answer = self.stream.readline().decode().rstrip("\r\n")
        self.server.journal.append((self.secure, f"answer={answer}"))
        return self.say(self.script.auth if answer == "" else "501 5.5.2 an empty answer is wanted")

    def on_mail(self, said: str) -> None:
        self.sender, self.recipients = _inside(said), []
        self.say(self.script.mail)

    def on_rcpt(self, said: str) -> None:
        who = _inside(said)
        answer = self.script.rcpt.get(who, self.script.rcpt_all)
        self.say(answer)
        if answer.startswith("250"):
            self.recipients.append(who)

    def on_rset(self, said: str) -> None:
        self.say("250 ok")

    def on_data(self, said: str) -> None:
        self.say(self.script.data)
        if not self.script.data.startswith("354"):
            return
        if self.script.drop_in_data is not None:
            self.stream.read(self.script.drop_in_data)
            raise _Dropped
        lines = []
        while (raw := self.stream.readline()) not in {b".\r\n", b""}:
            lines.append(raw[1:] if raw.startswith(b".") else raw)
        if self.script.dot.startswith("250") or self.script.dot in {"drop", "hang"}:
            self.server.mails.append(Mail(self.sender, list(self.recipients), b"".join(lines), self.secure))
        self.say(self.script.dot)


def _inside(said: str) -> str:
    match = re.search(r"<([^>]*)>", said)
    return match[1] if match else ""


@dataclass
class Authority:
    """A certificate authority of the test, and a server certificate for localhost."""

    server: ssl.SSLContext
    pem: Path


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    pem = tmp_path_factory.mktemp("ca") / "ca.pem"
    issuer.cert_pem.write_to_path(str(pem))
    return Authority(context, pem)


@pytest.fixture
def smtp(authority: Authority) -> Iterator[Callable[..., SmtpServer]]:
    """Start a server: ``smtp(rcpt_all="550 no", …)``; ``implicit=True`` for TLS from the first byte."""
    started: list[SmtpServer] = []

    def start(*, implicit: bool = False, **script: object) -> SmtpServer:
        server = SmtpServer(Script(**script), authority.server, implicit=implicit)  # type: ignore[arg-type]
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()
