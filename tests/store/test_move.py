"""``move``: every row goes along, nothing is told again, nothing owed is lost; what is cut short counts for nothing."""

from __future__ import annotations

import gzip
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from alerts.cli.main import main
from alerts.model.errors import StoreError
from alerts.model.server import Server
from alerts.store.move import move
from alerts.store.places import lock
from alerts.store.store import Store

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STORED = Path(__file__).parents[1] / "story" / "data" / "version-0.1.db.gz"


@pytest.fixture
def server(postgres, tmp_path):
    return postgres.fresh(tmp_path)


@pytest.fixture
def stored(tmp_path) -> Path:
    """A real file, written by version 0.1 and brought up to date: with what is owed, told and marked."""
    path = tmp_path / "a.db"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    with Store(path) as store:
        store.index.catch_up()
        store.marks.add("note", "job", "1", NOW, note="a NUL \0 in a note, and Zürich 🦊")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def said(store: Store) -> object:
    """What the story would go on from."""
    numbers = [row["id"] for row in store.ledger.rows("SELECT id FROM postings ORDER BY id")]
    jobs = [row["id"] for row in store.ledger.rows("SELECT id FROM jobs ORDER BY id")]
    return (
        store.postings.count(),
        [store.postings.get(number) for number in numbers],
        [store.outbox.told(job) for job in jobs],
        store.outbox.deliveries(limit=1000),
        store.outbox.counts(),
        store.sources.all(),
        [(mark.mark, mark.subject, mark.note.replace("\0", "")) for mark in store.marks.all()],
        store.inbox.newest(),
        [hit.posting for hit in store.search("engineer")],
        {key: store.postings.candidates([key]) for key in ("none",)},
    )


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_to_a_server_and_back_is_the_same_and_the_source_is_untouched(stored, server, tmp_path):
    before = digest(stored)
    there = move(stored, server)
    assert digest(stored) == before
    assert sum(count for count, _ in there.tables.values()) > 40
    assert there.dropped == 1
    back = move(server, tmp_path / "back.db")
    assert (back.tables, back.dropped) == (there.tables, 0)
    with Store(stored) as one, Store(server) as two, Store(tmp_path / "back.db") as three:
        assert said(two) == said(one)
        assert said(three) == said(one)
        jobs = [store.postings.new_job(NOW, baseline=False) for store in (one, two, three)]
        assert len(set(jobs)) == 1, "numbers go on where they were"
        first = one.ledger.row("SELECT min(id) AS id FROM postings")["id"]
        for store in (one, two, three):  # triggers work again
            store.postings.keep_presence(first, 0, None, NOW)
        assert said(two) == said(three) == said(one)


def test_a_target_that_is_not_empty_is_refused(stored, server, postgres, tmp_path):
    Store(server).close()
    with pytest.raises(StoreError, match="already; name one that is empty"):
        move(stored, server)
    (tmp_path / "other.db").write_text("there")
    with pytest.raises(StoreError, match="is there already"):
        move(server, tmp_path / "other.db")
    foreign = postgres.fresh(tmp_path)
    postgres.execute(f"CREATE TABLE {foreign.address.rpartition('%3D')[2]}.theirs (a int)", name="alerts")
    with pytest.raises(StoreError, match="of another program"):
        move(stored, foreign)
    with pytest.raises(StoreError, match="from a file to a server or back"):
        move(stored, tmp_path / "copy.db")


def test_while_a_worker_works_nothing_is_moved(stored, server):
    with lock(stored), pytest.raises(StoreError, match="another job-alerts"):
        move(stored, server)


def test_answers_that_wait_to_be_written_are_not_left_behind(stored, server):
    with lock(stored), Store(stored, keeper=True) as store:
        store.unsettled.keep({"channel": "mail", "delivery": "x", "outcome": {"why": "", "dead": {}}, "at": NOW.isoformat()})
    with pytest.raises(StoreError, match="run job-alerts poll once"):
        move(stored, server)


def test_a_copy_that_is_not_the_same_counts_for_nothing(stored, server, monkeypatch):
    """The edge is broken on purpose: a server that keeps another time than it was given."""
    from alerts.store.engines.postgres import move as server_move

    fill = server_move.Database.fill

    def wrong(self, table, rows):
        fill(self, table, ((*row[:-1], "2027") if table.name == "events" and row[-1] is not None else row for row in rows))

    monkeypatch.setattr(server_move.Database, "fill", wrong)
    with pytest.raises(StoreError, match="events"):
        move(stored, server)
    with pytest.raises(StoreError, match="there is no database at"):
        Store(server, readonly=True)


@pytest.mark.parametrize("way", ["to the server", "to a file"])
def test_killed_half_way_the_target_is_no_database_and_the_source_is_as_it_was(stored, server, tmp_path, way):
    if way == "to a file":
        move(stored, server)
    back, before = tmp_path / "back.db", digest(stored)
    ends = {"to the server": (stored, server), "to a file": (server, back)}[way]
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from alerts.model.server import Server; import alerts.store.move as m\n"
        "real = m.fingerprint; seen = []\n"
        "def fingerprint(end, table):\n"
        "    seen.append(table.name)\n"
        "    if len(seen) == 20: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(end, table)\n"
        "m.fingerprint = fingerprint\n"
        "end = lambda words: Server(words, Path('x')) if '://' in words else Path(words)\n"
        "m.move(end(sys.argv[1]), end(sys.argv[2]))"
    )
    words = [end.address if isinstance(end, Server) else str(end) for end in ends]
    done = subprocess.run([sys.executable, "-c", code, *words], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert digest(stored) == before
    if way == "to a file":
        assert not back.exists()
        assert move(server, back).tables == move_counts(stored)
    else:
        with pytest.raises(StoreError, match="there is no database at"):
            Store(server, readonly=True)
        assert move(stored, server).tables == move_counts(stored)


def move_counts(path: Path) -> dict[str, tuple[int, str]]:
    from alerts.store.engines import sqlite_move
    from alerts.store.move import fingerprint

    with sqlite_move.source(path) as end:
        return {table.name: fingerprint(end, table) for table in end.tables()}


def test_the_command_says_what_it_did_and_never_the_password(stored, server, tmp_path, capsys, monkeypatch):
    from tests.postgres import PASSWORD

    (tmp_path / "config.toml").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    call = ["move", "--config", str(tmp_path / "config.toml"), str(stored), server.address]
    assert main([*call, "--json"]) == 0
    assert main(call) == 1
    shown = capsys.readouterr()
    assert '"hash"' in shown.out
    assert "name one that is empty" in shown.err
    assert PASSWORD not in shown.out + shown.err
