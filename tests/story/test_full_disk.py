"""A disk that is full is one line in the log of the daemon, and what could not be kept is told when there is room again."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from alerts.daemon.clock import Clock
from alerts.daemon.daemon import Daemon
from tests.story.conftest import START, Stage

BOARD = """
[[sources]]
kind="greenhouse"
board="acme"
base_url="SITE"
[[searches]]
name="engineers"
title=["engineer"]
backfill="30d"
[channels.out]
kind="file"
path="out.jsonl"
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
        "content": f"Plan and build number {number}. " * 200,
        "first_published": "2026-11-20T10:00:00Z",
        "location": {"name": "Berlin, Germany"},
    }


def test_a_full_disk_is_one_line_and_loses_nothing(stage: Stage, caplog) -> None:
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(number) for number in range(60)]}
    means = stage.configure(BOARD)
    connection = means.store.ledger.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    daemon = Daemon(stage.folder / "config.toml", means, Clock(lambda: START, speed=0.001), tick=0.1)
    thread = threading.Thread(target=daemon.run)
    with caplog.at_level(logging.INFO):
        thread.start()
        end = time.monotonic() + 20
        while not any("full" in entry.message for entry in caplog.records) and time.monotonic() < end:
            time.sleep(0.02)
        daemon.stop()
        thread.join()
    (said,) = (entry for entry in caplog.records if "full" in entry.message)
    assert said.exc_info is None
    assert "nothing was kept, it is tried again" in said.message
    connection.execute("PRAGMA max_page_count = 100000")
    means.store.sources.release_all()
    stage.poll()
    stage.deliver()
    assert len(stage.told()) == 60
