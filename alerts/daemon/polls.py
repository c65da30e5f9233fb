"""The jobs ``poll:KEY``: each source is read at its time, within the limits of its lane."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from alerts.daemon.lanes import Lanes, host_of
from alerts.daemon.report_lines import level_of, of_report, result_of
from alerts.daemon.services import Services
from alerts.model.errors import AlertsError, StoreError
from alerts.model.plan import Source
from alerts.model.trace import poll_id, traced
from alerts.notify import health
from alerts.poll import interval
from alerts.poll.poll import LEASE, poll
from alerts.render.tongue import phrase

log = logging.getLogger("alerts")
#: A poll that takes longer than this hangs: that is told, and counts as a failure of its source.
HANGS = 900.0
#: After a write that failed: the first wait and the longest, in seconds.
RETRY, LONGEST_RETRY = 5.0, 300.0
#: A job that should have begun so many seconds ago is added anew.
FORGOTTEN = 15.0


def _longest_retry(source: Source) -> float:
    """Seconds that a source waits at most after writes that failed."""
    return min(LONGEST_RETRY, max(RETRY, source.every.total_seconds()))


class Polls:
    """Every configured source has its job; a job that ends makes room for the next at once."""

    def __init__(self, services: Services, told: Callable[[], object] = lambda: None) -> None:
        self._services = services
        #: Called when a poll owes alerts.
        self._told = told
        self._lanes = Lanes()
        self._lock = threading.Lock()
        #: key → when its job is due, of those that have not begun
        self._planned: dict[str, datetime] = {}
        #: key → when its job began
        self._begun: dict[str, float] = {}
        self._failed_writes: dict[str, int] = {}
        self._hanging: set[str] = set()

    def plan(self) -> list[str]:
        """Give every source its job, take jobs back whose source is gone; the sources that are overdue."""
        services, sources = self._services, self._sources()
        now = services.clock()
        due = {key: when for key, when in services.means().store.sources.due_times(now).items() if key in sources}
        waiting, overdue = self._lanes.waiting(), []
        for key in (set(self._planned) | waiting) - set(due):
            self._drop(key)
        for key, when in due.items():
            with self._lock:
                planned, begun = self._planned.get(key), key in self._begun
            if begun or key in waiting:
                overdue += [key] if self._hangs(key) else []
                continue
            overdue += [key] if when <= now else []
            if planned is None or self._is_wrong(key, planned, when, now):
                self._at(key, when)
        return overdue

    def replan(self) -> None:
        """The clock was moved: every job that has not begun gets its time anew."""
        with self._lock:
            self._planned.clear()

    def start_waiting(self) -> None:
        """Start those who waited for room and have it now."""
        for key in self._lanes.room():
            self._services.scheduler.at(f"poll:{key}", 0, "polls", self.run, key)

    def ended(self, key: str, following: datetime | None) -> None:
        """The job of a source ended; its next one is added."""
        self.start_waiting()
        if following is not None and not self._services.stopping.is_set():
            self._at(key, following)

    def under_way(self) -> list[str]:
        """The sources that are being read."""
        with self._lock:
            return list(self._begun)

    def look(self) -> None:
        """Tell of polls that hang, once each; they cost their source, and a place."""
        with self._lock:
            hanging = {key for key, began in self._begun.items() if time.monotonic() - began > HANGS}
            fresh, self._hanging = hanging - self._hanging, hanging
        sources = self._sources()
        for key in fresh & set(sources):
            name, minutes = sources[key].name, f"{HANGS / 60:.0f}"
            why = phrase(
                "reading it has not come to an end for {minutes} minutes; it is left alone until it does", minutes=minutes
            )
            self._keep_bad(sources[key], str(why))
            text = phrase("{name}: {why}.", name=name, why=why)
            health.notice(self._services.means(), phrase("source {name} hangs", name=name), text, now=self._services.clock())
            log.warning("%s: %s", sources[key].name, why)

    # --- one job -------------------------------------------------------------------------------------------------

    def run(self, key: str) -> datetime | None:
        """The job: read the source if it is due and there is room; when it is due next, if it need not wait for room."""
        source = self._sources().get(key)
        if source is None or self._services.stopping.is_set():
            return None
        with self._lock:
            self._planned.pop(key, None)
            self._begun[key] = time.monotonic()
        try:
            return self._in_lane(source)
        except StoreError as error:
            self._services.faults.happened(f"poll:{key}", error)
            return self._after_failed_write(source)
        except Exception as error:
            return self._after_fault(source, error)
        finally:
            with self._lock:
                self._begun.pop(key, None)

    def _in_lane(self, source: Source) -> datetime | None:
        if not self._lanes.enter(source.key, host_of(source)):
            return None
        try:
            return self._read(source)
        finally:
            self._lanes.leave(source.key)

    def _read(self, source: Source) -> datetime:
        services, means = self._services, self._services.means()
        now = services.clock()
        if not means.store.sources.claim_due(now, LEASE, 1, ours=source.key):
            return means.store.sources.due_at(source.key, now)
        # A claim may have had to wait for the disk; what a server asks for counts from here.
        now = services.clock()
        began = time.monotonic()
        with traced("poll", poll_id(source.key, now)):
            report = poll(source, means, now)
            services.tally.polled(result_of(report), time.monotonic() - began)
            log.log(level_of(report), "%s", of_report(report))
        if report.moved_to:
            health.moved(means, source.key, source.name, report.moved_to, now)
        self._failed_writes.pop(source.key, None)
        services.faults.over(f"poll:{source.key}")
        services.progress.done()
        if report.recorded.told:
            self._told()
        return means.store.sources.due_at(source.key, services.clock())

    def _after_failed_write(self, source: Source) -> datetime:
        """Nothing was kept: the source is read again soon, whatever its claim says, and ever less often."""
        times = self._failed_writes[source.key] = self._failed_writes.get(source.key, 0) + 1
        seconds = min(RETRY * 2 ** min(times - 1, 10), _longest_retry(source))
        return self._services.clock() + self._real(seconds)

    def _real(self, seconds: float) -> timedelta:
        return timedelta(seconds=seconds * self._services.clock.speed)

    def _after_fault(self, source: Source, error: Exception) -> datetime:
        """The source's own code failed before anything was asked: it counts as a failed reading of this source."""
        self._services.faults.happened(f"poll:{source.key}", error)
        why = str(error) if isinstance(error, AlertsError) else f"{type(error).__name__}: {error}; please report it"
        return self._keep_bad(source, f"it could not be asked: {why}") or self._after_failed_write(source)

    def _keep_bad(self, source: Source, why: str) -> datetime | None:
        now, sources = self._services.clock(), self._services.means().store.sources
        try:
            due = now + interval.after_bad(source, sources.state(source.key).failures, None)
            sources.keep_bad(source.key, now, due, why)
        except StoreError as error:
            log.error("%s: %s", source.name, error)
            return None
        return due

    # --- the plan ------------------------------------------------------------------------------------------------

    def _at(self, key: str, when: datetime) -> None:
        with self._lock:
            self._planned[key] = when
        self._services.scheduler.at(f"poll:{key}", self._services.clock.seconds_until(when), "polls", self.run, key)

    def _drop(self, key: str) -> None:
        with self._lock:
            self._planned.pop(key, None)
        self._lanes.forget(key)
        self._services.scheduler.cancel(f"poll:{key}")

    def _is_wrong(self, key: str, planned: datetime, due: datetime, now: datetime) -> bool:
        """Was the job planned for another time, or should it have begun long ago? A try after a failed write may be later,
        but by no more than its wait: one that was planned by a clock that ran ahead would never come."""
        source = self._sources().get(key)
        if source and key in self._failed_writes and timedelta(0) < planned - now <= self._real(_longest_retry(source)):
            return False
        return planned != due or (now - planned).total_seconds() > FORGOTTEN * self._services.clock.speed

    def _hangs(self, key: str) -> bool:
        with self._lock:
            began = self._begun.get(key)
            if began is None:  # it waits for room behind others
                return bool(self._begun) and all(time.monotonic() - other > HANGS for other in self._begun.values())
        return time.monotonic() - began > HANGS

    def _sources(self) -> dict[str, Source]:
        return {source.key: source for source in self._services.means().plan.sources}
