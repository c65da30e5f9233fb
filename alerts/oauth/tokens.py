"""What a provider hands out, read from its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alerts.oauth.problem import NoToken

#: A provider that does not say how long a token is good is not believed for longer than this, in seconds.
_USUAL = 600


@dataclass(frozen=True, slots=True)
class Tokens:
    """A token for now, until when (seconds since 1970), and the one that new ones are asked for with."""

    access: str = field(repr=False)
    expires: float
    refresh: str = field(repr=False)


def read(fields: Mapping[str, Any], now: float, title: str, before: str = "") -> Tokens:
    """The tokens of an answer; ``before``: the refresh token that stays where no new one comes. Raises NoToken."""
    access, refresh = fields.get("access_token"), fields.get("refresh_token") or before
    if not isinstance(access, str) or not access or not isinstance(refresh, str):
        raise NoToken(f"{title} answered without a token; tried again later")
    if not refresh:
        raise NoToken(f"{title} gave no refresh token, so the login would end within the hour; log in again", permanent=True)
    lasts = fields.get("expires_in")
    try:
        seconds = float(lasts) if lasts is not None else _USUAL
    except (TypeError, ValueError):
        seconds = _USUAL
    return Tokens(access, now + max(0.0, min(seconds, 86_400.0)), refresh)
