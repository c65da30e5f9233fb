"""The daemon on PostgreSQL: one works at a time, a server that goes away and comes back costs nothing, no password is shown."""

from __future__ import annotations

import json
import re
import time

import pytest

from alerts.model.server import Server
from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, UNBRAKED, House
from tests.postgres import PASSWORD

pytestmark = pytest.mark.postgres


@pytest.fixture
def house(postgres, tmp_path):
    server = postgres.used(tmp_path)
    with House(database=server) as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK, UNBRAKED)
        yield house
    postgres.empty(server)


def said(house: House) -> str:
    return (house.folder / "log").read_text("utf-8")


def numbers(arrived: list[tuple[str, list[int]]]) -> list[int]:
    return sorted(number for _, found in list(arrived) for number in found)


def test_commands_answer_beside_the_daemon_and_a_second_one_says_one_line(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1, 90)
        house.publish = 1
        daemon.until(lambda: house.hooked and house.mailed, 90)
        house.publish = 0
        second = house.call("run")
        assert (second.returncode, len(second.stderr.strip().splitlines())) == (1, 1), second.stderr
        assert "another job-alerts (process " in second.stderr
        assert "stop it first" in second.stderr
        status = json.loads(house.call("status", "--json").stdout)
        assert (status["running"], status["database"]) == (True, str(house.server))
        jobs = [json.loads(line) for line in house.call("jobs", "--json").stdout.splitlines()]
        assert jobs
        for words in (
            ("explain", jobs[0]["job"]),
            ("save", jobs[0]["job"]),
            ("deliveries",),
            ("doctor", "--offline"),
            ("check",),
        ):
            done = house.call(*words)
            assert done.returncode in (0, 1), (words, done.stderr)
            assert "Traceback" not in done.stderr
            assert PASSWORD not in done.stdout + done.stderr
        backup = house.call("backup")
        assert "pg_dump" in backup.stderr
    assert PASSWORD not in said(house)
    assert PASSWORD not in json.dumps(status)


def test_a_server_that_restarts_in_mid_run_loses_nothing_and_needs_no_hand(house, postgres):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1, 90)
        house.publish = 1
        daemon.until(lambda: house.hooked and house.mailed, 90)
        postgres.stop("fast")
        reads = house.reads
        daemon.until(lambda: "cannot be used" in said(house) or "could not be" in said(house))
        postgres.start()
        daemon.until(lambda: house.reads > reads + 3, 60)
        house.publish = 0
        wanted = house.published[1:]
        daemon.until(lambda: all(set(wanted) <= set(numbers(arrived)) for arrived in (house.hooked, house.mailed)), 60)
    for arrived in (house.hooked, house.mailed):
        by_name = dict(arrived)
        assert numbers(list(by_name.items())) == sorted(set(wanted)), "each is told once, or again under the same id"
    assert PASSWORD not in said(house)


def test_a_server_that_is_frozen_or_gone_holds_up_no_stop_and_loses_nothing(house, postgres):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1, 90)
        house.publish = 1
        daemon.until(lambda: house.hooked, 90)
        postgres.freeze()
        time.sleep(3)
        postgres.thaw()
        reads = house.reads
        daemon.until(lambda: house.reads > reads + 1, 90)
        postgres.stop("immediate")
        daemon.process.terminate()
        assert daemon.process.wait(60) == 0
    postgres.start()
    house.publish = 0
    wanted = sorted(house.published[1:])
    with house.start() as daemon:
        daemon.until(lambda: set(wanted) <= set(numbers(house.hooked)), 90)
    assert numbers(list(dict(house.hooked).items())) == wanted


def test_a_worker_whose_lock_was_taken_over_ends_and_sends_nothing_more(house, postgres):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1, 90)
        name = house.server.address.rpartition("%3D")[2]
        postgres.execute(f"UPDATE {name}.job_alerts SET fence = fence + 1", name="alerts")
        assert daemon.process.wait(30) != 0
    assert "took over the work" in said(house)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (lambda server: server.address(password="wr0ng-and-secret"), "check the password"),
        (lambda server: server.address(name="nowhere"), "createdb"),
        (lambda server: "postgresql://alerts:wr0ng-and-secret@127.0.0.1:1/alerts", "check that PostgreSQL runs there"),
        (lambda server: "postgresql://alerts:wr0ng-and-secret@127.0.0.1:x/alerts", "is no address of a database"),
        (lambda server: "postgresql://alerts:wr0ng-and-secret@127.0.0.1", "names no database"),
        (lambda server: server.address() + "?sslmode=wr0ng-and-secret", "cannot be used"),
        (lambda server: server.address(password="wr0ng@and-secret"), "write it as %40"),
    ],
)
def test_what_cannot_be_used_is_one_line_without_the_password(house, postgres, tmp_path, address, words):
    house.server = Server(address(postgres), tmp_path / "x.db")
    house.configure(BOARD + SEARCH + MAIL + HOOK, UNBRAKED)
    for call in (("status",), ("status", "--json"), ("poll",), ("run",), ("doctor", "--offline")):
        done = house.call(*call)
        shown = done.stdout + done.stderr
        assert words in shown, (call, shown)
        assert "Traceback" not in shown
        assert not re.search("wr0ng|and-secret", shown)
        assert PASSWORD not in shown
        if call[0] != "doctor":
            assert done.returncode != 0
            assert len(done.stderr.strip().splitlines()) == 1, done.stderr
