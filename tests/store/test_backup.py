"""A backup is whole or it is not there; a restore tells nothing again, forgets nothing owed, and loses no file."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.errors import StoreError
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.store.backup import back_up, examine
from alerts.store.lock_file import lock
from alerts.store.migrate import APPLICATION, shapes
from alerts.store.outbox import QueuedAlert
from alerts.store.restore import restore
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database in which job 1 was told and job 2 is owed."""
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        store.sources.claim_due(NOW, timedelta(minutes=5), 9)
        store.sources.keep_good("lever:a", NOW, NOW, changed=True, listed=2, requests=1, saved=0)
        for number in (1, 2):
            owe(store, number)
        tell(store, 1)
    return path


def owe(store: Store, number: int) -> None:
    one = Posting("lever:a", str(number), f"https://jobs.example.org/{number}", f"Nurse {number}", "Acme", "acme")
    print_ = fingerprint(one)
    job = store.postings.new_job(NOW, baseline=False)
    store.postings.add(one, print_, blocks(print_), "raw", NOW, job=job)
    store.outbox.enqueue(QueuedAlert(f"mail{number}", "mail", job, EventKind.NEW, "new", "s", NOW, NOW))


def tell(store: Store, number: int) -> None:
    store.outbox.batch(f"d{number}", "mail", [f"mail{number}"], NOW, {})
    store.outbox.mark_sent(f"d{number}", NOW)


def states(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, state FROM alerts").fetchall())


def left(folder: Path) -> set[str]:
    """The names of all files but locks and journals that are empty, which are left in peace."""
    return {path.name for path in folder.iterdir() if path.stat().st_size and path.suffix != ".lock"}


# --- backup ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_private_whole_and_says_what_it_holds(place, tmp_path):
    contents = back_up(place, tmp_path / "copy.db")
    assert (contents.postings, contents.told, contents.owed) == (2, 1, 1)
    assert contents.until == NOW
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert states(tmp_path / "copy.db") == states(place)
    assert left(tmp_path) == {"a.db", "copy.db"}


def test_a_file_that_is_there_is_never_overwritten_without_force(place, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StoreError, match="--force"):
        back_up(place, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"
    back_up(place, tmp_path / "copy.db", force=True)
    assert examine(tmp_path / "copy.db").postings == 2


@pytest.mark.parametrize("force", [False, True])
def test_the_database_is_never_its_own_backup(place, tmp_path, force):
    (tmp_path / "link.db").symlink_to(place)
    for target in (place, tmp_path / "link.db"):
        with pytest.raises(StoreError):
            back_up(place, target, force=force)
    with pytest.raises(StoreError, match="itself"):
        restore(tmp_path / "link.db", place, NOW)


def test_a_folder_that_is_not_there_is_one_line_and_leaves_nothing(place, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(place, tmp_path / "none" / "copy.db")
    assert left(tmp_path) == {"a.db"}


def test_a_backup_beside_a_writer_is_of_one_moment(place, tmp_path):
    """Each job is written together with its alert: no backup has the one without the other, and the writer goes on."""
    stop, wrote = threading.Event(), []

    def write() -> None:
        with Store(place) as store:
            for number in range(3, 2000):
                if stop.is_set():
                    return
                with store.transaction():
                    owe(store, number)
                wrote.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            contents = back_up(place, tmp_path / f"copy{number}.db")
            assert contents.postings == contents.told + contents.owed
    finally:
        stop.set()
        writer.join()
    assert wrote


def test_what_a_killed_writer_left_half_done_is_not_in_a_backup(place, tmp_path):
    """What stands in the log without its end counts for nothing."""
    killed = tmp_path / "killed.db"
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO facts VALUES (?, 'half', '')", [(str(number) * 50,) for number in range(2000)])
        for end in ("", "-wal"):
            Path(f"{killed}{end}").write_bytes(Path(f"{place}{end}").read_bytes())
        connection.execute("ROLLBACK")
    assert back_up(killed, tmp_path / "copy.db").rows == examine(place).rows


def test_a_damaged_database_makes_no_backup(place, tmp_path):
    with Store(place) as store:
        for number in range(3, 200):
            owe(store, number)
    with place.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xff" * 30_000)
    with pytest.raises(StoreError, match=r"a\.db"):
        back_up(place, tmp_path / "copy.db")
    assert left(tmp_path) == {"a.db"}


# --- restore --------------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(place, tmp_path) -> Path:
    back_up(place, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_after_a_loss_the_backup_is_the_database(place, copied):
    place.unlink()
    done = restore(copied, place, NOW)
    assert (done.aside, done.taken_along) == (None, False)
    assert states(place) == {"mail1": "sent", "mail2": "owed"}
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_what_was_told_and_owed_since_is_taken_along_and_the_old_file_kept(place, copied, tmp_path):
    """Job 2 was told after the backup, job 3 told and job 4 owed: none is told again or forgotten. Marks are the backup's."""
    with Store(place) as store:
        tell(store, 2)
        owe(store, 3)
        tell(store, 3)
        owe(store, 4)
        store.marks.add("hide", "company", "Acme", NOW)
    done = restore(copied, place, NOW)
    assert done.taken_along
    assert states(place) == {"mail1": "sent", "mail2": "sent", "mail3": "sent", "mail4": "owed"}
    assert done.aside is not None
    assert states(done.aside) == states(place)
    with Store(place) as store:
        assert store.marks.of("company", "Acme") == []


def test_applications_are_taken_along_with_the_marks_that_say_the_same(place, copied):
    """What was applied for since the backup is not lost, and a reminder that was told is not told again."""
    from alerts.acts.application_catch_up import catch_up
    from alerts.acts.applications import set_state
    from alerts.model.application import State

    with Store(place) as store:
        set_state(store, 1, State.APPLIED, NOW, "UTC", mark="applied")
        store.applications.keep_told(1, "1:silence", NOW)
    assert restore(copied, place, NOW).taken_along
    with Store(place) as store:
        assert catch_up(store, NOW) == 0
        assert store.applications.of_job(1).state is State.APPLIED
        assert store.applications.told([1]) == {(1, "1:silence"): NOW}
        assert store.marks.watched() == {1}


def test_rows_that_are_taken_along_are_no_news_to_the_triggers(place, copied):
    """What triggers made of them came along as well: the inbox and the counts of readings are those of the old file."""
    with Store(place) as store:
        owe(store, 3)
        for job in (1, 3):
            store.searches.keep_match("s", job, NOW, (), 1.0)
        before = made_by_triggers(store)
    assert restore(copied, place, NOW).taken_along
    with Store(place) as store:
        assert made_by_triggers(store) == before
        assert [row["new"] for row in store.ledger.rows("SELECT new FROM readings")] == [3]


def made_by_triggers(store: Store) -> list[list[dict[str, object]]]:
    return [store.ledger.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("inbox", "readings", "facets")]


def test_of_a_damaged_file_nothing_is_taken_and_it_is_kept(place, copied):
    place.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    done = restore(copied, place, NOW)
    assert not done.taken_along
    assert states(place) == {"mail1": "sent", "mail2": "owed"}
    assert done.aside is not None
    assert done.aside.read_bytes().endswith(b"\xff")


def test_of_another_life_nothing_is_taken(place, copied, tmp_path):
    """A new database that began after the loss has other jobs under the same numbers."""
    place.unlink()
    with Store(place) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        owe(store, 9)
    done = restore(copied, place, NOW)
    assert not done.taken_along
    assert states(place) == {"mail1": "sent", "mail2": "owed"}


def test_a_journal_of_the_old_file_never_meets_the_new_one(place, copied, tmp_path):
    place.unlink()
    for end in ("-journal", "-wal", "-shm"):
        Path(f"{place}{end}").write_bytes(b"of the lost file")
    done = restore(copied, place, NOW)
    assert done.aside is not None
    assert {f"{done.aside.name}{end}" for end in ("-journal", "-wal", "-shm")} <= left(tmp_path)
    assert examine(place).postings == 2


def test_while_a_daemon_works_nothing_is_restored(place, copied):
    with lock(place), pytest.raises(StoreError, match="stop it first"):
        restore(copied, place, NOW)


def test_a_backup_of_a_newer_version_is_refused_and_everything_stays(place, copied, tmp_path):
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = place.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        restore(copied, place, NOW)
    assert place.read_bytes() == before
    assert left(tmp_path) == {"a.db", "copy.db"}


@pytest.mark.parametrize("shape", range(1, len(shapes()) + 1))
def test_a_backup_of_every_older_version_is_brought_up_to_date(tmp_path, shape):
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        for script in shapes()[:shape]:
            connection.executescript(script)
        connection.execute("INSERT INTO sources (key, name, kind, due) VALUES ('lever:a', 'A', 'lever', '2026-11-23T12:00:00Z')")
        connection.commit()
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {shape}")
    assert restore(old, tmp_path / "a.db", NOW).contents.shape == len(shapes())
    with Store(tmp_path / "a.db") as store:
        assert store.sources.names() == {"lever:a": "A"}


@pytest.mark.parametrize("content", [b"", b"words", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_backup_is_one_line(place, tmp_path, content):
    other = tmp_path / "other.db"
    other.write_bytes(content)
    before = place.read_bytes()
    for bad in (other, tmp_path / "none.db", tmp_path):
        with pytest.raises(StoreError) as error:
            restore(bad, place, NOW)
        assert "\n" not in str(error.value)
    assert place.read_bytes() == before


def test_known_makes_the_next_reading_a_first_one(place, copied):
    place.unlink()
    restore(copied, place, NOW, known=True)
    with Store(place) as store:
        assert store.sources.state("lever:a").first_read is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_root_restores_for_the_user_of_the_service(place, copied, tmp_path):
    for path in (tmp_path, place):
        os.chown(path, 4321, 4321)
    for lost in (False, True):
        if lost:
            place.unlink()
            Path(f"{place}.lock").unlink()
        restore(copied, place, NOW)
        assert {path.stat().st_uid for path in (place, Path(f"{place}.lock"))} == {4321}
