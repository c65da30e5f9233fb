"""What the daemon does when it is told to stop or to read its configuration anew, and what systemd hears of it."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack

import pytest

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, FRAME, HOOK, MAIL, SEARCH, House
from tests.drills.test_storage import HOLDER, other_program


@pytest.fixture
def house():
    with House() as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK)
        yield house


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.drill)])
def test_a_stop_lets_what_is_in_flight_arrive_once(house, number):
    house.delay = 1.0
    with house.start() as daemon:
        assert daemon.ready()
        daemon.until(lambda: house.reads > 1)
        house.publish = 1
        daemon.until(lambda: "hook" in house.in_flight or "mail" in house.in_flight)
        started = time.monotonic()
        daemon.signal(number)
        assert daemon.ended() == 0
        assert time.monotonic() - started < 10
        assert "STOPPING=1" in house.notes()
        assert "Traceback" not in daemon.log()
    house.publish, house.delay = 0, 0.0
    with house.start() as daemon:
        wanted = set(house.published[1:])
        for arrived in (house.hooked, house.mailed):
            daemon.until(lambda arrived=arrived: wanted <= {number for _, numbers in arrived for number in numbers})
    for arrived in (house.hooked, house.mailed):
        assert sorted(number for _, numbers in arrived for number in numbers) == sorted(wanted)


@pytest.mark.drill
def test_a_stop_does_not_wait_for_a_hook_that_hangs(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        house.delay, house.publish = 15.0, 1
        daemon.until(lambda: "hook" in house.in_flight or "board" in house.in_flight)
        daemon.signal(signal.SIGTERM)
        assert daemon.ended(12) == 0
    assert house.integrity() == "ok"


def test_a_reload_takes_a_good_configuration(house):
    with house.start() as daemon:
        daemon.ready()
        daemon.until(lambda: house.reads > 1)
        house.configure(BOARD + SEARCH.replace("engineer", "pilot") + HOOK)
        daemon.signal(signal.SIGHUP)
        daemon.until(lambda: "read anew" in daemon.log())
        notes = house.notes()
        assert "RELOADING=1" in notes
        assert any(note.startswith("MONOTONIC_USEC=") for note in notes)
        assert notes.index("RELOADING=1") < notes.index("READY=1")
        reads, house.publish = house.reads, 1
        daemon.until(lambda: house.reads > reads + 1)
        assert house.hooked == [], "nobody asks for engineers any more"


def test_a_reload_asked_for_while_it_starts_is_done_when_it_has_started(house):
    held = house.folder / "a.db.lock"
    with house.start() as daemon:
        daemon.ready()
    with ExitStack() as stack:
        with other_program(house, HOLDER, "BEGIN IMMEDIATE"):
            daemon = stack.enter_context(house.start())
            # By the lock, others learn whom to ask.
            daemon.until(lambda: held.read_text("utf-8").partition("\n")[0] == str(daemon.process.pid))
            daemon.signal(signal.SIGHUP)
        daemon.until(lambda: "read anew" in daemon.log())


@pytest.mark.parametrize(
    "text", ["[[sources", '[[searches]]\nname="x"\ntitel=["engineer"]\n', None], ids=["broken", "unknown key", "gone"]
)
def test_a_reload_of_a_bad_configuration_keeps_the_last_good_one(house, text):
    with house.start() as daemon:
        daemon.ready()
        daemon.until(lambda: house.reads > 1)
        if text is None:
            (house.folder / "config.toml").unlink()
        else:
            house.configure(text)
        daemon.signal(signal.SIGHUP)
        daemon.until(lambda: "the configuration was not taken" in daemon.log())
        assert "config.toml" in daemon.log()
        daemon.until(lambda: "READY=1" in house.notes())
        house.publish = 1
        daemon.until(lambda: house.hooked and house.mailed)


@pytest.mark.drill
def test_many_reloads_cut_nothing_off(house):
    """A reload makes a new HTTP client; what is being sent on the old one ends."""
    house.delay = 0.2
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        house.publish = 1
        for _ in range(12):
            daemon.signal(signal.SIGHUP)
            time.sleep(0.2)
        house.publish = 0
        wanted = set(house.published[1:])
        daemon.until(lambda: wanted <= {number for _, numbers in house.hooked for number in numbers})
        time.sleep(1)
    assert sorted(number for _, numbers in house.hooked for number in numbers) == sorted(wanted)
    assert "not sent" not in daemon.log()


def test_the_watchdog_is_fed_and_the_state_is_told(house):
    with house.start() as daemon:
        notes = list(daemon.ready())
        assert "STATUS=1 sources (0 failing), 0 alerts owed" in notes


def test_a_second_daemon_on_one_database_is_refused(house):
    with house.start() as daemon:
        daemon.ready()
        second = house.call("run")
        assert second.returncode == 1
        [line] = second.stderr.splitlines()
        assert f"another job-alerts (process {daemon.process.pid})" in line
        assert house.call("poll").returncode == 1
        house.publish = 1
        daemon.until(lambda: house.hooked)


def test_retry_after_is_kept_over_a_restart(house):
    asked: list[float] = []

    def busy(_asked: object) -> Given | None:
        asked.append(time.monotonic())
        return Given(status=429, headers={"Retry-After": "5"}) if len(asked) == 1 else None

    house.hook = busy
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        house.publish = 1
        daemon.until(lambda: asked)
        house.publish = 0
        daemon.until(lambda: "429" in daemon.log())
    with house.start() as daemon:
        daemon.until(lambda: house.hooked)
    assert asked[1] - asked[0] >= 4.9


def test_without_sources_it_still_runs(house):
    house.configure("", FRAME)
    with house.start() as daemon:
        daemon.ready()
        daemon.signal(signal.SIGTERM)
        assert daemon.ended() == 0
