"""The file is readable by people: every view, read through the ``sqlite-utils`` command, says what the tables hold."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.event import EventKind
from alerts.model.options import Options
from alerts.model.plan import Source
from alerts.model.posting import Pay, Place, Posting
from alerts.store.outbox import QueuedAlert
from alerts.store.short import short
from alerts.store.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "database.md"
VIEWS = {
    name: re.findall(r"`(\w+)`", columns) for name, columns in re.findall(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", PAGE.read_text(), re.M)
}
PLACES = (Place("Berlin, Germany", "Berlin", None, "DE"), Place("Remote, EU"))
PAY = Pay(70_000.0, 90_000.0, "EUR", "year", words="€70,000 - €90,000 per year")
BAKER = Posting("lever:a", "1", "https://jobs.example.org/1", "Night Baker", "Acme", "acme", places=PLACES,
                work=("onsite", "hybrid"), level="senior", pay=PAY, posted=NOW, text="You bake sourdough bread.")  # fmt: skip
BARE = Posting("lever:a", "2", "https://jobs.example.org/2", "Nurse")


def add(store: Store, posting: Posting) -> int:
    job = store.postings.new_job(NOW, baseline=False)
    print_ = fingerprint(posting)
    store.postings.add(posting, print_, blocks(print_), "raw", NOW, job=job)
    return job


@pytest.fixture
def path(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.sources.configure([Source("lever:a", "Acme's board", "lever", Options())], NOW)
        jobs = [add(store, BAKER), add(store, BARE)]
        store.searches.keep_match("bread", jobs[0], NOW, [], 2.5)
        for name, job in zip("ab", jobs, strict=True):
            store.outbox.enqueue(QueuedAlert(name, "mail", job, EventKind.NEW, "new", "bread", NOW, NOW))
            store.outbox.batch(f"delivery-{name}", "mail", [name], NOW, {})
        store.outbox.mark_sent("delivery-a", NOW)
        store.outbox.mark_dead("delivery-b", NOW, "550 no such mailbox")
    return tmp_path / "a.db"


def command(*words: object) -> list[dict[str, object]]:
    done = subprocess.run([sys.executable, "-m", "sqlite_utils", *map(str, words)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rows(path: Path, view: str) -> list[dict[str, object]]:
    return command("rows", path, view)


def test_the_page_describes_every_view_with_its_columns_and_every_table(path):
    with closing(sqlite3.connect(path)) as connection:
        views = {
            name: [column[0] for column in connection.execute(f"SELECT * FROM {name}").description]
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
        }
    assert {name: VIEWS.get(name) for name in views} == views
    tables = {row["table"] for row in command("tables", path, "--counts")}
    described = PAGE.read_text().partition("## Tables")[2]
    assert [table for table in sorted(tables) if f"`{table}`" not in described] == []


def test_open_jobs_have_their_json_as_columns(path):
    baker, bare = rows(path, "jobs_open")
    expected = {"id": short(1), "title": "Night Baker", "company": "Acme", "places": "Berlin, Germany; Remote, EU"}
    expected |= {"pay": PAY.words, "pay_min": 70_000.0, "pay_max": 90_000.0, "currency": "EUR", "period": "year"}
    expected |= {"level": "senior", "work": "onsite, hybrid", "url": BAKER.url, "sources": "Acme's board", "listings": 1}
    assert {name: baker[name] for name in expected} == expected
    assert str(baker["posted"]).startswith("2026-11-23T12:00")
    assert (bare["title"], bare["company"], bare["places"], bare["pay"], bare["work"]) == ("Nurse", None, None, None, None)


def test_matches_alerts_failures_and_sources_are_told_in_names(path):
    (match,) = rows(path, "matches_now")
    assert (match["search"], match["title"], match["company"], match["score"]) == ("bread", "Night Baker", "Acme", 2.5)
    (sent,) = rows(path, "alerts_sent")
    assert (sent["channel"], sent["id"], sent["title"], sent["event"]) == ("mail", short(1), "Night Baker", "new")
    (failed,) = rows(path, "deliveries_failed")
    assert (failed["channel"], failed["error"], failed["alerts"], failed["state"]) == ("mail", "550 no such mailbox", 1, "dead")
    (source,) = rows(path, "sources_state")
    assert (source["name"], source["state"], source["open"]) == ("Acme's board", "not read yet", 2)


def test_a_job_of_several_listings_is_one_row_until_the_last_is_closed(path):
    with Store(path) as store:
        again = Posting("lever:a", "3", "https://jobs.example.org/3", "Night Baker (m/f/d)", "Acme", "acme")
        number = store.postings.add(again, fingerprint(again), [], "raw", NOW, job=1)
        assert [row["listings"] for row in rows(path, "jobs_open")] == [2, 1]
        store.postings.keep_presence(1, 3, NOW, NOW + timedelta(hours=6))
        assert [row["title"] for row in rows(path, "jobs_open")] == ["Night Baker (m/f/d)", "Nurse"]
        store.postings.keep_presence(number, 3, NOW, NOW)
        assert [row["title"] for row in rows(path, "jobs_open")] == ["Nurse"]


def test_a_damaged_row_does_not_hold_up_the_others(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE postings SET posting = '{' WHERE id = 1")
    assert [row["title"] for row in rows(path, "jobs_open")] == [None, "Nurse"]


@pytest.mark.parametrize("job", [1, 12345, 531_440, 531_441, 700_000, 14_348_906, 14_348_907, 380_000_000])
def test_ids_in_the_views_are_the_ones_that_commands_take(path, job):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO jobs (id, first_seen) VALUES (?, '') ON CONFLICT DO NOTHING", (job,))
        assert connection.execute("SELECT id FROM job_ids WHERE job = ?", (job,)).fetchone() == (short(job),)
