"""No token could be had: why, and whether a person has to do something."""

from __future__ import annotations

import re

from alerts.model.errors import AlertsError

#: What looks like a token, a code or a key in what somebody else says.
_OPAQUE = re.compile(r"[\w.~+/=-]{24,}")


class NoToken(AlertsError):
    """``str()`` is one line without any secret. ``permanent``: trying again cannot help before a person does something."""

    def __init__(self, why: str, *, permanent: bool = False, login: bool = False, status: int | None = None) -> None:
        super().__init__(why)
        self.permanent = permanent
        #: True where ``job-alerts login`` is what helps.
        self.login = login
        #: The exit status, where a program of the user's failed.
        self.status = status


def harmless(said: str, *secrets: str) -> str:
    """A line of what somebody else said, without secrets and without what looks like one."""
    for secret in filter(None, secrets):
        said = said.replace(secret, "…")
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return _OPAQUE.sub("…", line)[:200]
