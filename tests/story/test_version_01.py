"""A database as version 0.1 left it is opened, polled and searched: nothing is told again, nothing owed is lost.

``data/version-0.1.db.gz`` was written by the program of 0.1 (shape 3): it read three jobs of one board in three polls; the
first was there before, the second was told, the third is owed; the user saved the first.
"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.config.load import load
from alerts.store.migrate import shapes
from tests.story.conftest import START, Stage

STORED = Path(__file__).parent / "data" / "version-0.1.db.gz"
THEN = "greenhouse:acme~01bcbf37"
BOARD = """
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
[[searches]]
name = "engineers"
title = ["engineer"]
channels = ["out"]
[channels.out]
kind = "file"
path = "{}"
"""


@pytest.fixture
def database(tmp_path):
    """A file: this is about what SQLite does with it."""
    return tmp_path / "a.db"


def job(number: int) -> dict[str, object]:
    return {
        "id": number,
        "title": f"Engineer {number}",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"<p>Build and run services in Python. Team {number}.</p>",
        "first_published": "2026-11-20T10:00:00Z",
        "location": {"name": "Berlin, Germany"},
    }


@pytest.fixture
def taken_over(stage: Stage) -> Stage:
    """The house over the old file; its test site has another port than then, which is part of the source's key."""
    config = BOARD.format(stage.folder / "out.jsonl")
    (stage.folder / "config.toml").write_text(config.replace("SITE", stage.site.url), encoding="utf-8")
    key = load(stage.folder / "config.toml", {}).sources[0].key
    (stage.folder / "a.db").write_bytes(gzip.decompress(STORED.read_bytes()))
    with closing(sqlite3.connect(stage.folder / "a.db")) as old, old:
        old.execute("UPDATE sources SET key = ?", (key,))
        old.execute("UPDATE validators SET source = ?", (key,))
        for column in ("source", "posting", "fingerprint"):
            old.execute(f"UPDATE postings SET {column} = replace({column}, ?, ?)", (THEN, key))
    stage.now = START + timedelta(hours=3)
    stage.configure(config)
    return stage


def test_it_is_polled_and_tells_what_was_owed_and_what_is_new_and_nothing_else(taken_over):
    taken_over.pages["/v1/boards/acme/jobs"] = {"jobs": [job(number) for number in (1, 2, 3, 4)]}
    told = taken_over.round()
    assert sorted(alert["posting"]["title"] for alert in told) == ["Engineer 3", "Engineer 4"]
    assert {mark.subject for mark in taken_over.means.store.marks.all("saved")} == {"1"}
    assert taken_over.means.store.postings.count() == (4, 4, 4)


def test_its_postings_can_be_searched_and_its_steps_are_recorded(taken_over):
    store = taken_over.means.store
    assert [hit.job for hit in store.search("engineers python")] == [3, 2, 1]
    steps = store.ledger.rows("SELECT name, applied_at FROM _sqlite_migrations ORDER BY id")
    assert len(steps) == len(shapes())
    assert [row["applied_at"] == "by version 0.1" for row in steps] == [True] * 3 + [False] * (len(shapes()) - 3)
    assert store.ledger.row("PRAGMA user_version") == {"user_version": len(shapes())}
    assert store.ledger.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
