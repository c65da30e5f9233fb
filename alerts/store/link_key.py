"""The key by which links of alerts are signed: in a file of its own beside the database, for no secret lies in the database."""

from __future__ import annotations

import logging
import os
import re
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from alerts.model.errors import StoreError
from alerts.model.server import Database
from alerts.store.owner import another
from alerts.store.places import beside
from alerts.store.store import Store

log = logging.getLogger("alerts")
#: Where earlier versions kept it.
FACT = "act-link-key"
_KEY = re.compile(rb"[0-9a-f]{64}\s*")


def place_of(database: Database) -> Path:
    """Where the key of a database lies."""
    return Path(f"{beside(database)}.link-key")


def read(database: Database) -> bytes:
    """The key; empty where no link was ever made. Raises StoreError where the file is there and of no use."""
    place = place_of(database)
    try:
        number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreError(f"{place} cannot be read: {error.strerror}; {another(place) or 'make it readable for you'}") from None
    with os.fdopen(number, "rb") as file:
        found = file.read(200)
    if not _KEY.fullmatch(found):
        raise StoreError(f"{place} holds no key; remove it, and links in messages that were sent end")
    return bytes.fromhex(found.decode())


def made(database: Database) -> bytes:
    """The key, made now where there is none."""
    return read(database) or _kept(database, secrets.token_bytes(32))


def _kept(database: Database, key: bytes) -> bytes:
    """Write it down, whole or not at all; who was first is right."""
    place = place_of(database)
    partial = place.with_name(f".{place.name}.{secrets.token_hex(4)}.partial")
    try:
        number = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(number, "w") as file:
            file.write(f"{key.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(partial, place)
    except OSError as error:
        raise StoreError(f"{place} cannot be written: {error.strerror}; make its folder writable for you") from None
    finally:
        partial.unlink(missing_ok=True)
    return read(database)


def take_over(store: Store, database: Database, now: datetime) -> None:
    """Move the key of an earlier version out of the database: links in messages that were sent go on working."""
    if kept := store.fact(FACT):
        try:
            _ = read(database) or _kept(database, bytes.fromhex(kept[0]))
        except (StoreError, ValueError) as error:
            log.warning("the key of links stays in the database: %s", error)
            return
        store.keep_fact(FACT, "0" * len(kept[0]), now)  # its place in the file is written over
        store.forget_fact(FACT)
