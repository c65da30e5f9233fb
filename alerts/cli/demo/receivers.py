"""An inbox, a Slack hook and a webhook receiver of the loopback interface: out of order at first; each keeps what arrives."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks import Webhook

from alerts.cli.demo.site import Asked, Given, Site


class Inbox:
    """An SMTP server; the first ``refusals`` messages are put off with 451."""

    def __init__(self, refusals: int = 1) -> None:
        self.mails: list[EmailMessage] = []
        self.refused = 0
        self._refusals = refusals
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port(), ready_timeout=10)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by the server for each message."""
        if self.refused < self._refusals:
            self.refused += 1
            return "451 4.7.1 Greylisted, please try again"
        content = envelope.content
        mail = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
        if isinstance(mail, EmailMessage):
            self.mails.append(mail)
        return "250 2.0.0 Taken"

    @property
    def address(self) -> str:
        """``127.0.0.1:PORT``"""
        return f"127.0.0.1:{self._controller.port}"

    def __enter__(self) -> Inbox:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._controller.stop()


def _free_port() -> int:
    """A port that is free just now: the server wants to know it beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Hook:
    """A webhook receiver that checks every signature; the first ``failures`` requests are answered 503."""

    def __init__(self, secret: str, failures: int = 1) -> None:
        self.messages: list[tuple[str, dict[str, Any]]] = []
        self.failed = 0
        self.unsigned = 0
        self._failures = failures
        self._webhook = Webhook(secret)
        self.site = Site(self._answer)

    def _answer(self, asked: Asked) -> Given:
        if self.failed < self._failures:
            self.failed += 1
            return Given(b"starting up", 503, "text/plain")
        name, sent = asked.headers.get("webhook-id", ""), asked.headers.get("webhook-timestamp", "0")
        # The demo's clock runs fast, so the signature is compared without the usual window of five minutes.
        expected = self._webhook.sign(name, datetime.fromtimestamp(int(sent), UTC), asked.body.decode())
        if asked.headers.get("webhook-signature") != expected:
            self.unsigned += 1
            return Given(b"wrong signature", 401, "text/plain")
        self.messages.append((name, json.loads(asked.body)))
        return Given(b"", 204)


class Slack:
    """An incoming webhook as Slack has them; the first ``limited`` requests are told to come later."""

    def __init__(self, limited: int = 1) -> None:
        self.messages: list[dict[str, Any]] = []
        self.put_off = 0
        self._limited = limited
        self.site = Site(self._answer)

    def _answer(self, asked: Asked) -> Given:
        if self.put_off < self._limited:
            self.put_off += 1
            return Given(b"rate_limited", 429, "text/plain", {"Retry-After": "60"})
        message = json.loads(asked.body)
        if not message.get("text") or not message.get("blocks"):
            return Given(b"no_text", 400, "text/plain")
        self.messages.append(message)
        return Given(b"ok", content_type="text/plain")

    @property
    def cards(self) -> list[str]:
        """The words of each job of each message."""
        blocks = [block for message in self.messages for block in message["blocks"]]
        return [block["text"]["text"] for block in blocks if block["type"] == "section"]
