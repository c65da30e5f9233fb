"""sqlite-utils over a connection of ours: imported here, and only when a database is opened."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def database_over(connection: sqlite3.Connection) -> Database:
    """The library's Database on this connection; nobody's plugins run, and no pragma is changed.

    Inside a transaction of ours its methods use savepoints, so that they never commit it (``tests/store/test_library.py``).
    """
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False, recursive_triggers=False)
