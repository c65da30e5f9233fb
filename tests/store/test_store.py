"""What the story relies on: every operation of the store, told as the two halves use it. A second store would run these too."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.errors import StoreError
from alerts.model.event import Change, EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.store.codec import posting_in, posting_out
from alerts.store.database import connect
from alerts.store.lock_file import lock
from alerts.store.migrate import shapes
from alerts.store.outbox import QueuedAlert
from alerts.store.short import number, short
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(database):
    with Store(database) as store:
        yield store


def source(key: str = "lever:a", name: str = "A") -> Source:
    return Source(key, name, "lever", Options())


def posting(source_id: str = "1", title: str = "Nurse", **more) -> Posting:
    return Posting("lever:a", source_id, f"https://jobs.example.org/{source_id}", title, "Acme", "acme", **more)


def add(store: Store, one: Posting, job: int | None = None, now: datetime = NOW) -> tuple[int, int]:
    job = job or store.postings.new_job(now, baseline=False)
    print_ = fingerprint(one)
    return store.postings.add(one, print_, blocks(print_), "raw", now, job=job), job


def owed(job: int, channel: str = "mail", key: str = "new", due: datetime = NOW, name: str = "") -> QueuedAlert:
    return QueuedAlert(name or f"{channel}{job}{key}", channel, job, EventKind.NEW, key, "s", NOW, due)


# --- sources --------------------------------------------------------------------------------------------------------


def test_a_new_source_is_due_at_once_and_a_claimed_one_is_not_until_its_lease_ends(store):
    store.sources.configure([source()], NOW)
    assert store.sources.claim_due(NOW, 5 * MINUTE, 9) == ["lever:a"]
    assert store.sources.claim_due(NOW + MINUTE, 5 * MINUTE, 9) == []
    assert store.sources.claim_due(NOW + 5 * MINUTE, 5 * MINUTE, 9) == ["lever:a"], "a dead worker's lease runs out on its own"


def test_a_source_that_left_the_configuration_is_never_due_and_keeps_its_history(store):
    store.sources.configure([source()], NOW)
    store.sources.keep_good("lever:a", NOW, NOW, changed=True, listed=3, requests=1, saved=0)
    store.sources.configure([], NOW)
    assert store.sources.claim_due(NOW + MINUTE, MINUTE, 9) == []
    store.sources.configure([source(name="B")], NOW)
    assert (store.sources.state("lever:a").first_read, store.sources.state("lever:a").name) == (NOW, "B")


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1), timedelta(days=3650)])
def test_a_clock_that_is_set_back_does_not_stall_a_source(store, jump):
    store.sources.configure([source()], NOW + jump)
    assert store.sources.claim_due(NOW, MINUTE, 9) == ["lever:a"], "a source of the configuration that was never tried"
    store.sources.claim_due(NOW + jump, MINUTE, 9)
    ahead = NOW + jump
    store.sources.keep_good("lever:a", ahead, ahead + 30 * MINUTE, changed=False, listed=None, requests=1, saved=0)
    assert store.sources.due(NOW) == store.sources.claim_due(NOW, MINUTE, 9) == ["lever:a"]
    store.sources.keep_good("lever:a", NOW, NOW + 30 * MINUTE, changed=False, listed=None, requests=1, saved=0)
    assert store.sources.claim_due(NOW + MINUTE, MINUTE, 9) == [], "once"


@pytest.mark.parametrize("ended", ["good", "bad", "offline"])
def test_a_poll_that_ended_by_a_clock_ahead_does_not_stall_a_source(store, ended):
    store.sources.configure([source()], NOW)
    store.sources.claim_due(NOW, MINUTE, 9)
    ahead = NOW + timedelta(days=3650)
    if ended == "good":
        store.sources.keep_good("lever:a", ahead, ahead + MINUTE, changed=False, listed=None, requests=1, saved=0)
    elif ended == "bad":
        store.sources.keep_bad("lever:a", ahead, ahead + MINUTE, "HTTP 500")
    else:
        store.sources.keep_offline("lever:a", ahead, ahead + MINUTE, "no route")
    assert store.sources.due_at("lever:a", NOW + MINUTE) == NOW + MINUTE
    assert store.sources.claim_due(NOW + MINUTE, MINUTE, 9) == ["lever:a"]


def test_a_claim_whose_end_could_not_be_written_does_not_hide_that_the_clock_was_ahead(store):
    store.sources.configure([source()], NOW)
    ahead = NOW + timedelta(days=1)
    store.sources.claim_due(ahead, MINUTE, 9)
    store.sources.keep_good("lever:a", ahead, ahead + MINUTE, changed=False, listed=None, requests=1, saved=0)
    assert store.sources.claim_due(NOW, MINUTE, 9, ours="lever:a") == ["lever:a"], "the clock was set back"
    later = NOW + timedelta(seconds=5)
    assert store.sources.due_at("lever:a", later) == later
    assert store.sources.claim_due(later, MINUTE, 9, ours="lever:a") == ["lever:a"], "nothing of that try was written"


def test_a_source_that_is_read_every_week_is_read_every_week(store):
    store.sources.configure([source()], NOW)
    store.sources.claim_due(NOW, MINUTE, 9)
    store.sources.keep_good("lever:a", NOW, NOW + timedelta(days=7), changed=False, listed=None, requests=1, saved=0)
    assert store.sources.due(NOW + MINUTE) == store.sources.claim_due(NOW + MINUTE, MINUTE, 9) == []


def test_failures_are_counted_and_forgotten_after_a_good_reading(store):
    store.sources.configure([source()], NOW)
    for tries in range(3):
        store.sources.keep_bad("lever:a", NOW + tries * MINUTE, NOW, "HTTP 500")
    state = store.sources.state("lever:a")
    assert (state.failures, state.failing_since, state.error) == (3, NOW, "HTTP 500")
    store.sources.keep_good("lever:a", NOW, NOW, changed=False, listed=1, requests=1, saved=0)
    state = store.sources.state("lever:a")
    assert (state.failures, state.failing_since, state.error) == (0, None, None)


def test_validators_are_replaced_whole(store):
    store.sources.configure([source()], NOW)
    store.sources.keep_validators("lever:a", {"r1": {"etag": '"1"', "body": "b"}, "r2": {"last_modified": "Mon"}})
    store.sources.keep_validators("lever:a", {"r1": {"etag": '"2"'}})
    assert store.sources.validators("lever:a") == {"r1": {"etag": '"2"'}}


# --- postings -------------------------------------------------------------------------------------------------------


def test_known_postings_are_found_by_the_sources_own_ids_only_within_the_source(store):
    store.sources.configure([source(), source("lever:b", "B")], NOW)
    add(store, posting("1"))
    assert set(store.postings.known("lever:a", ["1", "2"])) == {"1"}
    assert store.postings.known("lever:b", ["1"]) == {}


def test_candidates_are_found_by_any_shared_key(store):
    store.sources.configure([source()], NOW)
    one = posting("1", "Registered Nurse, Oncology")
    _, job = add(store, one)
    keys = blocks(fingerprint(one))
    assert {found for key in keys for found, _ in store.postings.candidates([key])[key]} == {job}
    assert store.postings.candidates(["nothing"]) == {}


def test_merging_two_jobs_counts_what_was_told_of_either_as_told(store):
    store.sources.configure([source()], NOW)
    _, a = add(store, posting("1"))
    _, b = add(store, posting("2"))
    assert store.outbox.enqueue(owed(b))
    store.postings.merge(a, b)
    assert store.postings.job(b).id == a
    assert len(store.postings.of_job(a)) == 2
    assert not store.outbox.enqueue(owed(a, name="again")), "the same job, channel and event is owed once"


def test_of_two_alerts_owed_of_jobs_that_become_one_one_is_left(store):
    store.sources.configure([source()], NOW)
    _, a = add(store, posting("1"))
    _, b = add(store, posting("2"))
    assert store.outbox.enqueue(owed(a))
    assert store.outbox.enqueue(owed(b))
    store.postings.merge(a, b)
    assert [alert.job for alert in store.outbox.ready("mail", NOW)] == [a]


def test_what_is_stored_survives_a_loss_of_power(tmp_path):
    with closing(connect(tmp_path / "a.db")) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2, "FULL"


POSTINGS = st.builds(
    Posting,
    source=st.just("s"),
    source_id=st.text(min_size=1, max_size=8),
    url=st.just("https://example.org/1"),
    title=st.text(max_size=40),
    text=st.text(max_size=80),
    company=st.none() | st.text(max_size=10),
    work=st.lists(st.sampled_from(["remote", "hybrid"]), max_size=2).map(tuple),
    places=st.lists(st.builds(Place, st.text(max_size=9), st.none() | st.text(max_size=9)), max_size=2).map(tuple),
    pay=st.none() | st.builds(Pay, st.none() | st.floats(0, 1e9), st.none() | st.floats(0, 1e9), st.just("EUR"), st.just("year")),
    posted=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(POSTINGS)
def test_a_posting_comes_back_from_the_store_as_it_went_in(one):
    assert posting_in(posting_out(one), one.text) == one


@given(st.integers(1, 10**9))
def test_a_short_id_names_its_job(job):
    assert number(short(job)) == job
    assert len(short(job)) <= 7


def test_short_ids_are_unique_and_words_are_none():
    assert len({short(job) for job in range(1, 20_000)}) == 19_999
    assert [number(words) for words in ("", "abc", "hello", "https://example.org", "ä23b")] == [None] * 5


# --- outbox ---------------------------------------------------------------------------------------------------------


def gather(store: Store, *alerts: QueuedAlert, name: str = "d1") -> None:
    for alert in alerts:
        store.outbox.enqueue(alert)
    store.outbox.batch(name, alerts[0].channel, [alert.id for alert in alerts], NOW, {"heading": "s"})


@pytest.fixture
def job(store):
    store.sources.configure([source()], NOW)
    return add(store, posting())[1]


def test_an_alert_is_ready_when_it_is_due_and_not_before(store, job):
    store.outbox.enqueue(owed(job, due=NOW + MINUTE))
    assert store.outbox.ready("mail", NOW) == []
    assert [alert.job for alert in store.outbox.ready("mail", NOW + MINUTE)] == [job]


def test_a_claimed_delivery_is_not_claimed_twice_but_again_after_its_lease(store, job):
    gather(store, owed(job))
    first = store.outbox.claim("mail", NOW, 5 * MINUTE)
    assert first.id == "d1"
    assert store.outbox.claim("mail", NOW + MINUTE, 5 * MINUTE) is None
    again = store.outbox.claim("mail", NOW + 5 * MINUTE, 5 * MINUTE)
    assert (again.id, again.attempts) == ("d1", 1), "under the same id"


def test_a_sent_delivery_is_over(store, job):
    gather(store, owed(job))
    store.outbox.claim("mail", NOW, MINUTE)
    store.outbox.mark_sent("d1", NOW)
    assert store.outbox.claim("mail", NOW + timedelta(days=1), MINUTE) is None
    assert store.outbox.counts() == {"mail": {"sent": 1}}


def test_a_delivery_put_off_waits_and_remembers_who_is_left(store, job):
    gather(store, owed(job))
    store.outbox.claim("mail", NOW, MINUTE)
    store.outbox.reschedule("d1", NOW + 5 * MINUTE, "451 greylisted", ["b@example.org"])
    assert store.outbox.claim("mail", NOW + 4 * MINUTE, MINUTE) is None
    assert store.outbox.claim("mail", NOW + 5 * MINUTE, MINUTE).recipients == ("b@example.org",)


def test_a_dead_delivery_can_be_tried_again_or_dropped_by_hand(store, job):
    gather(store, owed(job))
    store.outbox.claim("mail", NOW, MINUTE)
    store.outbox.mark_dead("d1", NOW, "550 no such user")
    assert [(d.state, d.error) for d in store.outbox.deliveries(states=["dead"])] == [("dead", "550 no such user")]
    assert store.outbox.revive("d1", NOW)
    assert store.outbox.claim("mail", NOW, MINUTE).id == "d1"
    assert store.outbox.discard("d1", NOW)
    assert not store.outbox.revive("d1", NOW)
    assert store.outbox.counts() == {"mail": {"dropped": 1}}


def test_one_word_to_the_operator_is_owed_once(store):
    assert store.outbox.notice("n1", "mail", "source A", "fails", NOW)
    assert not store.outbox.notice("n1", "mail", "source A", "fails", NOW)
    assert store.outbox.claim("mail", NOW, MINUTE).notice == {"subject": "source A", "text": "fails"}


def test_reasons_and_changes_come_back_as_they_went_in(store, job):
    reasons = (Reason("any", "", Answer.YES, parts=(Reason("title", "nurse", Answer.YES, "Nurse", "title", (0, 5), "parsed"),)),)
    changes = (Change("pay", "€50k", "€60k"),)
    store.outbox.enqueue(QueuedAlert("x", "mail", job, EventKind.CHANGED, "7", "s", NOW, NOW, ("t",), changes, reasons, 1.5))
    found = store.outbox.ready("mail", NOW)[0]
    assert (found.reasons, found.changes, found.also, found.score) == (reasons, changes, ("t",), 1.5)


# --- the file -------------------------------------------------------------------------------------------------------


def test_an_error_inside_a_transaction_keeps_nothing(store, job):
    def fail() -> None:
        with store.transaction():
            store.outbox.enqueue(owed(job))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.outbox.counts() == {}


def test_threads_share_the_store(store, job):
    def work(channel: str) -> None:
        for key in range(20):
            store.outbox.enqueue(owed(job, channel, str(key)))

    threads = [threading.Thread(target=work, args=(f"c{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: states["owed"] for name, states in store.outbox.counts().items()} == {f"c{n}": 20 for n in range(4)}


def test_a_newer_database_is_refused_untouched(tmp_path):
    path = tmp_path / "a.db"
    Store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(shapes()) + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        Store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, certainly not one that is long enough" * 40])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path, content):
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged or no database"):
        Store(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program"):
        Store(path)


def test_reading_never_makes_a_database(tmp_path):
    with pytest.raises(StoreError, match="job-alerts poll"):
        Store(tmp_path / "a.db", readonly=True)
    assert not (tmp_path / "a.db").exists()


def test_only_the_owner_can_read_the_file(tmp_path):
    Store(tmp_path / "state" / "a.db").close()
    assert (tmp_path / "state" / "a.db").stat().st_mode & 0o077 == 0


def test_a_second_worker_on_one_database_is_refused_with_the_number_of_the_first(tmp_path):
    import os

    with lock(tmp_path / "a.db"), pytest.raises(StoreError, match=f"process {os.getpid()}"):
        lock(tmp_path / "a.db")
    lock(tmp_path / "a.db").close()


def test_a_shipped_migration_never_changes(tmp_path):
    """A shape that users have must stay what it was; add a new file instead. (Before the first release this may be updated.)"""
    import hashlib

    assert [hashlib.sha256(shape.encode()).hexdigest()[:12] for shape in shapes()] == PINNED


PINNED = [
    "7e5ee4f612d8",
    "d9aaba90dbd9",
    "527d0428f74d",
    "c11653569bcb",
    "0b37b38f4f0d",
    "8cf33535d9de",
    "b100b65c2ad3",
    "6c0a0d6af56e",
    "3e945dffb825",
    "24c131a10ee5",
    "9cbe02784147",
]
