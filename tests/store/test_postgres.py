"""What holds on a server beyond the contract: turns of writers, long keys, odd texts, wrong servers, and errors in one line."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.errors import StoreError, StoreLost
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.server import Server, is_server, wrong
from alerts.store.forgetting import forget
from alerts.store.migrate import steps
from alerts.store.places import holder, lock
from alerts.store.store import Store
from tests.postgres import PASSWORD

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HIDDEN = Server("postgresql://me:s3cret%21@db.example.org:5433/alerts?sslmode=require&password=0ther", Path("x"))


# --- without a server -----------------------------------------------------------------------------------------------


def test_an_address_is_shown_without_its_password():
    assert str(HIDDEN) == "postgresql://me@db.example.org:5433/alerts"
    assert "s3cret" not in repr(HIDDEN)
    assert HIDDEN.hidden("no: s3cret!, s3cret%21, 0ther and password=0ther") == "no: ***, ***, *** and password=***"


@pytest.mark.parametrize(
    ("words", "named", "trouble"),
    [
        ("postgresql://me@host/name", True, None),
        ("postgres:///name?host=/run/postgresql", True, None),
        ("alerts.db", False, None),
        ("/var/lib/x.db", False, None),
        ("postgresql://me@host:port/name", True, "no address"),
        ("postgresql://me@host", True, "names no database"),
        ("postgresql://me:p@ss@host/name", True, "%40"),
    ],
)
def test_what_names_a_server(words, named, trouble):
    assert is_server(words) == named
    if named:
        assert (wrong(words) is None) if trouble is None else (trouble in wrong(words))


def test_without_psycopg_the_line_that_installs_it_is_said():
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from importlib import util; real = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'psycopg' else real(name, *more)\n"
        "from pathlib import Path; from alerts.model.server import Server; from alerts.store.store import Store\n"
        "Store(Server('postgresql://h/n', Path('x')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.strip().splitlines()[-1].endswith("install it with: pip install 'job-alerts[cluster]'")


def test_a_file_asks_for_no_psycopg():
    code = "import sys; from alerts.store.store import Store; Store(':memory:').close(); assert 'psycopg' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# --- with one -------------------------------------------------------------------------------------------------------

served = pytest.mark.postgres


@pytest.fixture
def server(postgres, tmp_path):
    place = postgres.used(tmp_path)
    yield place
    postgres.empty(place)


@pytest.fixture
def store(server):
    with Store(server, patience=0.3) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        yield store


def add(store: Store, one: Posting, keys: tuple[str, ...] = ()) -> int:
    print_ = fingerprint(one)
    return store.postings.add(one, print_, keys or blocks(print_), "raw", NOW, job=store.postings.new_job(NOW, baseline=False))


def posting(source_id: str = "1", **more) -> Posting:
    return Posting("lever:a", source_id, "https://jobs.example.org/1", "Nurse", "Acme", "acme", **more)


@served
def test_one_program_writes_at_a_time_and_all_may_read(store, server):
    with Store(server, patience=0.3) as other:
        other.keep_fact("a", "before", NOW)
        with store.transaction():
            store.keep_fact("a", "meanwhile", NOW)
            assert other.fact("a")[0] == "before"
            with pytest.raises(StoreError, match=r"another program writes; nothing was kept, it is tried again"):
                other.keep_fact("a", "too soon", NOW)
        assert other.fact("a")[0] == "meanwhile"
        other.keep_fact("a", "after", NOW)
        assert store.fact("a")[0] == "after"


@served
def test_threads_take_turns_and_each_sees_what_the_one_before_wrote(store):
    def count() -> None:
        for _ in range(20):
            with store.transaction():
                known = store.fact("n")
                store.keep_fact("n", str(int(known[0]) + 1 if known else 1), NOW)

    threads = [threading.Thread(target=count) for _ in range(4)]
    store.ledger.patience = 30
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.fact("n")[0] == "80"


@served
def test_ids_and_keys_of_any_length_are_kept_and_found(store):
    long = "".join(f"{number:x}" for number in range(20_000))
    ids = [f"https://jobs.example.org/{long}?job={number}" for number in (1, 2)]
    first, second = (add(store, posting(one), (f"i:{one}", "c:shared")) for one in ids)
    assert set(store.postings.known("lever:a", ids)) == set(ids)
    assert [one.id for one in store.postings.open_by_key("lever:a", [f"i:{ids[0]}"])[f"i:{ids[0]}"]] == [first]
    assert len(store.postings.candidates(["c:shared"])["c:shared"]) == 2
    assert [one.id for one in store.postings.find(ids[1], [f"i:{ids[0]}"])] == [second, first]
    with pytest.raises(StoreError):
        add(store, posting(ids[0]))


@served
@pytest.mark.parametrize(
    "text",
    [
        "a \0 b",
        "x" * 3_000_000,
        " ".join(f"word{n}" for n in range(200_000)),
        "職" * 500_000,
        "e\u0301 \u202e 🦊 \\u0000 %s ? :name",
    ],
)
def test_any_text_is_kept_whole_but_for_nul(store, text):
    number = add(store, posting(text=text))
    assert store.postings.get(number).posting.text == text.replace("\0", "")
    assert [hit.posting for hit in store.search("nurse")] == [number]


@served
def test_numbers_and_times_keep_what_they_are(store):
    assert store.postings.new_job(NOW, baseline=False) > 0
    store.ledger.write("UPDATE jobs SET id = ?", (2**40,))
    assert store.postings.job(2**40).id == 2**40
    moment = NOW + timedelta(microseconds=1)
    store.keep_fact("t", "", moment)
    assert store.fact("t")[1] == moment


@served
def test_a_full_disk_is_one_line_and_all_goes_on_when_there_is_room(store, server):
    """The server's own error, by its number; raised by a trigger where a disk would be full."""
    full = "BEGIN RAISE EXCEPTION 'could not extend file \"base/1\": No space left on device' USING ERRCODE = '53100'; END"
    run = store.ledger.write
    run(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {full} $$")
    run("CREATE TRIGGER full_disk BEFORE INSERT ON postings EXECUTE FUNCTION full_disk()")
    try:
        with pytest.raises(StoreError) as raised:
            add(store, posting())
        assert "No space left on device; nothing was kept, it is tried again" in str(raised.value)
        assert len(str(raised.value).splitlines()) == 1
    finally:
        run("DROP TRIGGER full_disk ON postings")
        run("DROP FUNCTION full_disk")
    assert store.postings.count()[1] == 0
    assert add(store, posting()) > 0


@served
def test_connections_that_were_ended_are_replaced_and_a_transaction_that_lost_its_own_is_one_line(store, server, postgres):
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'job-alerts%'"
    store.keep_fact("a", "1", NOW)
    postgres.execute(kill)
    assert store.fact("a")[0] == "1"
    postgres.execute(kill)
    store.keep_fact("a", "2", NOW)

    def cut_off() -> None:
        with store.transaction():
            store.keep_fact("a", "3", NOW)
            postgres.execute(kill)
            store.keep_fact("b", "3", NOW)

    with pytest.raises(StoreError, match="nothing was kept, it is tried again"):
        cut_off()
    assert (store.fact("a")[0], store.fact("b")) == ("2", None)


@served
def test_a_lock_that_went_with_its_connection_is_taken_again_unless_another_was_quicker(server, postgres):
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'job-alerts%'"
    with lock(server), Store(server, keeper=True, patience=1) as store:
        assert "process" in holder(server)
        with pytest.raises(StoreError, match="another job-alerts"):
            lock(server)
        postgres.execute(kill)
        assert holder(server) is None
        store.tend()
        assert "process" in holder(server)
        store.keep_fact("a", "mine", NOW)
        postgres.execute(kill)
        with lock(server):
            with pytest.raises(StoreLost, match="took over"):
                store.keep_fact("a", "not mine", NOW)
            with pytest.raises(StoreLost):
                store.tend()
        assert store.fact("a")[0] == "mine"
    assert holder(server) is None


@served
def test_a_server_that_cannot_be_used_says_what_to_do(server, postgres):
    from alerts.store.engines.postgres.connections import connect

    with pytest.raises(StoreError, match=r"runs PostgreSQL 1\d; job-alerts needs 99 or newer"):
        connect(server, oldest=990000)
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="createdb --encoding=UTF8"):
        connect(replace(server, address=postgres.address(name="latin")))
    nowhere = replace(server, address=postgres.address("nowhere"))
    with pytest.raises(StoreError, match="CREATE SCHEMA"):
        Store(nowhere)
    postgres.execute("DO $$ BEGIN CREATE ROLE guest LOGIN PASSWORD 'guest'; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    guest = server.address.replace(f"alerts:{PASSWORD}", "guest:guest")
    with pytest.raises(StoreError) as raised:
        Store(replace(server, address=guest))
    assert PASSWORD not in str(raised.value)


@served
def test_an_older_or_newer_shape_is_said(server):
    with Store(server) as store:
        newest = len(steps())
        store.ledger.write(f"UPDATE job_alerts SET shape = {newest + 1}")
        with pytest.raises(StoreError, match="update job-alerts"):
            Store(server)
        store.ledger.write(f"UPDATE job_alerts SET shape = {newest - 1}")
        with pytest.raises(StoreError, match="bring it up to date with: job-alerts poll"):
            Store(server, readonly=True)
        store.ledger.write(f"UPDATE job_alerts SET shape = {newest}")


@served
def test_who_may_only_read_writes_nothing(server):
    Store(server).close()
    with Store(server, readonly=True) as store, suppress(StoreError):
        store.keep_fact("a", "1", NOW)
        raise AssertionError("it was written")


@served
def test_what_was_said_of_a_job_is_forgotten_and_what_the_server_keeps_is_not_denied(store):
    number = add(store, posting())
    job = store.postings.get(number).job
    row = store.applications.begin(job, number, NOW)
    store.applications.add(row, "note", "my own words", NOW)
    store.applications.keep_copy(row, posting(), NOW)
    store.marks.add("note", "job", str(job), NOW, note="my own words")
    store.keep_fact(f"letter:search:{job}", "my own words", NOW)
    store.outbox.notice(f"application-{row}-x", "mail", "of it", "my own words", NOW)
    gone = forget(store.ledger, job)
    assert (gone.applications, gone.entries, gone.copies, gone.marks, gone.messages) == (1, 1, 1, 1, 1)
    assert not gone.overwritten
    for table in ("application_entries", "application_copies", "marks", "facts", "deliveries"):
        assert not any("my own words" in str(row) for row in store.ledger.rows(f"SELECT * FROM {table}"))


@served
def test_both_engines_have_the_same_tables_and_columns(server, tmp_path):
    from alerts.store.engines import sqlite_move
    from alerts.store.engines.postgres import move as server_move

    Store(tmp_path / "a.db").close()
    Store(server).close()
    with sqlite_move.source(tmp_path / "a.db") as one, server_move.source(server) as two:
        assert one.tables() == two.tables()
