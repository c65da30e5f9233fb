"""Bring a database to the newest shape: the numbered files of SQLite, translated, or their twins beside this file."""

from __future__ import annotations

from importlib import resources

import psycopg

from alerts.model.errors import StoreError
from alerts.model.server import Server
from alerts.store.engines.postgres.connections import Connection
from alerts.store.engines.postgres.dialect import schema
from alerts.store.migrate import steps

#: "JobA" and "JobW" in ASCII: the locks of the one worker and of who writes, told from those of other programs.
WORKER, WRITER = 0x4A6F6241, 0x4A6F6257
#: The lock is one of this schema: several may lie in one database.
PLACE = "(hashtext(current_schema()) & 2147483647)"
#: The one table that SQLite does without: which shape this is, and how often the work was taken over.
_OURS = (
    "CREATE TABLE IF NOT EXISTS job_alerts (one boolean PRIMARY KEY DEFAULT true CHECK (one), shape int NOT NULL,"
    " fence bigint NOT NULL DEFAULT 0); INSERT INTO job_alerts (shape) VALUES (0) ON CONFLICT DO NOTHING"
)


def shape(connection: Connection) -> int | None:
    """The number of the shape; None where there is nothing of ours."""
    found = connection.execute(
        "SELECT to_regclass(quote_ident(current_schema()) || '.job_alerts') IS NOT NULL AS there"
    ).fetchone()
    if not (found and found["there"]):
        return None
    row = connection.execute("SELECT shape FROM job_alerts").fetchone()
    return int(row["shape"]) if row else 0


def check(server: Server, connection: Connection, *, readonly: bool) -> bool:
    """Is there anything to do? Raises StoreError where this is no database of ours, or of another version."""
    there, newest = shape(connection), len(steps())
    if there is None and readonly:
        raise StoreError(f"there is no database at {server} yet; start with: job-alerts poll")
    if there is None:
        _refuse_others(server, connection)
        return True
    if there > newest:
        raise StoreError(
            f"{server} was written by a newer version (shape {there}, this program knows {newest}); update job-alerts"
        )
    if there < newest and readonly:
        raise StoreError(f"{server} has an older shape ({there}); bring it up to date with: job-alerts poll")
    return there < newest


def migrate(server: Server, connection: Connection) -> None:
    """Apply what is missing, in one transaction; under a lock, so that two programs never do."""
    if not check(server, connection, readonly=False):
        return
    with connection.transaction():
        apply(connection)


def apply(connection: Connection) -> None:
    """Apply what is missing in the transaction that is open."""
    connection.execute(f"SELECT pg_advisory_xact_lock({WRITER}, {PLACE})")
    _run(connection, _OURS)
    done = shape(connection) or 0
    _run(connection, _text("functions.sql"))
    for name, script in list(steps().items())[done:]:
        _run(connection, _script(name, script))
    connection.execute("UPDATE job_alerts SET shape = %s", (len(steps()),))


def _run(connection: Connection, script: str) -> None:
    # Without parameters: several statements at once.
    connection.execute(script.encode(), prepare=False)


def _script(name: str, script: str) -> str:
    return _text(f"migrations/{name}.sql") or schema(script) + _text(f"migrations/{name}.after.sql")


def _text(name: str) -> str:
    file = resources.files("alerts.store.engines.postgres") / name
    return file.read_text("utf-8") if file.is_file() else ""


def _refuse_others(server: Server, connection: Connection) -> None:
    try:
        row = connection.execute(
            "SELECT current_schema() AS name, count(c.oid) AS tables FROM pg_namespace n LEFT JOIN pg_class c"
            " ON c.relnamespace = n.oid AND c.relkind = 'r' WHERE n.nspname = current_schema() GROUP BY n.nspname"
        ).fetchone()
    except psycopg.Error:
        row = None
    if row is None:
        raise StoreError(f"{server} has no schema to write to; make the one that its search_path names: CREATE SCHEMA …")
    if row["tables"]:
        raise StoreError(
            f"{server} is a database of another program ({row['tables']} tables in schema {row['name']});"
            " set settings.database to an empty one"
        )
