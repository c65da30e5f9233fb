"""What has been closed for long shrinks to a tombstone; what is open, owed or spoken of stays, and nothing is told again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.errors import StoreError
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.store.lock_file import lock
from alerts.store.outbox import QueuedAlert
from alerts.store.retention import Forgotten, forget
from alerts.store.store import Store
from alerts.store.vacuum import give_back, vacuum
from tests.postgres import A_FILE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
TEXT = "A long text about the work. " * 200


@pytest.fixture
def store(database):
    with Store(database) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        yield store


def add(store: Store, number: int, closed: datetime | None = None, *, told: bool = True) -> int:
    one = Posting("lever:a", str(number), f"https://jobs.example.org/{number}", f"Nurse {number}", "Acme", "acme", text=TEXT)
    print_ = fingerprint(one, with_text=True)
    job = store.postings.new_job(NOW - 5 * YEAR, baseline=False)
    row = store.postings.add(one, print_, blocks(print_), "raw", NOW - 5 * YEAR, job=job)
    store.events.add(job, EventKind.NEW, NOW - 5 * YEAR, row)
    store.outbox.enqueue(QueuedAlert(f"mail{number}", "mail", job, EventKind.NEW, "new", "s", NOW - 5 * YEAR, NOW - 5 * YEAR))
    if told:
        store.outbox.batch(f"d{number}", "mail", [f"mail{number}"], NOW - 5 * YEAR, {})
        store.outbox.mark_sent(f"d{number}", NOW - 5 * YEAR)
    if closed:
        store.postings.keep_presence(row, 3, closed, closed)
    return row


def test_only_what_is_closed_for_long_loses_its_text_and_is_read_anew_when_it_comes_back(store):
    rows = {"open": add(store, 1), "lately": add(store, 2, NOW - timedelta(days=9)), "long": add(store, 3, NOW - 1.5 * YEAR)}
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(1, 0)
    texts = {name: store.postings.get(row).posting.text for name, row in rows.items()}
    assert texts == {"open": TEXT, "lately": TEXT, "long": ""}
    assert store.postings.known("lever:a", ["3"])["3"].raw != "raw"
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0), "once"


def test_a_row_that_is_put_back_is_no_new_posting(store):
    """The readings count what sources brought, not what is written anew to save room."""
    add(store, 1, NOW - 3 * YEAR)
    add(store, 2, NOW - 1.5 * YEAR)
    before = store.ledger.rows("SELECT * FROM readings")
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(2, 1)
    assert store.ledger.rows("SELECT * FROM readings") == before


def test_a_tombstone_is_known_and_its_alert_cannot_be_owed_again(store):
    row = add(store, 1, NOW - 3 * YEAR)
    add(store, 2)
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR).tombstones == 1
    kept = store.postings.get(row)
    assert (kept.posting.title, kept.posting.url, kept.posting.text) == ("Nurse 1", "https://jobs.example.org/1", "")
    assert "1" in store.postings.known("lever:a", ["1"])
    assert not store.outbox.enqueue(QueuedAlert("again", "mail", kept.job, EventKind.NEW, "new", "s", NOW, NOW))
    assert store.outbox.deliveries() == []
    assert store.events.of_job(kept.job) == []


def test_what_is_owed_or_spoken_of_stays_whole(store):
    owed, said = add(store, 1, NOW - 3 * YEAR, told=False), add(store, 2, NOW - 3 * YEAR)
    store.marks.add("applied", "job", str(store.postings.get(said).job), NOW)
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0)
    assert [store.postings.get(row).posting.text for row in (owed, said)] == [TEXT, TEXT]
    assert store.outbox.counts()["mail"]["owed"] == 1


def test_what_was_given_up_or_is_held_stays_whole(store):
    """A message given up may be tried again for as long as nobody dropped it."""
    row = add(store, 1, NOW - 3 * YEAR)
    store.ledger.write("UPDATE alerts SET state = 'dead'")
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0)
    assert store.postings.get(row).posting.text == TEXT


def test_a_tombstone_is_still_found_by_its_address(store):
    row = add(store, 1, NOW - 3 * YEAR)
    print_ = fingerprint(store.postings.get(row).posting, with_text=True)
    forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR)
    assert [one.id for one in store.postings.find("", blocks(print_))] == [row]


def test_the_number_of_an_event_that_was_told_is_not_given_again(store):
    """Else the next event of the same job would count as told."""
    row = add(store, 1, NOW - 3 * YEAR)
    job = store.postings.get(row).job
    last = store.events.add(job, EventKind.CLOSED, NOW - 3 * YEAR, row)
    forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR)
    assert store.events.add(job, EventKind.REOPENED, NOW, row) > last


def test_what_a_source_listed_that_nobody_reads_any_more_is_forgotten_too(store):
    row = add(store, 1)
    store.sources.keep_good("lever:a", NOW - 3 * YEAR, NOW, changed=True, listed=1, requests=1, saved=0)
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0), "it is configured"
    store.sources.configure([], NOW)
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(1, 1)
    assert store.postings.get(row).posting.title == "Nurse 1"


def test_a_damaged_row_holds_up_nobody(store):
    bad, good = add(store, 1, NOW - 3 * YEAR), add(store, 2, NOW - 3 * YEAR)
    store.ledger.write("UPDATE postings SET posting = '{' WHERE id = ?", (bad,))
    assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR).tombstones == 1
    assert store.postings.get(good).posting.text == ""


@A_FILE
def test_what_is_to_be_forgotten_is_found_without_reading_a_row(store):
    plan = store.ledger.rows("EXPLAIN QUERY PLAN SELECT id FROM postings WHERE closed < '2026' AND raw NOT IN ('', 'gone')")
    assert "COVERING INDEX postings_closed" in plan[0]["detail"]


def fill(store: Store, number: int) -> None:
    with store.transaction():
        for one in range(number):
            add(store, one, NOW - 1.5 * YEAR)


def test_the_room_goes_back_to_the_disk_in_steps_through_the_log(tmp_path):
    path = tmp_path / "a.db"
    with lock(path), Store(path, keeper=True) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        fill(store, 300)
        store._keeper.fold()
        before = path.stat().st_size
        assert forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR).texts == 300
        pages = store.ledger.rows("PRAGMA freelist_count")[0]["freelist_count"]
        assert give_back(store.ledger, 150) == 150
        assert store.ledger.rows("PRAGMA freelist_count")[0]["freelist_count"] == pages - 150
        while give_back(store.ledger):
            pass
        assert store.ledger.rows("PRAGMA freelist_count")[0]["freelist_count"], "some stays free for what comes next"
        store._keeper.fold()
        store.tend()
        assert path.stat().st_size < before / 2
        assert store.ledger.rows("PRAGMA integrity_check")[0]["integrity_check"] == "ok"


def test_a_file_of_an_older_version_keeps_its_room_until_it_is_written_anew(tmp_path):
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.ledger.connection.execute("PRAGMA auto_vacuum = NONE")
        store.ledger.connection.execute("PRAGMA journal_mode = DELETE")
        store.ledger.connection.execute("VACUUM")
    with Store(path) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        fill(store, 300)
        forget(store.ledger, store.index, NOW - YEAR, NOW - 2 * YEAR)
        assert give_back(store.ledger) == 0
    done = vacuum(path)
    assert done.after < done.before / 2
    assert path.stat().st_size == done.after
    with Store(path) as store:
        assert store.postings.count() == (300, 300, 0)
        assert store.ledger.rows("PRAGMA auto_vacuum")[0]["auto_vacuum"] == 2


def test_nothing_is_written_anew_while_a_daemon_works_on_it(tmp_path):
    Store(tmp_path / "a.db").close()
    with lock(tmp_path / "a.db"), pytest.raises(StoreError, match="stop it first"):
        vacuum(tmp_path / "a.db")
    with pytest.raises(StoreError, match="no database"):
        vacuum(tmp_path / "b.db")
