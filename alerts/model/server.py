"""A database on a PostgreSQL server, as the configuration names it; its password is never shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

#: How an address of one begins.
SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """Where the database is, and a place on this machine for the little that must not depend on a network."""

    #: As psycopg takes it; it may hold a password.
    address: str
    #: The name of files of ours beside the work, as if the database lay there.
    beside: Path = field(compare=False)

    def __str__(self) -> str:
        parts = urlsplit(self.address)
        user = f"{unquote(parts.username)}@" if parts.username else ""
        host = parts.netloc.rpartition("@")[2]
        return f"postgresql://{user}{host}{parts.path}"

    def __repr__(self) -> str:
        return f"Server({self})"

    def hidden(self, words: str) -> str:
        """The words of a library, without the address and the password that may stand in them."""
        parts = urlsplit(self.address)
        asked = {part for _, value in parse_qsl(parts.query) for part in (value, quote(value))}
        secrets = asked | {self.address, parts.password or "", unquote(parts.password or ""), parts.query, unquote(parts.query)}
        for secret in sorted(secrets - {""}, key=len, reverse=True):
            words = words.replace(secret, "***")
        return words


#: Where the database is: a file of SQLite, or a server.
Database = Path | Server


def is_server(words: str) -> bool:
    """Does a configuration name a server?"""
    return words.partition("://")[0].lower() in SCHEMES and "://" in words


def wrong(address: str) -> str | None:
    """What is wrong with an address, without its words; None where nothing is."""
    try:
        parts = urlsplit(address)
        named = parts.port is None or parts.port > 0
    except ValueError:
        named = False
    if not named:
        return "is no address of a database; write postgresql://USER@HOST:5432/NAME"
    if parts.netloc.count("@") > 1:
        return "has an @ in its user or password; write it as %40"
    if not parts.path.strip("/"):
        return "names no database; write postgresql://USER@HOST:5432/NAME"
    return None
