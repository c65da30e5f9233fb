"""Whatever happens to the clock under the daemon, the next reading comes within one interval, once, and tells what is new."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from alerts.daemon.clock import Clock
from alerts.daemon.daemon import Daemon
from tests.drills.house import BOARD, SEARCH, job
from tests.story.conftest import START, Stage

#: Half an hour, the interval of the source, passes in three seconds.
SPEED = 600
INTERVAL = 1800 / SPEED
HOUR = timedelta(hours=1)
FILE = '[channels.out]\nkind="file"\npath="{folder}/out.jsonl"\n'


class Moving(Clock):
    """Time that runs fast and can be moved."""

    def __init__(self) -> None:
        begun = time.monotonic()
        self.jump = timedelta(0)
        super().__init__(lambda: START + (time.monotonic() - begun) * SPEED * timedelta(seconds=1) + self.jump, SPEED)


@contextmanager
def running(stage: Stage, clock: Moving) -> Iterator[None]:
    daemon = Daemon(stage.folder / "config.toml", stage.means, clock, tick=0.1)
    thread = threading.Thread(target=daemon.run)
    thread.start()
    try:
        yield
    finally:
        daemon.stop()
        thread.join()


def reads(stage: Stage) -> int:
    return sum(asked.method == "GET" for asked, _ in stage.site.journal)


def wait_for_more(stage: Stage, before: int, seconds: float) -> float:
    begun = time.monotonic()
    while reads(stage) <= before and time.monotonic() - begun < seconds:
        time.sleep(0.02)
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "jump",
    [
        pytest.param(-HOUR, id="an hour back"),
        pytest.param(-HOUR / 3600, id="a second back", marks=pytest.mark.drill),
        pytest.param(-24 * HOUR, id="a day back", marks=pytest.mark.drill),
        pytest.param(-87_600 * HOUR, id="ten years back", marks=pytest.mark.drill),
        pytest.param(HOUR, id="an hour on", marks=pytest.mark.drill),
        pytest.param(24 * HOUR, id="a day on", marks=pytest.mark.drill),
        pytest.param(87_600 * HOUR, id="ten years on", marks=pytest.mark.drill),
    ],
)
def test_the_next_reading_comes_within_one_interval_and_once(stage, jump):
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(1)]}
    stage.configure(BOARD + SEARCH + FILE.format(folder=stage.folder))
    clock = Moving()
    with running(stage, clock):
        assert wait_for_more(stage, 0, 10) < 10
        time.sleep(0.5)
        stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(1), job(2)]}
        before, clock.jump = reads(stage), jump
        # A tenth is added to every interval by chance; the rest is for a busy machine.
        assert wait_for_more(stage, before, INTERVAL * 1.1 + 3) < INTERVAL * 1.1 + 3
        time.sleep(1)
        assert reads(stage) == before + 1, "no burst for what was missed"
    assert [alert["posting"]["title"] for alert in stage.told()] == ["Engineer 2"]
