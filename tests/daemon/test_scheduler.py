"""Jobs that end at once are followed all the same, their errors are heard, and a clock that jumps has nothing to list."""

from __future__ import annotations

import threading

import pytest

from alerts.daemon.lanes import PER_HOST, QUICK, SLOW_AFTER, Lanes
from alerts.daemon.progress import IDLE, LATE, LOOKED, Progress
from alerts.daemon.scheduler import Scheduler


def test_a_job_that_ends_before_its_submission_does_is_followed_by_the_next(monkeypatch):
    """The executor ends each job on the scheduler's own thread, as a quick one does by chance."""
    from concurrent.futures import Future, ThreadPoolExecutor

    def submit(_pool, work, *values):
        future: Future = Future()
        future.set_result(work(*values))
        return future

    monkeypatch.setattr(ThreadPoolExecutor, "submit", submit)
    runs, enough = [], threading.Event()

    def ended(name: str, _returned: object, _error: BaseException | None) -> None:
        runs.append(name)
        if len(runs) < 5:
            scheduler.at(name, 0, "polls", lambda: None)
        else:
            enough.set()

    scheduler = Scheduler({"polls": 1}, ended)
    scheduler.start()
    scheduler.at("poll:a", 0, "polls", lambda: None)
    assert enough.wait(10), runs
    scheduler.stop()


def test_a_stop_while_a_job_is_being_started_raises_nothing(monkeypatch):
    """The library forgets its jobs at a stop; a start that is under way must not look for one then, and die of it."""
    from concurrent.futures import Future, ThreadPoolExecutor

    stopping: list[threading.Thread] = []

    def submit(_pool, _work, *_values):
        stopping.append(threading.Thread(target=scheduler.stop))
        stopping[0].start()
        stopping[0].join(0.3)
        return Future()

    monkeypatch.setattr(ThreadPoolExecutor, "submit", submit)
    scheduler = Scheduler({"polls": 1}, lambda *_: None)
    scheduler.start()
    thread = scheduler._scheduler._thread
    scheduler.at("poll:a", 0, "polls", lambda: None)
    thread.join(10)
    stopping[0].join(10)
    assert not thread.is_alive()
    assert not stopping[0].is_alive()


def test_an_error_is_heard_and_costs_its_job_only():
    heard: dict[str, object] = {}
    both = threading.Event()

    def ended(name: str, returned: object, error: BaseException | None) -> None:
        heard[name] = error or returned
        if len(heard) == 2:
            both.set()
        raise ValueError("what follows a job must not cost the others")

    def bad() -> None:
        raise TypeError("unhashable type: 'dict'")

    scheduler = Scheduler({"polls": 2}, ended)
    scheduler.start()
    scheduler.at("poll:bad", 0, "polls", bad)
    scheduler.at("poll:good", 0, "polls", lambda: 7)
    assert both.wait(10)
    scheduler.stop()
    assert isinstance(heard["poll:bad"], TypeError)
    assert heard["poll:good"] == 7


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_slow_hosts_have_a_lane_of_their_own():
    ticks = Ticks()
    lanes = Lanes(ticks)
    assert all(lanes.enter(f"s{number}", f"slow{number}") for number in range(QUICK))
    assert not lanes.enter("q", "quick"), "nobody knows yet that they are slow"
    ticks.now += SLOW_AFTER + 1
    assert lanes.room() == ["q"]
    assert lanes.enter("q", "quick")
    for number in range(QUICK):
        lanes.leave(f"s{number}")
    assert all(lanes.enter(f"s{number}", f"slow{number}") for number in range(QUICK))
    assert all(lanes.enter(f"q{number}", f"quick{number}") for number in range(QUICK - 1)), "known now: they leave the lane free"


def test_few_of_one_host_and_an_end_makes_room_at_once():
    lanes = Lanes(Ticks())
    assert [lanes.enter(str(number), "one") for number in range(PER_HOST + 2)] == [True] * PER_HOST + [False] * 2
    assert lanes.room() == []
    lanes.leave("0")
    assert lanes.room() == [str(PER_HOST)]


@pytest.mark.parametrize(("done", "well"), [(True, True), (False, False)])
def test_the_watchdog_wants_work_that_was_done(done, well):
    ticks = Ticks()
    progress = Progress(ticks)
    for _ in range(int(LATE + IDLE)):
        ticks.now += 1
        progress.looked(["poll:a"])
        if done:
            progress.done()
    assert (progress.stalled() is None) == well


def test_without_a_look_nothing_is_well():
    ticks = Ticks()
    progress = Progress(ticks)
    ticks.now += LOOKED + 1
    assert progress.stalled()
