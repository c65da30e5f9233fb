"""One SMTP conversation under one deadline, step by step, so that the step that failed is known."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType

import httpcore

from alerts.channels import _sasl
from alerts.channels._smtp_words import certificate_refused, text, words_of
from alerts.fetch import certificates
from alerts.fetch.budget import Budget
from alerts.fetch.resolve import Names, Resolver, Unresolved

#: The ways of logging in with a password that smtplib knows.
_BY_PASSWORD = frozenset({"PLAIN", "LOGIN", "CRAM-MD5"})


class Failed(Exception):
    """The conversation ended early. ``code`` is None where the other side gave none; ``stage`` names the step."""

    def __init__(
        self, stage: str, why: str, code: int | None = None, *, ambiguous: bool = False, permanent: bool = False
    ) -> None:
        super().__init__(why)
        self.stage = stage
        self.code = code
        self.ambiguous = ambiguous
        #: True where trying again cannot help before the operator changes something.
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Server:
    """Where to, and how."""

    host: str
    port: int
    #: TLS from the first byte.
    implicit: bool = False
    #: required | offered | never: STARTTLS, where it is not implicit.
    tls: str = "offered"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    #: An access token, where that takes the place of a password.
    token: str | None = field(default=None, repr=False)
    #: Who may vouch for the server; None: the authorities that are commonly believed.
    trust: ssl.SSLContext | None = None
    #: What we call ourselves.
    name: str = "localhost"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the recipients: those the server accepted, and ``(code, words)`` of those it did not."""

    accepted: tuple[str, ...]
    refused: Mapping[str, tuple[int, str]]
    #: The code and words of the final answer; None where nobody was accepted.
    final: tuple[int, str] | None


class Conversation:
    """A connection that is given up as a whole when ``seconds`` have passed, however slowly the other side drips."""

    def __init__(self, server: Server, seconds: float, resolver: Resolver | None = None) -> None:
        self._server = server
        self._names = Names(resolver)
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self._late = False
        self._smtp = _sasl.Smtp(server.name)
        self._watch = threading.Timer(seconds, self._cut)
        self._watch.daemon = True

    def __enter__(self) -> Conversation:
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # What follows the last answer changes nothing: it must not cost the whole deadline.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(min(self._left(), 2.0))
                self._smtp.putcmd("QUIT")
        self._watch.cancel()
        self._smtp.close()

    def open(self) -> None:
        """Connect, greet, secure the line and log in; raises Failed."""
        server = self._server
        with self._step("connect"):
            self._smtp.sock = self._connected()
            code, words = self._smtp.getreply()
            self._expect("connect", code, words)
        self._hello()
        if not server.implicit and server.tls != "never":
            self._secure()
        if server.user is not None and (server.password or server.token):
            self._login(server.user)

    def offers(self, feature: str) -> bool:
        """Did the server name this extension?"""
        return self._smtp.has_extn(feature)

    @property
    def size_limit(self) -> int | None:
        """The largest mail that the server says it takes, in bytes."""
        said = self._smtp.esmtp_features.get("size", "")
        return int(said) if said.isascii() and said.isdigit() and int(said) > 0 else None

    def hand_over(self, sender: str, recipients: Sequence[str], mail: bytes, *, utf8: bool = False) -> Taken:
        """MAIL, RCPT for each, DATA. Raises Failed for all but the recipients that were refused one by one."""
        options = [f"SIZE={len(mail)}"] if self.offers("size") else []
        options += ["SMTPUTF8"] if utf8 else []
        with self._step("mail"):
            self._smtp.command_encoding = "utf-8" if utf8 else "ascii"
            code, words = self._smtp.mail(sender, options)
            self._expect("mail", code, words)
        refused: dict[str, tuple[int, str]] = {}
        with self._step("rcpt"):
            for recipient in recipients:
                code, words = self._smtp.rcpt(recipient)
                if code // 100 != 2:
                    refused[recipient] = (code, text(words))
                if code == 421:
                    raise Failed("rcpt", text(words), code)
        accepted = tuple(one for one in recipients if one not in refused)
        return Taken(accepted, refused, self._data(mail) if accepted else None)

    def _data(self, mail: bytes) -> tuple[int, str]:
        with self._step("data"):
            code, words = self._smtp.docmd("DATA")
            if code != 354:
                return (code if code // 100 in {4, 5} else 451), text(words)
            self._smtp.sock.settimeout(self._left())  # type: ignore[union-attr]
            self._smtp.send(_framed(mail))
        # From here on the server may have the whole mail, whatever becomes of the connection.
        with self._step("data", ambiguous=True):
            code, words = self._smtp.getreply()
        return code, text(words)

    def _hello(self) -> None:
        with self._step("hello"):
            code, words = self._smtp.ehlo()
            if code // 100 == 5:
                code, words = self._smtp.helo()
            self._expect("hello", code, words)

    def _secure(self) -> None:
        if not self.offers("starttls"):
            if self._server.tls == "required":
                raise Failed(
                    "starttls", "the server offers no STARTTLS, and the password is not sent in the clear", permanent=True
                )
            return
        with self._step("starttls"):
            code, words = self._smtp.docmd("STARTTLS")
            self._expect("starttls", code, words)
            self._smtp.sock = self._wrapped(self._smtp.sock)
            # What was read ahead in the clear is not part of the secure conversation.
            self._smtp.file = None
        self._hello()

    def _login(self, user: str) -> None:
        token, password = self._server.token, self._server.password
        if not self._server.implicit and not isinstance(self._smtp.sock, ssl.SSLSocket):
            raise Failed("auth", f"the line is not secure, so the {'token' if token else 'password'} is not sent", permanent=True)
        offered = self._smtp.mechanisms()
        if not token and offered and not _BY_PASSWORD.intersection(offered):
            raise Failed("auth", f"the server takes no passwords; it offers {' '.join(offered)}", permanent=True)
        try:
            with self._step("auth"):
                if token:
                    self._smtp.login_by_token(user, token)
                else:
                    self._smtp.login(user, password or "")
        except UnicodeEncodeError:
            raise Failed(
                "auth", "user name or password hold characters that this server's login cannot carry", permanent=True
            ) from None

    def _connected(self) -> socket.socket:
        """A line to the first address that answers; a silent one leaves the others their share of the time."""
        server = self._server
        addresses = self._names.addresses(server.host, server.port, Budget(self._left()))
        problem: OSError = OSError("no address found")
        for left_over, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                return self._line_to(address, self._left() / left_over)
            except ssl.SSLCertVerificationError:
                raise
            except OSError as error:
                problem = error
        raise problem

    def _line_to(self, address: str, seconds: float) -> socket.socket:
        line = socket.create_connection((address, self._server.port), seconds)
        self._smtp.sock = line
        try:
            return self._wrapped(line) if self._server.implicit else line
        except OSError:
            line.close()
            raise

    def _wrapped(self, line: socket.socket | None) -> socket.socket:
        if line is None:
            raise OSError("not connected")
        return (self._server.trust or certificates.trust()).wrap_socket(line, server_hostname=self._server.host)

    @contextlib.contextmanager
    def _step(self, stage: str, *, ambiguous: bool = False) -> Iterator[None]:
        """One step under the deadline; whatever breaks becomes Failed."""
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(self._left())
            yield
        except smtplib.SMTPResponseException as error:
            raise Failed(stage, text(error.smtp_error), error.smtp_code, ambiguous=ambiguous and error.smtp_code < 0) from None
        except smtplib.SMTPNotSupportedError as error:
            raise Failed(stage, str(error), permanent=True) from None
        except smtplib.SMTPServerDisconnected:
            raise Failed(stage, self._broken("the server closed the connection"), ambiguous=ambiguous) from None
        except ssl.SSLCertVerificationError as error:
            raise Failed(
                stage,
                certificate_refused(
                    error, self._server.host, by_itself=not (self._server.implicit or self._server.tls == "required")
                ),
                permanent=True,
            ) from None
        except Unresolved as error:
            raise Failed(stage, f"{error}; check the server's name and this machine's DNS") from None
        except httpcore.TimeoutException:
            raise Failed(stage, "its name could not be resolved in time; check this machine's DNS") from None
        except (OSError, ValueError) as error:
            if isinstance(error, UnicodeEncodeError):
                raise
            raise Failed(stage, self._broken(words_of(error)), ambiguous=ambiguous) from None

    def _expect(self, stage: str, code: int, words: bytes | str) -> None:
        if code // 100 != 2:
            raise Failed(stage, text(words), code)

    def _broken(self, why: str) -> str:
        return f"no complete answer within {self._seconds:g} s" if self._late or time.monotonic() >= self._end else why

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline")
        return left

    def _cut(self) -> None:
        """The deadline: whoever waits on the line is woken by its end."""
        self._late = True
        line = self._smtp.sock
        if line is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)


def _framed(mail: bytes) -> bytes:
    """The mail as DATA carries it: CRLF only, leading dots doubled, the final dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", mail)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
