"""A source that says "nothing changed" costs little: few questions to the store, and no waiting for the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from alerts.cli.demo.site import Given
from alerts.store.engines.sqlite import SqliteLedger
from tests.story.test_poll import OUT, SEARCH
from tests.story.test_poll_listings import FEED, Publisher, entry


@pytest.fixture
def database(tmp_path):
    """A file: this is about what SQLite does with it."""
    return tmp_path / "a.db"


@pytest.fixture
def publisher(stage):
    publisher = Publisher(Given(b"", 304, headers={"ETag": '"1"'}))
    publisher.entries = [entry(n) for n in range(1, 6)]
    stage.pages["/feed"] = publisher
    stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    stage.wait()
    return publisher


@contextmanager
def said_to(store) -> Iterator[list[str]]:
    """The statements that the database is given."""
    said: list[str] = []
    store.ledger.connection.set_trace_callback(said.append)
    yield said
    store.ledger.connection.set_trace_callback(None)


def lasting(said: list[str]) -> int:
    """How many of those transactions the disk was waited for."""
    begun = [before for before, one in zip(["", *said], said, strict=False) if one.startswith("BEGIN")]
    return sum(not before.endswith("synchronous = NORMAL") for before in begun)


def test_an_unchanged_source_is_claimed_read_and_kept_without_waiting_for_the_disk(stage, publisher):
    """Red before: two commits, each of which the disk was asked to keep at once."""
    with said_to(stage.means.store) as said:
        reports = stage.poll()
    assert reports[0].unchanged
    assert lasting(said) == 0
    assert sum(one.startswith("BEGIN") for one in said) == 2
    assert len([one for one in said if one.startswith("SELECT")]) <= 7
    assert sum("FROM sources WHERE key" in one for one in said) == 1, "what is known of a source is asked once"


def test_what_is_written_of_postings_is_kept_by_the_disk(stage, publisher):
    publisher.entries.append(entry(9))
    publisher.conditional = Given(b"", 412)
    with said_to(stage.means.store) as said:
        assert stage.poll()[0].recorded.new == 1
    assert lasting(said) > 0


def test_a_miss_that_is_counted_again_is_kept_by_the_disk(stage, publisher):
    stage.means.store.postings.keep_presence(1, 1, stage.now, None)
    with said_to(stage.means.store) as said:
        assert stage.poll()[0].unchanged
    assert lasting(said) >= 1


def test_the_disk_is_waited_for_again_after_a_transaction_that_need_not_last(stage, publisher):
    store = stage.means.store

    def level() -> int:
        return store.ledger.connection.execute("PRAGMA synchronous").fetchone()[0]

    with store.transaction(lasting=False):
        assert level() == 1, "NORMAL"
        with store.transaction():
            store.keep_fact("a", "b", stage.now)
    assert (level(), store.fact("a")[0]) == (2, "b")

    def fail() -> None:
        with store.transaction(lasting=False):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert level() == 2
    with store.transaction(), store.transaction(lasting=False):
        assert level() == 2, "part of one that lasts"


def test_without_a_log_the_disk_is_always_waited_for(tmp_path):
    """A rollback journal that is not kept by the disk may spoil the file in a power cut."""
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        with SqliteLedger(connection).transaction(lasting=False):
            assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
