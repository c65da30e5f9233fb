"""Log in on any device with a short code, and wait until that is done (RFC 8628)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from alerts.fetch.client import Client
from alerts.oauth import ask
from alerts.oauth.problem import NoToken, harmless
from alerts.oauth.settings import Oauth
from alerts.oauth.tokens import Tokens, read

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
#: Seconds more between two questions, once for each ``slow_down``.
_SLOWER = 5.0
#: Nobody waits longer than this for a person, in seconds.
_MOST = 1800.0


@dataclass(frozen=True, slots=True)
class Code:
    """What a person is shown, and what is asked with meanwhile."""

    #: The page on which the code is typed in.
    address: str
    shown: str
    secret: str = field(repr=False)
    #: Seconds for which it is good, and between two questions.
    lasts: float
    interval: float


def begin(settings: Oauth, client: Client) -> Code:
    """Ask for a code; raises NoToken."""
    form = {"client_id": settings.client_id, "scope": settings.at("scope")}
    fields = ask.post(client, settings.at("device_url"), form, settings)
    if fields.get("error"):
        raise ask.refused(fields, settings)
    # Google says verification_url, the standard and Microsoft verification_uri.
    address, shown, secret = (
        fields.get("verification_uri") or fields.get("verification_url"),
        fields.get("user_code"),
        fields.get("device_code"),
    )
    if not all(isinstance(one, str) and one for one in (address, shown, secret)):
        raise NoToken(f"{settings.title} answered without a code")
    return Code(
        _line(address), _line(shown), str(secret), _number(fields.get("expires_in"), 900), _number(fields.get("interval"), 5)
    )


def finish(code: Code, settings: Oauth, client: Client, wait: Callable[[float], None], clock: Callable[[], float]) -> Tokens:
    """Wait until a person has typed it in; raises NoToken when that is refused, or the code has run out."""
    form = {**settings.client(), "grant_type": _GRANT, "device_code": code.secret}
    end, interval = clock() + min(code.lasts, _MOST), max(code.interval, 1.0)
    while True:
        wait(interval)
        if clock() >= end:
            raise ask.refused({"error": "expired_token"}, settings)
        fields = ask.post(client, settings.at("token_url"), form, settings)
        problem = fields.get("error")
        if not problem:
            return read(fields, clock(), settings.title)
        if problem == "slow_down":
            interval += _SLOWER
        elif problem != "authorization_pending":
            raise ask.refused(fields, settings, code.secret, *settings.client().values())


def _line(said: Any) -> str:
    return harmless(str(said)) if not str(said).isprintable() else str(said)[:200]


def _number(said: Any, usual: float) -> float:
    try:
        return max(1.0, float(said))
    except (TypeError, ValueError):
        return usual
