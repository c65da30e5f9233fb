"""smtplib's client, whose login carries names and passwords beyond ASCII, and tokens."""

from __future__ import annotations

import base64
import hmac
import smtplib
import socket
from typing import Any

from alerts.oauth.xoauth2 import Xoauth2

_MOST_CHALLENGES = 5


class Smtp(smtplib.SMTP):
    """smtplib's client that lets us connect; what it sends and reads is its own."""

    sock: socket.socket | None
    file: object
    user: str
    password: str

    def __init__(self, name: str) -> None:
        super().__init__(local_hostname=name)

    def auth(self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """As smtplib's, but names and passwords beyond ASCII are sent as UTF-8, which SASL wants (RFC 4616)."""
        first = authobject() if initial_response_ok else None
        rounds = 0 if first is None else 1
        code, words = self.docmd("AUTH", mechanism.upper() if first is None else f"{mechanism.upper()} {_base64(first)}")
        while code == 334 and rounds <= _MOST_CHALLENGES:
            rounds += 1
            code, words = self.docmd(_base64(authobject(base64.decodebytes(words))))
        if code not in {235, 503}:
            raise smtplib.SMTPAuthenticationError(code, words)
        return code, words

    def login_by_token(self, user: str, token: str) -> None:
        """Log in with an access token; raises SMTPNotSupportedError where the server takes none, else as ``login`` does."""
        if "XOAUTH2" not in self.mechanisms():
            offered = " ".join(self.mechanisms()) or "no login at all"
            raise smtplib.SMTPNotSupportedError(f"the server takes no token (XOAUTH2); it offers {offered}")
        answers = Xoauth2(user, token)
        try:
            self.auth("XOAUTH2", answers)
        except smtplib.SMTPAuthenticationError as error:
            words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
            said = b"; ".join(filter(None, (words, answers.complaint.encode())))
            raise smtplib.SMTPAuthenticationError(error.smtp_code, said) from None

    def mechanisms(self) -> list[str]:
        """The ways of logging in that the server names."""
        return self.esmtp_features.get("auth", "").upper().split()

    def auth_cram_md5(self, challenge: bytes | None = None) -> str | None:  # type: ignore[override]
        """The same for the one mechanism that encodes the password itself."""
        if challenge is None:
            return None
        return f"{self.user} {hmac.new(self.password.encode(), challenge, 'md5').hexdigest()}"


def _base64(words: str) -> str:
    return base64.b64encode(words.encode()).decode()
