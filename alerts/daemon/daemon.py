"""Both halves kept running: jobs at their time, signals obeyed, systemd told what is true.

What is due stands in the database. Each due source, channel and chore is a one-shot job of the scheduler; when it ends, the
next one is added. The main thread never touches the database or the network: it hears signals, watches the clock, and tells
systemd that all is well for as long as what was due is done.
"""

from __future__ import annotations

import itertools
import logging
import math
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alerts.config.load import load
from alerts.daemon import bootstrap, garbage, lanes
from alerts.daemon.chores import Chores
from alerts.daemon.clock import Clock, time_of_day
from alerts.daemon.faults import Faults
from alerts.daemon.like_job import LikeJob
from alerts.daemon.log_queue import end_now
from alerts.daemon.polls import RETRY, Polls
from alerts.daemon.progress import LOOKED, Progress
from alerts.daemon.scheduler import Scheduler
from alerts.daemon.sd_notify import reloading, sd_notify, starting, watchdog_seconds
from alerts.daemon.sends import CHANNELS, Sends
from alerts.daemon.services import Services
from alerts.daemon.signals import Signals
from alerts.daemon.wake import Wake
from alerts.daemon.watched import WatchedDaemon
from alerts.listener.listener import Listener
from alerts.model.errors import AlertsError, ConfigError, StoreError, StoreLost
from alerts.model.plan import Http
from alerts.notify.means import Means

if TYPE_CHECKING:
    from starlette.types import ASGIApp

log = logging.getLogger("alerts")
#: The named executors and their limits.
EXECUTORS = {"polls": lanes.QUICK + lanes.SLOW, "sends": CHANNELS, "chores": 6, "look": 1}
#: The job that puts right what was written before the clock was set.
MOVED = "clock-moved"
TICK = 0.5
#: How long a stop waits for what is in flight.
GRACE = 8.0


class Daemon:
    """One running daemon; :meth:`run` returns when it is told to stop."""

    def __init__(self, path: Path, means: Means, clock: Clock | None = None, tick: float = TICK) -> None:
        self._path, self._means, self._tick = path, means, tick
        self._clock = clock or Clock()
        self._wake = Wake()
        self._lost: StoreLost | None = None
        self._said: str | None = None
        self._scheduler = Scheduler(EXECUTORS, self._ended)
        self._progress = Progress()
        faults = Faults(lambda: self._means, self._clock, self._on_lost)
        self._stopping = threading.Event()
        services = Services(lambda: self._means, self._clock, self._scheduler, faults, self._progress, self._stopping)
        self._faults = faults
        self._sends = Sends(services)
        self._polls = Polls(services, told=self._sends.plan)
        self._changing = threading.Lock()
        #: Jobs that were under way when the clock was set back, and by how much: what they write late is by the old clock.
        self._straddling: dict[str, timedelta] = {}
        self._moves = itertools.count()
        likes = LikeJob(lambda: self._means, self._change, self._clock)
        self._chores = Chores(services, self._polls, self._sends, likes=likes.run, reload=self.ask_for_reload)
        self._listener = Listener(WatchedDaemon(services), self._page)
        #: A reload was asked for; one is under way. Plain flags: a signal handler sets the first in the midst of anything.
        self._reloading, self._reload_runs = False, False

    def run(self) -> bool:
        """Work until told to stop; then let what is in flight end. False when something did not. Raises StoreLost."""
        self._scheduler.start()
        self._chores.start()
        plan = self._means.plan
        log.info("watching %d sources for %d searches", len(plan.sources), len(plan.searches))
        self._listen(plan.http)
        self._watch()
        sd_notify("STOPPING=1")
        self._scheduler.stop()
        self._listener.stop()
        ended = self._drain()
        if self._lost:
            raise self._lost
        return ended

    def stop(self) -> None:
        """Ask :meth:`run` to return."""
        self._stopping.set()
        self._wake.set()

    def ask_for_reload(self) -> None:
        """Ask for the configuration to be read anew."""
        self._reloading = True
        self._wake.set()

    # --- the main thread: nothing here may wait for a disk or a network ------------------------------------------

    def _watch(self) -> None:
        every, fed, ready = watchdog_seconds(), 0.0, False
        while not self._stopping.is_set():
            self._wake.wait(min(every or self._tick, self._tick))
            if self._reloading and not self._reload_runs:
                self._reloading, self._reload_runs = False, True
                self._scheduler.at("reload", 0, "chores", self.reload)
            if not ready and self._chores.status:  # what is due was looked at, so the store can be read
                ready = sd_notify("READY=1", f"STATUS={self._chores.status}") or True
            self._heed_clock()
            self._polls.start_waiting()
            if self._progress.since_look() > LOOKED / 2:
                self._chores.add("look", 0)
            if self._is_well() and every and time.monotonic() - fed >= every / 2:
                fed = time.monotonic()
                sd_notify("WATCHDOG=1", f"STATUS={self._chores.status}")

    def _is_well(self) -> bool:
        why = self._progress.stalled() or (None if self._scheduler.alive() else "the scheduler has ended")
        if why and not self._said:
            log.error("nothing gets done: %s; the watchdog is not fed", why)
            sd_notify(f"STATUS=nothing gets done: {why}")
        elif self._said and not why:
            log.info("work goes on")
        self._said = why
        return why is None

    def _heed_clock(self) -> None:
        if by := self._clock.moved():
            log.warning("the clock was set %s by %s; what is due is looked at anew", *_direction(by))
            self._polls.replan()
            self._sends.replan()
            if by < timedelta(0):
                self._straddling |= {job: self._straddling.get(job, timedelta(0)) + by for job in self._in_flight()}
            self._after_move(by)
            self._chores.start()

    # --- jobs ----------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the configuration anew; when it is wrong, say so and go on with the last good one."""
        reloading()
        try:
            with garbage.building():
                plan = load(self._path, secrets="where there")
            with self._changing:
                self._means = bootstrap.with_plan(self._means, plan, self._clock())
            garbage.settle()
        except ConfigError as error:
            log.error("the configuration was not taken, the last good one goes on:\n%s", error)
        except AlertsError as error:
            log.error("the configuration was not taken: %s", error)
        else:
            plan = self._means.plan
            log.info("configuration read anew: %d sources, %d searches", len(plan.sources), len(plan.searches))
            self._listen(plan.http)
        sd_notify("READY=1", f"STATUS={self._chores.status}")
        self._chores.add("look", 0)
        self._chores.add("likes", 0)

    def _listen(self, http: Http | None) -> None:
        self._listener.obey(http)
        self._chores.add("desk", 0)

    def _page(self) -> ASGIApp | None:
        """The desk, where the configuration asks for it."""
        http = self._means.plan.http
        if http is None or not http.desk:
            return None
        try:
            from alerts.desk.app import create_app
        except ImportError as error:
            log.error("the desk needs packages that are not installed: pip install 'job-alerts[desk]' (%s)", error)
            return None
        return create_app(lambda: self._means.plan, origins=http.desk, now=self._clock, nudge=self._chores.heed_wishes)

    def _change(self, of: Means, change: Callable[[Means], Means]) -> None:
        with self._changing:
            if self._means is of:
                self._means = change(of)

    def _after_move(self, by: timedelta, seconds: float = 0) -> None:
        # Each under an id of its own: one that waits for a full disk is not replaced by the next.
        self._scheduler.at(f"{MOVED}:{next(self._moves)}", seconds, "look", self._put_right, by)

    def _put_right(self, by: timedelta) -> None:
        try:
            self._means.store.clock_moved(self._clock(), by)
        except StoreError as error:
            # Told once, by one name, however often it is tried again.
            self._faults.happened(MOVED, error)
            self._after_move(by, RETRY)
        else:
            self._faults.over(MOVED)

    def _ended(self, job: str, following: Any, error: BaseException | None) -> None:
        """A job ended, mostly on its own thread: its error is counted and told, and what follows is added."""
        kind, _, name = job.partition(":")
        if by := self._straddling.pop(job, None):
            self._after_move(by)
        if error is not None:
            self._faults.happened(job, error)
        elif job in self._chores:
            self._faults.over(job)
        if job in ("look", "reload"):
            self._wake.set()
        if job == "reload":
            self._reload_runs = False
        if kind == "poll":
            self._polls.ended(name, following)
        elif kind == "send":
            self._sends.ended(name, following)
        elif job in self._chores:
            self._chores.ended(job)

    def _on_lost(self, error: StoreLost) -> None:
        self._lost = self._lost or error
        self.stop()

    def _drain(self) -> bool:
        end = time.monotonic() + GRACE
        while (busy := self._in_flight()) and time.monotonic() < end:
            time.sleep(0.02)
        if busy:
            log.warning("stopped with work in flight; it is taken up at the next start: %s", ", ".join(sorted(busy)))
        return not busy

    def _in_flight(self) -> list[str]:
        return [f"poll:{key}" for key in self._polls.under_way()] + [f"send:{name}" for name in self._sends.under_way()]


def _direction(by: timedelta) -> tuple[str, timedelta]:
    return ("on" if by > timedelta(0) else "back", abs(timedelta(seconds=round(by.total_seconds()))))


def run(path: Path) -> None:
    """Run until told to stop; raises ConfigError and StoreError when it cannot start, StoreLost when it cannot go on."""
    signals = Signals()
    # Before the lock: by it others learn the number of this process, and may ask it to reload.
    signals.hold_reload()
    with garbage.building():
        plan = load(path, secrets="where there")
    with starting() as ready, bootstrap.at_work(plan, time_of_day(), patience=math.inf) as means:
        ready()
        garbage.settle()
        daemon = Daemon(path, means)
        signals.obey(stop=daemon.stop, reload=daemon.ask_for_reload)
        try:
            if daemon.run():
                return
        except StoreLost as error:
            print(f"job-alerts: {error}", file=sys.stderr, flush=True)
            end_now(error.exit_code)
        # A thread that hangs would hold up the exit for ever; all that it could still do is safe to lose.
        end_now(0)
