"""What is kept beside the database, what is noticed of its file, and who may fold its log in."""

from __future__ import annotations

import os
import resource
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from alerts.model.errors import StoreError, StoreLost
from alerts.store.lock_file import lock, sign
from alerts.store.store import Store
from alerts.store.unsettled import SIZE, SLOTS, Unsettled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def record(name: str, why: str = "") -> dict:
    return {"channel": "hook", "delivery": name, "at": "", "outcome": {"state": "sent", "why": why, "dead": {}, "retry": []}}


@pytest.fixture
def kept(tmp_path):
    """The store of the one worker."""
    held = lock(tmp_path / "a.db")
    store = Store(tmp_path / "a.db", keeper=True, patience=0.3)
    yield store
    store.close()
    held.close()


def test_answers_outlive_the_process_and_fit_their_reserved_room(tmp_path):
    one = Unsettled(tmp_path / "a.db")
    slots = [one.keep(record(str(number), "x" * 9000)) for number in range(SLOTS + 2)]
    one.settled(slots[0])
    one.close()
    assert (tmp_path / "a.db.unsettled").stat().st_size == SLOTS * SIZE
    again = Unsettled(tmp_path / "a.db")
    assert [kept["delivery"] for kept in again.records().values()] == [str(number) for number in range(1, SLOTS)]
    again.close()


def test_a_record_cut_off_by_a_crash_is_passed_over(tmp_path):
    one = Unsettled(tmp_path / "a.db")
    one.keep(record("whole"))
    one.close()
    with (tmp_path / "a.db.unsettled").open("r+b") as file:
        file.seek(SIZE)
        file.write(b'{"channel": "ho')
    again = Unsettled(tmp_path / "a.db")
    assert [kept["delivery"] for kept in again.records().values()] == ["whole"]
    again.close()


def test_no_other_program_starts_the_log_anew_while_the_worker_lives(kept, tmp_path):
    kept.keep_fact("a", "1", NOW)
    other = sqlite3.connect(tmp_path / "a.db", timeout=0, isolation_level=None)
    busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 1
    assert kept.fact("a")
    kept._keeper.fold()
    other.execute("CREATE TABLE of_another (value)")
    assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 1
    other.close()
    kept.keep_fact("b", "2", NOW)
    assert kept.fact("b")


def test_what_was_folded_in_is_in_a_plain_copy(kept, tmp_path):
    kept.keep_fact("a", "1", NOW)
    kept._keeper.fold()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "a.db").read_bytes())
    found = sqlite3.connect(copy)
    assert found.execute("SELECT value FROM facts WHERE name = 'a'").fetchone() == ("1",)
    found.close()


def test_a_fold_that_finds_the_disk_full_is_no_loss(kept, tmp_path):
    kept.keep_fact("large", "x" * 500_000, NOW)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "a.db").stat().st_size, before[1]))
    try:
        with pytest.raises(StoreError):
            kept._keeper.fold()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    kept._keeper.check()
    kept._keeper.fold()
    kept._keeper.check()
    os.truncate(tmp_path / "a.db", 8192)
    with pytest.raises(StoreLost, match="cut"):
        kept._keeper.check()


def test_a_lock_of_another_program_is_waited_for_and_readers_go_on(kept, tmp_path):
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="nothing was kept"):
        kept.keep_fact("a", "1", NOW)
    assert kept.fact("a") is None
    other.execute("COMMIT")
    other.close()
    kept.keep_fact("a", "1", NOW)
    assert kept.fact("a")


@pytest.mark.parametrize("how", ["missing", "empty", "new"])
def test_an_empty_database_beside_the_sign_of_an_older_one_is_refused(tmp_path, how):
    path = tmp_path / "a.db"
    held = lock(path)
    Store(path, keeper=True).close()
    assert sign(path)
    path.unlink()
    if how == "empty":
        path.touch()
    elif how == "new":
        held.close()
        (tmp_path / "a.db.lock").rename(tmp_path / "kept")
        Store(path).close()
        (tmp_path / "kept").rename(tmp_path / "a.db.lock")
        held = lock(path)
    with pytest.raises(StoreLost, match=r"a\.db\.lock"):
        Store(path, keeper=True)
    held.close()
    (tmp_path / "a.db.lock").unlink()
    held = lock(path)
    Store(path, keeper=True).close()
    held.close()


def test_the_sign_stays_over_restarts_and_a_killed_first_start_leaves_none(tmp_path):
    path = tmp_path / "a.db"
    lock(path).close()
    assert sign(path) == ""
    held = lock(path)
    Store(path, keeper=True).close()
    before = sign(path)
    held.close()
    held = lock(path)
    assert sign(path) == before
    assert (tmp_path / "a.db.lock").read_text().splitlines()[0] == str(os.getpid())
    held.close()


def test_a_claim_of_this_process_that_came_to_no_end_is_taken_again(kept):
    kept.ledger.write("INSERT INTO sources (key, name, kind, due) VALUES ('k', 'K', 'rss', '2026-01-01T00:00:00.000000Z')")
    assert kept.sources.claim_due(NOW, timedelta(hours=1), 1, ours="k") == ["k"]
    assert kept.sources.claim_due(NOW, timedelta(hours=1), 1) == [], "another would wait for the lease"
    assert kept.sources.claim_due(NOW, timedelta(hours=1), 1, ours="k") == ["k"]


def test_a_source_tried_by_a_clock_that_was_ahead_is_due_now(kept):
    kept.ledger.write(
        "INSERT INTO sources (key, name, kind, due, tried) VALUES ('k', 'K', 'rss',"
        " '2026-11-28T12:30:20.000000Z', '2026-11-28T12:00:20.000000Z')"
    )
    assert kept.sources.due_times(NOW) == {"k": NOW}
    assert kept.sources.due_at("k", NOW + timedelta(minutes=1)) == NOW + timedelta(minutes=30, seconds=20)
