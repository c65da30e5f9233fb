"""Cookies, tokens of forms, one-time links and passwords: random numbers whose hash alone is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from alerts.store.sessions import Session
from alerts.store.store import Store

LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=10)
#: The address of a feed lasts longer: a feed reader cannot sign in again.
FEED, FEED_LASTS = "feed", timedelta(days=366)
#: What a password is compared with where the name does not exist: the same time is taken.
_NOBODY: list[str] = []


def hashed(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token(cookie: str) -> str:
    """The token that every form of a sign-in carries."""
    return hmac.new(cookie.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def is_token(given: str, cookie: str) -> bool:
    """Is this the token of that sign-in?"""
    return hmac.compare_digest(given.encode(), token(cookie).encode())


def cookie_name(*, secure: bool) -> str:
    """Over https a name that only this host can set."""
    return "__Host-desk" if secure else "desk"


def cookie_line(name: str, value: str, *, secure: bool) -> str:
    """The header that keeps a sign-in; an empty value ends it."""
    age = int(LASTS.total_seconds()) if value else 0
    return f"{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def begin(store: Store, person: str, agent: str, now: datetime) -> str:
    """Sign a person in; the cookie."""
    cookie = secrets.token_urlsafe(32)
    agent = "".join(sign for sign in agent[:200] if sign.isprintable())
    store.sessions.add(Session(hashed(cookie), person, now, now + LASTS, agent, "auto", True))
    return cookie


def feed_key(store: Store, person: str, now: datetime) -> str:
    """A secret that reads the feed of a person, and nothing else."""
    key = secrets.token_urlsafe(32)
    store.sessions.add(Session(_hashed_feed(key), person, now, now + FEED_LASTS, "Feed reader", FEED, keys=False))
    return key


def of_feed(store: Store, key: str, now: datetime) -> Session | None:
    """Whose feed the secret reads."""
    found = store.sessions.get(_hashed_feed(key), now) if key else None
    return found if found and found.theme == FEED else None


def _hashed_feed(key: str) -> str:
    """By another hash than that of cookies, so that the secret of a feed is none that signs in."""
    return hashlib.blake2b(key.encode(), digest_size=32, person=b"job-alerts feed").hexdigest()


def one_time_link(store: Store, person: str, now: datetime) -> str:
    """A secret that signs a person in once, within ten minutes."""
    secret = secrets.token_urlsafe(32)
    store.sessions.keep_link(hashed(secret), person, now + LINK_LASTS, now)
    return secret


def hash_of(password: str) -> str:
    """What is stored of a password."""
    from argon2 import PasswordHasher

    return str(PasswordHasher().hash(password))


def password_is(store: Store, person: str, password: str) -> bool:
    """Is this the person's password? It takes the same time where there is no such person."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if not _NOBODY:
        _NOBODY.append(hash_of(secrets.token_urlsafe(16)))
    known = store.sessions.password(person)
    try:
        return PasswordHasher().verify(known or _NOBODY[0], password[:1000]) and known is not None
    except (VerificationError, InvalidHashError):
        return False
