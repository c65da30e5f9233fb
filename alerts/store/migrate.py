"""Bring a file to the newest shape: each numbered SQL file is a step of sqlite-utils' ``Migrations``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from alerts.store.library import database_over

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

#: "JobA" in ASCII: this file is ours.
APPLICATION = 0x4A6F6241
#: The name of our steps in the table of migrations.
SET = "job-alerts"


@cache
def steps() -> dict[str, str]:
    """The migrations as SQL, in order, by the name of their file: ``0001_first``."""
    folder = resources.files("alerts.store") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return {file.name.removesuffix(".sql"): file.read_text("utf-8") for file in files}


def shapes() -> list[str]:
    """The migrations as SQL; the number of a shape is the place of its step in this list, from one."""
    return list(steps().values())


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is missing, each step in one transaction with its record; a file that is up to date is not written to."""
    if _version(connection) == len(steps()):
        return
    database = database_over(connection)
    migrations = _migrations()
    while _apply_next(database, migrations):
        pass


def _apply_next(database: Database, migrations: Migrations) -> bool:
    """Apply the next step; False when none is left. The lock comes first, so that two programs never apply the same one."""
    database.execute("BEGIN IMMEDIATE")
    with database.conn:
        _take_over(database, migrations)
        missing = [step.name for step in migrations.pending(database)]
        migrations.apply(database, stop_before=missing[1:])
    return len(missing) > 1


def _take_over(database: Database, migrations: Migrations) -> None:
    """Version 0.1 kept only the number of the shape: record the steps that made it, and touch nothing else."""
    before = list(steps())[: _version(database.conn)]
    if before and not migrations.applied(database):
        migrations.ensure_migrations_table(database)
        rows = [{"migration_set": SET, "name": name, "applied_at": "by version 0.1"} for name in before]
        database.table(migrations.migrations_table).insert_all(rows)


def _migrations() -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    for number, (name, script) in enumerate(steps().items(), 1):
        migrations(name=name)(_step(number, script))
    return migrations


def _step(number: int, script: str) -> Callable[[Database], None]:
    """One numbered SQL file. The number goes into ``user_version`` too: by it older programs refuse the file."""

    def step(database: Database, /) -> None:
        database.executescript(script)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {max(number, _version(database.conn))}")

    return step


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
