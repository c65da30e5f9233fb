"""A token that is good now: the kept one, or a new one for the refresh token."""

from __future__ import annotations

import logging
import threading

from alerts.fetch.client import Client
from alerts.oauth import ask, keep
from alerts.oauth.problem import NoToken
from alerts.oauth.settings import Oauth
from alerts.oauth.tokens import Tokens, read

log = logging.getLogger("alerts")
#: A token that ends within so many seconds may end on the way.
_EARLY = 60.0
_one_at_a_time = threading.Lock()


def token(settings: Oauth, user: str, client: Client, now: float, *, not_this: str = "") -> str:
    """The access token; ``not_this``: one that the mail server has just refused. Raises NoToken."""
    path = keep.place(settings, user)
    with _one_at_a_time:
        kept = keep.load(path)
        if kept is None:
            raise NoToken(f"nobody has logged in at {settings.title} as {user} yet", permanent=True, login=True)
        if kept.access != not_this and kept.expires - _EARLY > now:
            return kept.access
        fresh = _renewed(settings, kept, client, now)
        try:
            keep.store(path, fresh)
        except OSError as error:
            # The old refresh token usually stays good; without a place to keep it every mail asks for a new token.
            log.warning("the login at %s cannot be kept in %s: %s", settings.title, path, error.strerror)
        return fresh.access


def _renewed(settings: Oauth, kept: Tokens, client: Client, now: float) -> Tokens:
    form = {**settings.client(), "grant_type": "refresh_token", "refresh_token": kept.refresh}
    if settings.provider == "microsoft":
        form["scope"] = settings.at("scope")
    fields = ask.post(client, settings.at("token_url"), form, settings)
    if fields.get("error"):
        raise ask.refused(fields, settings, kept.refresh, kept.access, *settings.client().values())
    return read(fields, now, settings.title, before=kept.refresh)
