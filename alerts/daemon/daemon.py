"""Both halves kept running: what is due is asked for every second, signals are obeyed, systemd is told.

Due-ness lives in the database and the scheduler only rings. A guard on the monotonic clock rings in its place when the
wall clock was set back, which stalls the scheduler.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from alerts import plugins
from alerts.config.load import load
from alerts.daemon import rates, retention
from alerts.daemon.bootstrap import at_work, with_plan
from alerts.daemon.report_lines import of_report, of_result
from alerts.daemon.sd_notify import reloading, sd_notify, watchdog_seconds
from alerts.model.errors import AlertsError, ConfigError
from alerts.model.page import Asking
from alerts.model.plan import Channel, Source
from alerts.notify import health
from alerts.notify.deliver import deliver
from alerts.notify.digest import summarise
from alerts.notify.means import Means
from alerts.poll.poll import poll

log = logging.getLogger("alerts")
#: Sources read side by side; the pace of each host is kept by the fetcher.
POLLS = 8
#: … of which so many of one host.
PER_HOST = 2
#: Channels served side by side; one that hangs holds up no other.
CHANNELS = 8
#: A poll that takes longer than this is taken for lost.
LEASE = timedelta(hours=1)
TICK = 1.0
#: Without a ring for this long the scheduler is taken for stalled.
STALLED = 5.0
#: How long a stop waits for what is in flight.
GRACE = 8.0


@cache
def host_of(source: Source) -> str:
    """The host that a source asks first."""
    first = plugins.load("sources", source.kind).first(source.options, Asking())
    return urlsplit(first[0].url).netloc if first else source.key


def time_of_day() -> datetime:
    """The clock of the daemon, unless it is given another."""
    return datetime.now(UTC)


class Daemon:
    """One running daemon; :meth:`run` returns when it is told to stop."""

    def __init__(self, path: Path, means: Means, clock: Callable[[], datetime] = time_of_day, tick: float = TICK) -> None:
        self._path = path
        self._means = means
        self._clock = clock
        self._tick = tick
        self._stop = threading.Event()
        self._reload = threading.Event()
        self._wake = threading.Event()
        self._polls = ThreadPoolExecutor(POLLS, "poll")
        self._sends = ThreadPoolExecutor(CHANNELS, "send")
        self._busy: set[str] = set()
        self._busy_lock = threading.Lock()
        self._last_ring = time.monotonic()
        self._next_watch = 0.0

    def run(self) -> bool:
        """Ring until a signal says stop; then let what is in flight end. False when something did not."""
        scheduler = self._scheduler()
        scheduler.start()
        sd_notify("READY=1", self._status())
        watchdog = watchdog_seconds()
        log.info("watching %d sources for %d searches", len(self._means.plan.sources), len(self._means.plan.searches))
        while not self._stop.is_set():
            self._wake.wait(min(watchdog or self._tick * 2, self._tick * 2))
            self._wake.clear()
            if self._reload.is_set():
                self._reload.clear()
                self.reload()
            alive = time.monotonic() - self._last_ring < STALLED
            if not alive and not self._stop.is_set():
                log.warning("the clock was changed; ringing without it")
                self.ring()
                scheduler.modify_job("ring", next_run_time=time_of_day())
            if watchdog and alive:
                sd_notify("WATCHDOG=1", self._status())
        sd_notify("STOPPING=1")
        scheduler.shutdown(wait=False)
        return self._drain()

    def stop(self) -> None:
        """Ask :meth:`run` to return."""
        self._stop.set()
        self._wake.set()

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """SIGHUP reloads; SIGTERM and SIGINT stop, and a second one stops at once."""
        if number == signal.SIGHUP:
            self._reload.set()
        elif self._stop.is_set():
            raise SystemExit(1)
        else:
            self.stop()
        self._wake.set()

    def ring(self) -> None:
        """Start everything that is due and not under way."""
        self._last_ring = time.monotonic()
        if self._stop.is_set():
            return
        try:
            self._start_polls()
            self._start_sends()
            self._watch()
        except AlertsError as error:
            log.error("%s", error)

    def reload(self) -> None:
        """Read the configuration anew; when it is wrong, say so and go on with the last good one."""
        reloading()
        try:
            self._means = with_plan(self._means, load(self._path, secrets="where there"), self._clock())
        except ConfigError as error:
            log.error("the configuration was not taken, the last good one goes on:\n%s", error)
        except AlertsError as error:
            log.error("the configuration was not taken: %s", error)
        else:
            log.info(
                "configuration read anew: %d sources, %d searches", len(self._means.plan.sources), len(self._means.plan.searches)
            )
        sd_notify("READY=1", self._status())

    # --- what is due ---------------------------------------------------------------------------------------------

    def _start_polls(self) -> None:
        """Claim what is due, few of one host at a time: while one host keeps its pace, the others are on time."""
        store, now = self._means.store, self._clock()
        sources = {source.key: source for source in self._means.plan.sources}
        under_way = Counter(host_of(sources[key]) for key in self._under_way() if key in sources)
        chosen: list[str] = []
        for key in store.sources.due(now):
            if key in sources and under_way.total() < POLLS and under_way[host_of(sources[key])] < PER_HOST:
                under_way[host_of(sources[key])] += 1
                chosen.append(key)
        for key in store.sources.claim_due(now, LEASE, len(chosen), chosen) if chosen else ():
            self._begin(self._polls, f"poll:{key}", self._poll, sources[key])

    def _under_way(self) -> list[str]:
        with self._busy_lock:
            return [name.removeprefix("poll:") for name in self._busy if name.startswith("poll:")]

    def _start_sends(self) -> None:
        for name in self._means.store.outbox.channels_ready(self._clock()):
            channel = self._means.plan.channels.get(name)
            if channel:
                self._begin(self._sends, f"send:{name}", self._deliver, channel)

    def _begin(self, pool: ThreadPoolExecutor, name: str, work: Callable[..., None], *values: object) -> None:
        with self._busy_lock:
            if name in self._busy:
                return
            self._busy.add(name)

        def done(future: Future[None]) -> None:
            with self._busy_lock:
                self._busy.discard(name)
            if not future.cancelled() and (error := future.exception()):
                if isinstance(error, AlertsError):
                    log.error("%s: %s", name, error)
                else:
                    log.error("%s: %s: %s", name, type(error).__name__, error, exc_info=error)

        try:
            pool.submit(work, *values).add_done_callback(done)
        except RuntimeError:
            # The daemon began to stop while this ring was under way; what was claimed is taken up at the next start.
            with self._busy_lock:
                self._busy.discard(name)

    def _poll(self, source: Source) -> None:
        now = self._clock()
        report = poll(source, self._means, now)
        log.log(logging.WARNING if report.error else logging.INFO, "%s", of_report(report))
        if report.moved_to:
            health.moved(self._means, source.key, source.name, report.moved_to, now)

    def _deliver(self, channel: Channel) -> None:
        while not self._stop.is_set() and (result := deliver(channel, self._means, self._clock())):
            log.log(logging.INFO if result.state == "sent" else logging.WARNING, "%s", of_result(result))
            if result.state == "later":
                return

    def _watch(self) -> None:
        if time.monotonic() >= self._next_watch:
            self._next_watch = time.monotonic() + 60
            now = self._clock()
            for line in health.watch(self._means, now):
                log.warning("%s", line)
            if said := rates.refresh(self._means, now):
                log.info("%s", said)
            if said := retention.tend(self._means, now):
                log.info("%s", said)
            summarise(self._means, now)

    # --- the frame -----------------------------------------------------------------------------------------------

    def _scheduler(self) -> Any:
        from apscheduler.schedulers.background import BackgroundScheduler

        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self.ring,
            "interval",
            seconds=self._tick,
            id="ring",
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
            next_run_time=time_of_day(),
        )
        return scheduler

    def _status(self) -> str:
        states = self._means.store.sources.states()
        failing = sum(1 for state in states if state.failures)
        owed = sum(counts.get("owed", 0) for counts in self._means.store.outbox.counts().values())
        return f"STATUS={len(states)} sources ({failing} failing), {owed} alerts owed"

    def _drain(self) -> bool:
        self._polls.shutdown(wait=False, cancel_futures=True)
        self._sends.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + GRACE
        while self._busy and time.monotonic() < end:
            time.sleep(0.02)
        if self._busy:
            log.warning("stopped with work in flight; it is taken up at the next start: %s", ", ".join(sorted(self._busy)))
        return not self._busy


def run(path: Path) -> None:
    """Run until told to stop; raises ConfigError and StoreError when it cannot start."""
    with at_work(load(path, secrets="where there"), time_of_day()) as means:
        daemon = Daemon(path, means)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, daemon.on_signal)
        if not daemon.run():
            # A thread that hangs would hold up the exit for ever; all that it could still do is safe to lose.
            logging.shutdown()
            os._exit(0)
