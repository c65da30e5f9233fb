"""The store goes through sqlite-utils, and the library never commits a transaction of ours before its time."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts import store as package
from alerts.model.errors import StoreError
from alerts.store import statements
from alerts.store.engines.sqlite import SqliteLedger
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FOLDER = Path(package.__file__).parent
FACT = {"name": "a", "value": "1", "at": ""}
#: Every way in which the ledger lets a table be written or read, by the library.
WAYS = {
    "insert": lambda ledger: ledger.insert("facts", FACT),
    "insert_all": lambda ledger: ledger.insert_all("facts", [FACT, FACT | {"name": "b"}]),
    "upsert": lambda ledger: ledger.upsert("facts", FACT, "name"),
    "delete": lambda ledger: ledger.delete("facts", "name = ?", ["old"]),
    "rows": lambda ledger: ledger.rows("SELECT * FROM facts"),
    "rows of a pragma": lambda ledger: ledger.rows("PRAGMA foreign_keys"),
    "write": lambda ledger: ledger.write("UPDATE facts SET value = 'new'"),
    "add": lambda ledger: ledger.add(statements.JOB, {"first_seen": "", "quiet": 0}),
    "write_many": lambda ledger: ledger.write_many("INSERT INTO facts VALUES (?, '', '')", [("c",), ("d",)]),
}


@pytest.fixture
def path(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.keep_fact("old", "0", NOW)
    return tmp_path / "a.db"


def seen_by_others(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as other:
        jobs = [("job", str(number)) for (number,) in other.execute("SELECT id FROM jobs")]
        return [*other.execute("SELECT name, value FROM facts ORDER BY name"), *jobs]


@pytest.mark.parametrize("way", WAYS)
def test_inside_a_transaction_nothing_is_committed_before_its_end(path, way):
    with Store(path) as store:
        before = seen_by_others(path)
        with suppress(RuntimeError), store.transaction():
            store.ledger.insert("facts", FACT | {"name": "first"})
            WAYS[way](store.ledger)
            assert store.ledger.connection.in_transaction
            assert seen_by_others(path) == before
            raise RuntimeError
        assert seen_by_others(path) == before
        assert not store.ledger.connection.in_transaction


@pytest.mark.parametrize("way", WAYS)
def test_outside_of_one_it_is_committed_at_once_and_holds_nobody_up(path, way):
    with Store(path) as store:
        WAYS[way](store.ledger)
        assert not store.ledger.connection.in_transaction
        with closing(sqlite3.connect(path, timeout=0)) as other, other:
            other.execute("INSERT INTO facts VALUES ('theirs', '', '')")


def test_a_statement_that_fails_undoes_itself_and_leaves_the_rest_of_the_transaction(path):
    with Store(path) as store:
        with store.transaction():
            store.ledger.insert("facts", FACT)
            with pytest.raises(sqlite3.IntegrityError):
                store.ledger.insert("facts", FACT)
            with pytest.raises(StoreError, match="no such column"):
                store.ledger.rows("SELECT absent FROM facts")
        assert seen_by_others(path) == [("a", "1"), ("old", "0")]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from alerts.store.store import Store
store = Store(sys.argv[1])
with store.transaction():
    for way in range(50):
        store.ledger.insert("facts", {"name": str(way), "value": "", "at": ""})
        store.ledger.upsert("facts", {"name": "old", "value": str(way), "at": ""}, "name")
        store.ledger.rows("SELECT * FROM facts")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_the_middle_leaves_nothing_of_a_transaction(path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], timeout=60, check=False)
    assert done.returncode == -9
    assert seen_by_others(path) == [("old", "0")]
    with Store(path) as store:
        assert store.ledger.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_new_rows_go_in_by_the_library_or_by_a_statement_of_the_list():
    """A new INSERT belongs in statements.py, with the reason why the library's own method is not taken."""
    allowed = {"statements.py", "restore.py"}  # restore copies whole tables between two files
    found = {file.name for file in FOLDER.glob("*.py") if re.search(r'"(INSERT|DELETE|REPLACE) ', file.read_text())}
    assert found - allowed == set()


def test_every_statement_of_the_list_is_one_that_sqlite_takes(path):
    with Store(path) as store:
        for name, sql in vars(statements).items():
            if name.isupper():
                values = dict.fromkeys(re.findall(r":(\w+)", sql)) or [None] * sql.count("?")
                assert store.ledger.connection.execute(f"EXPLAIN {sql}", values).fetchall(), name


def test_the_library_is_imported_when_a_database_is_opened_and_not_before(tmp_path):
    code = (
        "import sys; import alerts.cli.main, alerts.store.store; assert 'sqlite_utils' not in sys.modules;"
        "alerts.store.store.Store(':memory:'); assert 'sqlite_utils' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_plugin_of_the_machine_changes_the_connection():
    with closing(sqlite3.connect(":memory:")) as connection:
        before = connection.execute("PRAGMA recursive_triggers").fetchone()
        SqliteLedger(connection)
        assert connection.execute("PRAGMA recursive_triggers").fetchone() == before
