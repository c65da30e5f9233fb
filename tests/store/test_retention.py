"""What has been closed for long shrinks to a tombstone; what is open, owed or spoken of stays, and nothing is told again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.store.outbox import QueuedAlert
from alerts.store.retention import Forgotten, forget
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
TEXT = "A long text about the work. " * 200


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        yield store


def add(store: Store, number: int, closed: datetime | None = None, *, told: bool = True) -> int:
    one = Posting("lever:a", str(number), f"https://jobs.example.org/{number}", f"Nurse {number}", "Acme", "acme", text=TEXT)
    print_ = fingerprint(one, with_text=True)
    job = store.postings.new_job(NOW - 5 * YEAR, quiet=False)
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
    assert forget(store.ledger, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(1, 0)
    texts = {name: store.postings.get(row).posting.text for name, row in rows.items()}
    assert texts == {"open": TEXT, "lately": TEXT, "long": ""}
    assert store.postings.known("lever:a", ["3"])["3"].raw != "raw"
    assert forget(store.ledger, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0), "once"


def test_a_tombstone_is_known_and_its_alert_cannot_be_owed_again(store):
    row = add(store, 1, NOW - 3 * YEAR)
    assert forget(store.ledger, NOW - YEAR, NOW - 2 * YEAR).tombstones == 1
    kept = store.postings.get(row)
    assert (kept.posting.title, kept.posting.url, kept.posting.text) == ("Nurse 1", "https://jobs.example.org/1", "")
    assert "1" in store.postings.known("lever:a", ["1"])
    assert not store.outbox.enqueue(QueuedAlert("again", "mail", kept.job, EventKind.NEW, "new", "s", NOW, NOW))
    assert store.outbox.deliveries() == []
    assert store.events.of_job(kept.job) == []


def test_what_is_owed_or_spoken_of_stays_whole(store):
    owed, said = add(store, 1, NOW - 3 * YEAR, told=False), add(store, 2, NOW - 3 * YEAR)
    store.marks.add("applied", "job", str(store.postings.get(said).job), NOW)
    assert forget(store.ledger, NOW - YEAR, NOW - 2 * YEAR) == Forgotten(0, 0)
    assert [store.postings.get(row).posting.text for row in (owed, said)] == [TEXT, TEXT]
    assert store.outbox.counts()["mail"]["owed"] == 1


def test_the_room_goes_back_to_the_disk(store, tmp_path):
    with store.transaction():
        for number in range(300):
            add(store, number, NOW - 3 * YEAR)
    before = (tmp_path / "a.db").stat().st_size
    assert forget(store.ledger, NOW - YEAR, NOW - 2 * YEAR, batch=100).texts == 300
    assert (tmp_path / "a.db").stat().st_size < before / 2
    assert store.ledger.rows("PRAGMA integrity_check")[0][0] == "ok"
