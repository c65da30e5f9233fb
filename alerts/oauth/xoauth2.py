"""What SMTP and IMAP are told with a token (SASL XOAUTH2), and what they say where they refuse it."""

from __future__ import annotations

import json

from alerts.oauth.problem import harmless


class Xoauth2:
    """Answers a server's challenges; smtplib and imaplib call it alike.

    A server that refuses the token says why in a second challenge, which wants an empty answer before the refusal itself comes.
    """

    def __init__(self, user: str, token: str) -> None:
        self._first = f"user={user}\x01auth=Bearer {token}\x01\x01"
        self._told = False
        #: What the server said of the token, in a few words; "" where it said nothing.
        self.complaint = ""

    def __call__(self, challenge: bytes | None = None) -> str:
        """The answer to one challenge."""
        if not self._told:
            self._told = True
            return self._first
        self.complaint = _words(challenge or b"")
        return ""


def _words(challenge: bytes) -> str:
    """``{"status":"401","schemes":"bearer","scope":"…"}`` in words; foreign words stay out, for they may repeat the token."""
    try:
        fields = json.loads(challenge)
        status = str(fields.get("status", ""))
    except (ValueError, AttributeError):
        return ""
    return f"the token was refused ({harmless(status)})" if status else ""
