"""The small jobs of the daemon: what is due, wishes of the desk, health, rates, likes, the digest, forgetting, the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from alerts.acts.application_catch_up import catch_up
from alerts.daemon import desk_reach, heartbeat, rates, retention, wishes
from alerts.daemon.polls import Polls
from alerts.daemon.report_lines import of_hour
from alerts.daemon.sends import Sends
from alerts.daemon.services import Services
from alerts.daemon.watched import WatchedDaemon
from alerts.listener.tally import Counts
from alerts.notify import health
from alerts.notify.digest import summarise
from alerts.notify.remind import remind

log = logging.getLogger("alerts")
#: Seconds between two looks at what is due; what ends is followed at once, this finds what others wrote.
LOOK = 5.0
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Chore:
    """One small job that comes again."""

    every: float
    executor: str
    work: Callable[[], None]


class Chores:
    """Each chore is a job of its own: one that fails or hangs costs itself."""

    def __init__(
        self, services: Services, polls: Polls, sends: Sends, *, likes: Callable[[], None], reload: Callable[[], None]
    ) -> None:
        self._services, self._polls, self._sends, self._reload = services, polls, sends, reload
        #: What systemd is told of the state; made here, because the thread that tells it must not wait for the database.
        self.status = ""
        self._heart = heartbeat.Heart(WatchedDaemon(services).trouble)
        self._hour_began: tuple[float, Counts] | None = None
        self._chores = {
            "look": Chore(LOOK, "look", self._look),
            "health": Chore(MINUTE, "chores", self._health),
            "rates": Chore(MINUTE, "chores", self._rates),
            "likes": Chore(MINUTE, "chores", likes),
            "digest": Chore(MINUTE, "chores", self._digest),
            "applications": Chore(MINUTE, "chores", self._applications),
            "retention": Chore(MINUTE, "chores", self._retention),
            "heartbeat": Chore(LOOK, "chores", self._heartbeat),
            "hour": Chore(HOUR, "chores", self._hour),
            "readings": Chore(DAY, "chores", self._readings),
            "wishes": Chore(LOOK, "chores", self._wishes),
            "tests": Chore(LOOK, "chores", self._tests),
            "desk": Chore(MINUTE, "chores", self._desk),
            "looks": Chore(LOOK, "chores", self._looks),
            "storage": Chore(LOOK, "chores", self._storage),
        }

    def start(self) -> None:
        """Begin with all of them now."""
        for name in self._chores:
            self.add(name, 0)

    def add(self, name: str, seconds: float) -> None:
        """Run a chore in so many seconds."""
        self._services.scheduler.at(name, seconds, self._chores[name].executor, self._run, name)

    def heed_wishes(self) -> None:
        """Somebody wishes for something just now."""
        self.add("wishes", 0)
        self.add("tests", 0)
        self.add("looks", 0)

    def __contains__(self, name: str) -> bool:
        """Is this the id of a chore?"""
        return name in self._chores

    def ended(self, name: str) -> None:
        """A chore ended; it comes again."""
        if not self._services.stopping.is_set():
            self.add(name, self._chores[name].every)

    def _run(self, name: str) -> None:
        if not self._services.stopping.is_set():
            self._chores[name].work()

    def _look(self) -> None:
        overdue = [f"poll:{key}" for key in self._polls.plan()] + [f"send:{name}" for name in self._sends.plan()]
        self._services.progress.looked(overdue)
        self.status = self._words()

    def _health(self) -> None:
        self._polls.look()
        for line in health.watch(self._services.means(), self._services.clock()):
            log.warning("%s", line)

    def _rates(self) -> None:
        if said := rates.refresh(self._services.means(), self._services.clock()):
            log.info("%s", said)

    def _digest(self) -> None:
        summarise(self._services.means(), self._services.clock())

    def _applications(self) -> None:
        means, now = self._services.means(), self._services.clock()
        catch_up(means.store, now)
        remind(means, now)

    def _retention(self) -> None:
        if said := retention.tend(self._services.means(), self._services.clock()):
            log.info("%s", said)

    def _heartbeat(self) -> None:
        means = self._services.means()
        if said := self._heart.beat(means.plan.heartbeat, means.client):
            means.store.keep_fact(heartbeat.FACT, said, self._services.clock())

    def _hour(self) -> None:
        now, counts = time.monotonic(), self._services.tally.counts()
        if self._hour_began is None:
            self._hour_began = now, counts
        elif now - self._hour_began[0] >= HOUR - MINUTE:  # a clock that was set begins all chores anew
            log.info("%s; %s", of_hour(self._hour_began[1], counts), self.status)
            self._hour_began = now, counts

    def _readings(self) -> None:
        self._services.means().store.readings.thin(self._services.clock())

    def _wishes(self) -> None:
        if wishes.take(self._services.means(), self._services.clock(), self._reload):
            self.add("look", 0)

    def _tests(self) -> None:
        if wishes.take_tests(self._services.means(), self._services.clock()):
            self._sends.plan()

    def _looks(self) -> None:
        wishes.take_looks(self._services.means(), self._services.clock())

    def _desk(self) -> None:
        desk_reach.look(self._services.means(), self._services.clock())

    def _storage(self) -> None:
        self._services.means().store.tend()

    def _words(self) -> str:
        store = self._services.means().store
        states = store.sources.states()
        failing = sum(1 for state in states if state.failures)
        owed = sum(counts.get("owed", 0) for counts in store.outbox.counts().values())
        return f"{len(states)} sources ({failing} failing), {owed} alerts owed"
