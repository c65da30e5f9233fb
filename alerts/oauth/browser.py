"""Log in with a browser whose last address is pasted here (RFC 8252, PKCE); needs no listener."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from alerts.fetch.client import Client
from alerts.oauth import ask
from alerts.oauth.problem import NoToken
from alerts.oauth.settings import Oauth
from alerts.oauth.tokens import Tokens, read


@dataclass(frozen=True, slots=True)
class Visit:
    """The page to open, and what proves afterwards that the answer is to this visit."""

    address: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


def begin(settings: Oauth, user: str) -> Visit:
    """The address to open."""
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "client_id": settings.client_id,
        "response_type": "code",
        "redirect_uri": settings.at("redirect"),
        "scope": settings.at("scope"),
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": user,
        # Google gives a refresh token only to who asks so.
        **({"access_type": "offline", "prompt": "consent"} if settings.provider == "google" else {}),
    }
    return Visit(f"{settings.at('authorize_url')}?{urlencode(query)}", state, verifier)


def finish(visit: Visit, pasted: str, settings: Oauth, client: Client, now: float) -> Tokens:
    """The tokens for the address at which the browser ended; raises NoToken."""
    try:
        query = {name: values[0] for name, values in parse_qs(urlsplit(pasted.strip()).query).items()}
    except ValueError:
        query = {}
    if query.get("error"):
        raise ask.refused(query, settings)
    if not query.get("code"):
        raise NoToken("that is not the address at which the browser ended: it holds code=…; start again", permanent=True)
    if query.get("state") != visit.state:
        raise NoToken("that address belongs to another visit; start again and paste the newest one", permanent=True)
    form = {
        **settings.client(),
        "grant_type": "authorization_code",
        "code": query["code"],
        "redirect_uri": settings.at("redirect"),
        "code_verifier": visit.verifier,
    }
    fields = ask.post(client, settings.at("token_url"), form, settings)
    if fields.get("error"):
        raise ask.refused(fields, settings, query["code"], *settings.client().values())
    return read(fields, now, settings.title)
