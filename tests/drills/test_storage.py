"""Other programs on the database, full disks, lost files: alerts may come late, never twice, and never not at all."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.drills.house import BOARD, HOOK, MAIL, ROOT, SEARCH, House

pytestmark = [pytest.mark.drill, pytest.mark.timeout(200)]
#: A program of its own that holds the file: lock forms as SQLite knows them.
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute(sys.argv[2])
connection.execute("SELECT count(*) FROM sources").fetchone()
print("held", flush=True)
sys.stdin.readline()
"""
#: One that writes without a pause, and folds the log in whenever SQLite lets it.
WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("CREATE TABLE IF NOT EXISTS of_another (value)")
connection.execute("PRAGMA wal_autocheckpoint = 5")
print("held", flush=True)
while True:
    for number in range(20):
        connection.execute("INSERT INTO of_another VALUES (randomblob(3000))")
    connection.execute("DELETE FROM of_another")
"""


@pytest.fixture
def house() -> Iterator[House]:
    with House() as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK)
        yield house


@contextmanager
def other_program(house: House, program: str, *words: str) -> Iterator[None]:
    command = [sys.executable, "-c", program, str(house.folder / "a.db"), *words]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield
    finally:
        process.kill()
        process.communicate()


def numbers(arrived: list[tuple[str, list[int]]]) -> list[int]:
    return sorted(number for _, some in list(arrived) for number in some)


def all_told(house: House) -> bool:
    wanted = house.published[1:]
    return set(wanted) <= set(numbers(house.hooked)) and set(wanted) <= set(numbers(house.mailed))


def once(house: House) -> None:
    time.sleep(2)
    assert numbers(house.hooked) == numbers(house.mailed) == house.published[1:], "nothing lost, nothing twice"
    assert house.integrity() == "ok"


def test_a_foreign_write_lock_delays_and_loses_nothing(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        with other_program(house, HOLDER, "BEGIN IMMEDIATE"):
            house.published.append(1002)
            time.sleep(15)
            assert daemon.process.poll() is None, daemon.log()
            assert "another program holds the database" in daemon.log()
        free = time.monotonic()
        daemon.until(lambda: all_told(house), 15)
        took = time.monotonic() - free
        reads = house.reads
        daemon.until(lambda: house.reads > reads + 1, 12)
        once(house)
        assert "Traceback" not in daemon.log()
        assert "the clock was" not in daemon.log()
    print(f"a write lock of 15 s: told {took:.1f} s after it was gone, 0 lost, 0 twice")


def test_a_foreign_reader_delays_no_alert(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        with other_program(house, HOLDER, "BEGIN"):
            house.published.append(1002)
            began = time.monotonic()
            daemon.until(lambda: all_told(house), 15)
            took = time.monotonic() - began
        once(house)
    print(f"a reader that stays: told after {took:.1f} s")


def test_a_start_that_meets_a_lock_waits_for_it(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
    house.notes()
    with other_program(house, HOLDER, "BEGIN EXCLUSIVE"), house.start() as daemon:
        time.sleep(12)
        assert daemon.process.poll() is None, daemon.log()
        assert "READY=1" not in house.notes()
    with house.start() as daemon:
        daemon.ready()


def test_an_answer_under_a_lock_is_not_sent_again_after_a_restart(house):
    held = threading.Event()

    def hook(_asked: object) -> None:
        if not held.is_set():
            stack.append(other_program(house, HOLDER, "BEGIN IMMEDIATE"))
            stack[0].__enter__()
            held.set()

    stack: list = []
    house.configure(BOARD + SEARCH + HOOK)
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        house.hook = hook
        house.published.append(1002)
        daemon.until(lambda: "was answered, but" in daemon.log(), 30)
        daemon.kill()
    stack[0].__exit__(None, None, None)
    with house.start() as daemon:
        reads = house.reads
        daemon.until(lambda: house.reads > reads + 2)
        time.sleep(8)
        assert numbers(house.hooked) == [1002]
    print("answered under a lock, killed, started again: sent once")


def test_a_foreign_writer_in_a_loop_loses_nothing(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        with other_program(house, WRITER):
            house.publish = 1
            daemon.until(lambda: len(house.published) > 12, 60)
            house.publish = 0
            daemon.until(lambda: all_told(house), 40)
        once(house)
        daemon.signal(signal.SIGTERM)
        assert daemon.ended() == 0
    connection = sqlite3.connect(house.folder / "a.db")
    assert connection.execute("SELECT count(*) FROM postings").fetchone()[0] == len(house.published)
    connection.close()
    print(f"a writer in a loop: {len(house.published) - 1} jobs, 0 lost, 0 twice; SQLite {sqlite3.sqlite_version}")


def full(daemon, *, room: bool) -> None:
    """A limit on the size of files stands for a disk that is full."""
    size = resource.RLIM_INFINITY if room else 70_000
    resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_full_disk_and_then_room_again(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        full(daemon, room=False)
        house.publish = 1
        daemon.until(lambda: "could not be written" in daemon.log(), 30)
        house.publish = 0
        time.sleep(5)
        full(daemon, room=True)
        daemon.until(lambda: all_told(house), 30)
        once(house)
    print("a full disk: told when there was room again, 0 lost, 0 twice")


def test_a_disk_that_is_full_when_the_answer_comes(house):
    house.configure(BOARD + SEARCH + HOOK)
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)

        def hook(_asked: object) -> None:
            full(daemon, room=False)

        house.hook = hook
        house.published += range(1002, 1033)
        daemon.until(lambda: "was answered, but" in daemon.log(), 30)
        house.hook = lambda _asked: None
        daemon.kill()
    with house.start() as daemon:
        reads = house.reads
        daemon.until(lambda: house.reads > reads + 2)
        time.sleep(6)
        assert numbers(house.hooked) == house.published[1:], "0 of 31 twice"
    print("a full disk at the answer: 0 of 31 jobs told twice")


def lose(path: Path, how: str) -> None:
    if how == "unlinked":
        path.unlink()
    elif how == "renamed":
        path.rename(path.with_suffix(".moved"))
    elif how == "replaced":
        fresh = path.with_suffix(".fresh")
        fresh.touch()
        fresh.replace(path)
    elif how == "truncated":
        os.truncate(path, path.stat().st_size // 2 or 0)
    else:
        path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize("how", ["unlinked", "renamed", "replaced", "truncated", "zeroed"])
def test_a_lost_database_is_said_once_and_ends_the_daemon(house, how):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        daemon.signal(signal.SIGTERM)
        daemon.ended()
    house.notes()
    with house.start() as daemon:
        daemon.ready()
        lose(house.folder / "a.db", how)
        began = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            daemon.ended(40)
        took, log = time.monotonic() - began, daemon.log()
        assert daemon.process.returncode == 1, log
        assert sum("job-alerts: the database" in line for line in log.splitlines()) == 1, log
        assert "Traceback" not in log
    again = house.call("run") if how in ("unlinked", "renamed", "replaced") else house.call("poll")
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1, again.stderr
    print(f"{how}: stopped after {took:.1f} s; the next start: {again.stderr.strip()[:110]}")


def test_status_says_what_was_due_and_not_done(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
    assert house.call("status").returncode == 0
    connection = sqlite3.connect(house.folder / "a.db")
    connection.execute("UPDATE sources SET due = '2026-01-01T00:00:00.000000Z'")
    connection.commit()
    connection.close()
    said = house.call("status", "--json")
    assert said.returncode == 1
    assert json.loads(said.stdout)["sources"][0]["late"]


def test_a_log_that_nobody_reads_stops_nothing(house):
    read, write = os.pipe()
    command = [*house.command("run"), "--verbose"]
    process = subprocess.Popen(command, cwd=ROOT, env=house.environment(), stdout=write, stderr=write, stdin=subprocess.DEVNULL)
    try:
        os.set_blocking(write, False)
        filling = b"x" * 4096
        while True:
            try:
                os.write(write, filling)
            except BlockingIOError:
                break
        os.set_blocking(write, True)
        end = time.monotonic() + 40
        while house.reads < 3 and time.monotonic() < end:
            time.sleep(0.1)
        assert house.reads >= 3
        house.published.append(1002)
        while not all_told(house) and time.monotonic() < end:
            time.sleep(0.1)
        assert all_told(house)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()
        os.close(read)
        os.close(write)
