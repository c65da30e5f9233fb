"""A running daemon takes the wishes of the desk by itself, and answers them in the same row."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.daemon.daemon import Daemon
from alerts.daemon.wishes import take_tests
from alerts.sandbox.reader import Reader
from alerts.store.store import Store

CONFIG = '[settings]\ndatabase = "a.db"\n[channels.out]\nkind = "file"\npath = "out.jsonl"\n'
#: More than any machine needs; the wait ends when it is done.
PATIENCE = 60.0


@contextmanager
def running(path: Path) -> Iterator[Store]:
    """A daemon at work, and a desk's connection beside it."""
    with at_work(load(path, {}), datetime.now(UTC), Reader(inline=True)) as means, Store(path.parent / "a.db") as desk:
        daemon = Daemon(path, means)
        thread = threading.Thread(target=daemon.run)
        thread.start()
        try:
            yield desk
        finally:
            daemon.stop()
            thread.join()


def wait_until(done: Callable[[], bool]) -> None:
    """Until it is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def state_of(desk: Store, what: str, subject: str) -> str:
    found = desk.requests.last(what, subject)
    return found.state if found else ""


def test_a_test_that_was_wished_for_is_sent_once_and_answered(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    with running(path) as desk:
        number = desk.requests.add("", "test", "out", datetime.now(UTC))
        desk.requests.add("", "read", "rss:gone", datetime.now(UTC))
        wait_until(lambda: state_of(desk, "test", "out") == "done")
        found = desk.requests.last("test", "out")
        assert found
        assert (found.id, found.answer[:4]) == (number, "sent")
    assert len({json.loads(line)["delivery"] for line in (tmp_path / "out.jsonl").read_text().splitlines()}) == 1


def test_a_fault_of_a_kind_is_named_by_its_type_alone(tmp_path: Path) -> None:
    """Its words may hold the channel's secrets, and the answer is kept in the database. Red before."""
    path, now = tmp_path / "config.toml", datetime.now(UTC)
    path.write_text(CONFIG)
    with at_work(load(path, {}), now, Reader(inline=True)) as means:
        broken = {"out": replace(means.plan.channels["out"], options=None)}
        means = replace(means, plan=replace(means.plan, channels=broken))
        means.store.requests.add("", "test", "out", now)
        assert take_tests(means, now) == 1
        found = means.store.requests.last("test", "out")
    assert found
    assert "(AttributeError)" in found.answer
    assert "NoneType" not in found.answer


def test_a_file_that_was_saved_at_the_desk_is_in_use_without_a_signal(tmp_path: Path) -> None:
    """Red before: the desk had to find the daemon's process and send it SIGHUP."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    with running(path) as desk:
        path.write_text(CONFIG + '[channels.two]\nkind = "file"\npath = "two.jsonl"\n')
        desk.requests.add("", "reload", "", datetime.now(UTC))
        wait_until(lambda: state_of(desk, "reload", "") == "done")

        def was_sent() -> bool:
            if state_of(desk, "test", "two") in ("", "refused"):  # it is read anew on a thread of its own
                desk.requests.add("", "test", "two", datetime.now(UTC))
            return state_of(desk, "test", "two") == "done"

        wait_until(was_sent)
    assert (tmp_path / "two.jsonl").exists()
