"""What is stored can be searched in a person's words: by the store, and by any tool that reads the file."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.store.engines.sqlite import SqliteLedger
from alerts.store.store import Store
from tests.postgres import A_FILE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BAKER = Posting("lever:a", "1", "https://j.example.org/1", "Night Baker", "Acme", "acme", text="You bake sourdough bread.")
NURSE = Posting("lever:a", "2", "https://j.example.org/2", "Nurse (m/w/d)", "Café Müller", "cafe", text="Full-stack care. C++?")
PLAIN = Posting("lever:a", "3", "https://j.example.org/3", "Baker", None, text="")


@pytest.fixture
def store(database):
    with Store(database) as store:
        store.sources.configure([Source("lever:a", "A", "lever", Options())], NOW)
        with store.transaction():
            for posting in (BAKER, NURSE, PLAIN):
                add(store, posting)
        yield store


def add(store: Store, posting: Posting) -> int:
    job = store.postings.new_job(NOW, baseline=False)
    return store.postings.add(posting, fingerprint(posting), ["k"], "raw", NOW, job=job)


def found(store: Store, words: str, **how: int) -> list[int]:
    return [hit.posting for hit in store.search(words, **how)]


def is_sound(store: Store) -> bool:
    """FTS5 compares its index with the words of the postings, and raises where they differ; elsewhere we compare."""
    if isinstance(store.ledger, SqliteLedger):
        sql = "INSERT INTO postings_fts (postings_fts, rank) VALUES ('integrity-check', 1)"
        return store.ledger.write(sql) is not None
    other = "f.words IS DISTINCT FROM CASE WHEN p.title IS NOT NULL THEN words_of(p.title, p.company, p.text) END"
    return store.ledger.rows(f"SELECT p.id FROM postings p LEFT JOIN postings_fts f ON f.posting = p.id WHERE {other}") == []


def empty_the_index(store: Store) -> None:
    all_of_it = "INSERT INTO postings_fts (postings_fts) VALUES ('delete-all')"
    store.ledger.write(all_of_it if isinstance(store.ledger, SqliteLedger) else "DELETE FROM postings_fts")


@pytest.mark.parametrize(
    ("words", "postings"),
    [
        ("baker", [3, 1]),
        ("BAKERS", [3, 1]),
        ("sourdough acme", [1]),
        ("sourdough nurse", []),
        ("muller cafe", [2]),
        ("Müller", [2]),
        ("full-stack", [2]),
        ("C++", [2]),
        ("m/w/d", [2]),
        ("", []),
        ('" - ( * ^ :', []),
        ("bread AND", []),
        ('title : baker" OR nurse NOT', []),
        ("\x00baker\ud800", [3, 1]),
        ("🦊", []),
    ],
)
def test_all_words_must_stand_there_and_no_sign_is_an_error(store, words, postings):
    assert found(store, words) == postings


def test_the_newest_come_first_and_the_next_page_goes_on_before_the_last(store):
    assert found(store, "baker", limit=1) == [3]
    assert found(store, "baker", limit=1, before=3) == [1]
    assert found(store, "baker", limit=1, before=1) == []
    assert [hit.job for hit in store.search("baker")] == [3, 1]


@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_answered(words):
    with Store(":memory:") as store:
        store.search(words)


def test_a_changed_posting_is_found_by_its_new_words_only(store):
    now = Posting("lever:a", "1", BAKER.url, "Pastry Chef", "Acme", "acme", text="You make cakes.")
    store.postings.replace(1, now, fingerprint(now), ["k"], "raw2", pending=None)
    assert (found(store, "sourdough"), found(store, "pastry cakes"), found(store, "baker")) == ([], [1], [3])
    assert is_sound(store)


def test_stored_and_changed_in_one_transaction_leaves_the_last_words(store):
    with store.transaction():
        number = add(store, Posting("lever:a", "4", "https://j.example.org/4", "Welder"))
        now = Posting("lever:a", "4", "https://j.example.org/4", "Turner")
        store.postings.replace(number, now, fingerprint(now), [], "raw2", pending=None)
    assert (found(store, "welder"), found(store, "turner")) == ([], [number])
    assert is_sound(store)


def test_a_transaction_that_came_to_nothing_leaves_nothing_in_the_index(store):
    with suppress(RuntimeError), store.transaction():
        add(store, Posting("lever:a", "4", "https://j.example.org/4", "Welder"))
        raise RuntimeError
    number = add(store, Posting("lever:a", "5", "https://j.example.org/5", "Turner"))
    assert (found(store, "welder"), found(store, "turner")) == ([], [number])
    assert is_sound(store)


def test_a_change_that_came_to_nothing_and_is_made_again_leaves_no_old_word(store):
    now = Posting("lever:a", "1", BAKER.url, "Pastry Chef")
    with suppress(RuntimeError), store.transaction():
        store.postings.replace(1, now, fingerprint(now), ["k"], "raw2", pending=None)
        raise RuntimeError
    assert found(store, "sourdough") == [1]
    store.postings.replace(1, now, fingerprint(now), ["k"], "raw2", pending=None)
    assert (found(store, "sourdough"), found(store, "pastry")) == ([], [1])
    assert is_sound(store)


def test_a_deleted_posting_is_gone_from_the_index(store):
    store.events.add(1, EventKind.NEW, NOW, 1)
    store.postings.delete([1, 2])
    assert (found(store, "baker"), found(store, "nurse"), store.postings.count()[1]) == ([3], [], 1)
    assert is_sound(store)


def test_postings_of_an_older_file_come_in_some_at_a_time_and_damage_holds_up_nothing(store):
    empty_the_index(store)
    store.ledger.write("UPDATE postings SET title = NULL, company = NULL")
    store.ledger.write("UPDATE postings SET posting = '{' WHERE id = 2")
    assert (store.index.catch_up(1), found(store, "baker")) == (1, [1])
    assert (store.index.catch_up(1), store.index.catch_up(1), store.index.catch_up(1)) == (1, 1, 0)
    assert (found(store, "baker"), found(store, "care")) == ([3, 1], [2])
    assert is_sound(store)


def test_one_that_is_not_in_the_index_yet_can_be_changed_and_deleted(store):
    empty_the_index(store)
    store.ledger.write("UPDATE postings SET title = NULL, company = NULL")
    now = Posting("lever:a", "1", BAKER.url, "Pastry Chef")
    store.postings.replace(1, now, fingerprint(now), ["k"], "raw2", pending=None)
    store.postings.delete([2])
    assert store.index.catch_up() == 1
    assert (found(store, "pastry"), found(store, "nurse"), found(store, "baker")) == ([1], [], [3])
    assert is_sound(store)


@A_FILE
def test_people_search_with_the_tool_that_they_have(store, tmp_path):
    """Words as they are, and in quotes of the tool's own; columns are named, not JSON."""
    call = [sys.executable, "-m", "sqlite_utils", "search", str(tmp_path / "a.db"), "postings"]
    asked = [("baker", {"Night Baker", "Baker"}), ("sourdough acme", {"Night Baker"}), ("none such", set())]
    for words, titles in asked:
        for order in ([], ["-c", "first_seen", "-o", "first_seen desc"]):
            done = subprocess.run(
                [*call, words, "-c", "title", "-c", "company", *order], capture_output=True, text=True, timeout=60
            )
            assert done.returncode == 0, done.stderr
            assert {row["title"] for row in json.loads(done.stdout)} == titles


@A_FILE
def test_every_text_of_the_file_can_be_read_without_trusting_its_schema(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        rows = connection.execute("SELECT title, company FROM postings ORDER BY id").fetchall()
    assert rows == [("Night Baker", "Acme"), ("Nurse (m/w/d)", "Café Müller"), ("Baker", None)]
