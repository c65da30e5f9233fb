"""What psycopg says, as errors of ours: one line, without secrets, with what to do."""

from __future__ import annotations

import psycopg
from psycopg import errors

from alerts.model.errors import StoreError
from alerts.model.server import Server

#: Words of the server → what to do; it may say them in another language, then the last stands.
_ADVICE = (
    ("password", "check the password: it is taken from the address, from PGPASSWORD, or from ~/.pgpass"),
    ("pg_hba", "let this user in from here, in the server's pg_hba.conf"),
    ("role", "make the user with: createuser, or name another in settings.database"),
    ("does not exist", "make it with: createdb, or name another in settings.database"),
    ("too many", "raise max_connections of the server, or end other programs"),
    ("starting up", "the server is on its way; try again in a moment"),
)
_ELSE = "check that PostgreSQL runs there and that it can be reached from here"


def unreachable(server: Server, error: psycopg.Error) -> StoreError:
    """No connection came about."""
    said = _line(server, error)
    advice = next((words for sign, words in _ADVICE if sign in said), _ELSE)
    return StoreError(f"the database {server} cannot be used: {said}; {advice}")


def refusal(server: Server, error: psycopg.Error, *, writing: bool = True) -> StoreError:
    """A statement failed."""
    if isinstance(error, errors.LockNotAvailable):
        return StoreError(
            f"the database {server} could not be written: another program writes; nothing was kept, it is tried again"
        )
    said = _line(server, error)
    if isinstance(error, errors.InsufficientPrivilege):
        return StoreError(f"the database {server} cannot be used: {said}; give this user the right to it")
    if writing:
        return StoreError(f"the database {server} could not be written: {said}; nothing was kept, it is tried again")
    return StoreError(f"the database {server} could not be read: {said}; it is tried again")


def _line(server: Server, error: psycopg.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if "Multiple connection attempts" in " ".join(lines):
        lines = [line for line in lines if line.startswith("- ")] or lines
    said = " ".join(lines[0].removeprefix("- ").split()) if lines else type(error).__name__
    return server.hidden(said)
