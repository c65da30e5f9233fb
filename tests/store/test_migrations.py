"""A database of an older version is taken over whole: nothing is told anew, nothing that was owed is lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from alerts.model.errors import StoreError
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.store.migrate import APPLICATION, shapes, steps
from alerts.store.outbox import QueuedAlert
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = "2026-11-01T08:00:00.000000Z"
NURSE = {"source": "lever:a", "source_id": "1", "url": "https://jobs.example.org/1", "title": "Nurse", "company": "Acme"}
TOLD = {"channel": "mail", "job": 1, "event": "new", "search": "s", "at": AT, "due": AT}
ROWS = [
    ("sources", {"key": "lever:a", "name": "A", "kind": "lever", "due": AT, "first_read": AT, "read": AT, "listed": 1}),
    ("jobs", {"id": 1, "first_seen": AT, "quiet": 0}),
    ("postings", {"id": 1, "source": "lever:a", "source_id": "1", "job": 1, "raw": "r", "posting": json.dumps(NURSE)}
        | {"text": "You care for people.", "first_seen": AT, "fingerprint": json.dumps({"source": "lever:a", "source_id": "1"})}
        | {"pending": "quiet"}),
    ("matches", {"search": "s", "job": 1, "at": AT, "reasons": "[]", "score": 1.0}),
    ("deliveries", {"id": "d", "channel": "mail", "created": AT, "due": AT, "state": "sent", "settled": AT}),
    ("alerts", TOLD | {"id": "told", "key": "new", "state": "sent", "delivery": "d"}),
    ("alerts", TOLD | {"id": "owed", "key": "7", "event": "changed"}),
]  # fmt: skip


def old_file(path, version: int) -> None:
    """A database as the program wrote it whose newest shape was that one; what was shipped is pinned in test_store.py."""
    with closing(sqlite3.connect(path)) as connection:
        for script in shapes()[:version]:
            connection.executescript(script)
        for table, row in ROWS:
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)
        connection.commit()
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")


def version_of(path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture(params=range(1, len(shapes()) + 1), ids="shape{}".format)
def old(tmp_path, request):
    old_file(tmp_path / "a.db", request.param)
    return tmp_path / "a.db"


def test_an_older_database_is_taken_over_with_every_row(old):
    with Store(old) as store:
        (nurse,) = store.postings.of_job(1)
        assert (nurse.posting.title, nurse.posting.text, nurse.baseline) == ("Nurse", "You care for people.", False)
        assert set(store.postings.known("lever:a", ["1"])) == {"1"}
        assert store.sources.state("lever:a").listed == 1
        assert store.searches.matched(1) == {"s"}
    assert version_of(old) == len(shapes())
    with closing(sqlite3.connect(old)) as connection:
        assert [title for (title,) in connection.execute("SELECT title FROM jobs_open")] == ["Nurse"]


def test_what_an_older_version_told_is_not_told_again_and_what_it_owed_is_still_owed(old):
    with Store(old) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        assert store.sources.claim_due(NOW, timedelta(minutes=5), 9) == ["lever:a"]
        assert not store.outbox.enqueue(QueuedAlert("again", "mail", 1, EventKind.NEW, "new", "s", NOW, NOW))
        assert [alert.id for alert in store.outbox.ready("mail", NOW)] == ["owed"]


def test_a_step_that_fails_leaves_the_file_as_it_was_and_the_next_start_goes_on(tmp_path):
    path = tmp_path / "a.db"
    old_file(path, 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE jobs_open (theirs)")  # in the way of a view
    with pytest.raises(StoreError):
        Store(path)
    between = version_of(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
        connection.execute("DROP TABLE jobs_open")
    assert (between, names) == (2, set()), "the step before is kept, of the one that failed nothing is"
    Store(path).close()
    assert version_of(path) == len(shapes())


def records(path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id").fetchall()


@pytest.mark.parametrize("shape", [0, 1, 2, 3])
def test_each_step_is_recorded_by_the_name_of_its_file(tmp_path, shape):
    old = tmp_path / "a.db"
    if shape:
        old_file(old, shape)
    Store(old).close()
    assert records(old) == [("job-alerts", name) for name in steps()]
    assert len(Database(old)["_sqlite_migrations"].pks) == 1


def test_a_file_that_is_up_to_date_is_not_written_to(tmp_path):
    Store(tmp_path / "a.db").close()
    before = (tmp_path / "a.db").read_bytes()
    Store(tmp_path / "a.db").close()
    assert (tmp_path / "a.db").read_bytes() == before


@pytest.mark.parametrize("shape", [0, 1, 3])
def test_programs_that_start_at_once_apply_each_step_once(tmp_path, shape):
    path = tmp_path / "a.db"
    if shape:
        old_file(path, shape)
    code = "import sys; from alerts.store.store import Store; Store(sys.argv[1], patience=60).close()"
    started = [subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [one.communicate(timeout=90)[1] for one in started] == ["", "", ""]
    assert records(path) == [("job-alerts", name) for name in steps()]
