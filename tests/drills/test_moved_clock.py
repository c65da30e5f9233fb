"""The real daemon while its wall clock is moved: polls go on within an interval and ten seconds, in little memory."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.cli.demo.site import Given
from alerts.daemon.polls import RETRY
from tests.drills.house import BOARD, FRAME, HOOK, SEARCH, House, Running
from tests.drills.preloads import NoPreload, build, environment, move
from tests.drills.test_storage import full

pytestmark = [pytest.mark.drill, pytest.mark.timeout(300)]
HOUR, DAY = 3600, 86_400
YEAR = 365 * DAY
INTERVAL = 2
#: Set one after the other; each is how far the clock is from the real one.
MOVES = {"-1 h": -HOUR, "-20 min": -HOUR - 1200, "+1 d": DAY, "+35 d": 36 * DAY, "+1 y": YEAR, "+10 y": 11 * YEAR} | {
    "-10 y": YEAR,
    "back": 0,
}
#: A machine that is busy with other drills.
SLACK = 10


@pytest.fixture(scope="module")
def preload(tmp_path_factory) -> Path:
    try:
        return build("moved_clock", tmp_path_factory.mktemp("clock"))
    except NoPreload as why:
        pytest.skip(str(why))


@pytest.fixture
def house(preload) -> Iterator[House]:
    with House() as house:
        house.configure(BOARD + SEARCH + HOOK, FRAME.replace('every="1s"', f'every="{INTERVAL}s"'))
        house.extra = environment(house, preload)
        move(house, 0)
        yield house


def memory(daemon: Running) -> int:
    """Megabytes."""
    text = Path(f"/proc/{daemon.process.pid}/status").read_text("ascii")
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS"))) // 1024


def next_poll(house: House, daemon: Running) -> float:
    before, began = house.reads, time.monotonic()
    daemon.until(lambda: house.reads > before, INTERVAL + SLACK)
    return time.monotonic() - began


def test_polls_go_on_whatever_happens_to_the_clock(house):
    said = []
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        first, log = memory(daemon), daemon.log()
        assert "the clock was set" not in log
        for name, offset in MOVES.items():
            move(house, offset)
            took = next_poll(house, daemon)
            next_poll(house, daemon)
            said.append(f"{name} {took:.1f} s")
        house.published.append(1002)
        daemon.until(lambda: house.hooked, 20)
        grown = memory(daemon) - first
        assert grown < 40, f"{grown} MB more"
        assert daemon.log().count("the clock was set") == len(MOVES)
        daemon.signal(signal.SIGTERM)
        assert daemon.ended(10) == 0
    print(f"moved clocks: next poll after {', '.join(said)} (interval {INTERVAL} s); memory {grown:+d} MB")


def test_a_start_in_1970_that_learns_the_time(house):
    move(house, -int(time.time()) + 60)
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        move(house, 0)
        took = next_poll(house, daemon)
        house.published.append(1002)
        daemon.until(lambda: house.hooked, 20)
        daemon.signal(signal.SIGTERM)
        assert daemon.ended(10) == 0
    print(f"a start in 1970: next poll {took:.1f} s after the clock was right")


def test_a_message_that_fails_while_the_clock_is_set_back_is_tried_again_soon(house):
    """Its next try is written by the clock that was ahead, after what that clock wrote was put right."""
    tries = []

    def hook(_asked):
        tries.append(time.monotonic())
        if len(tries) > 1:
            return None
        move(house, 0)
        daemon.until(lambda: "the clock was set back" in daemon.log())
        time.sleep(2)
        return Given(status=503)

    house.hook = hook
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        move(house, DAY)
        next_poll(house, daemon)
        house.published.append(1002)
        daemon.until(lambda: house.hooked, 60)


def test_a_clock_set_on_a_full_disk_is_one_line_and_is_put_right_later(house):
    with house.start() as daemon:
        daemon.until(lambda: house.reads > 1)
        full(daemon, room=False)
        move(house, DAY)
        daemon.until(lambda: "clock-moved: " in daemon.log())
        time.sleep(2 * RETRY + 2)
        assert daemon.log().count("clock-moved: ") == 1
        full(daemon, room=True)
        daemon.until(lambda: "clock-moved: works again" in daemon.log())
        next_poll(house, daemon)
