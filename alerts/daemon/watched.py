"""What the listener is told of this daemon: whether it is ready, from the same proof that feeds the watchdog."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from alerts import __version__
from alerts.daemon.services import Services
from alerts.listener.figures import Figures, Stored
from alerts.listener.metrics import exposition
from alerts.model.errors import StoreError
from alerts.model.plan import Plan
from alerts.notify import overdue
from alerts.store import places
from alerts.store.store import Store

#: Seconds that a question waits for another program on the database.
PATIENCE = 1.0


class WatchedDaemon:
    """Answers on the threads of the listener, over connections of its own; the work is never waited for, nor held up."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def trouble(self) -> str | None:
        """Why this daemon is not ready: its database cannot be read, or what was due was not done."""
        if why := self._services.progress.stalled():
            return why
        plan, now = self._services.means().plan, self._services.clock()
        try:
            with _reading(plan) as store:
                return _late(store, plan, now)
        except StoreError as error:
            return f"the database cannot be read: {error}"

    def metrics(self) -> tuple[bytes, str] | None:
        """Its figures; None where the library for them is not installed."""
        services, stored, late = self._services, None, None
        plan, now = services.means().plan, services.clock()
        with suppress(StoreError), _reading(plan) as store:
            late = _late(store, plan, now)
            stored = _stored(store, plan, now)
        ready = stored is not None and late is None and services.progress.stalled() is None
        most = plan.http.sources if plan.http else 0
        faults = sum(dict(services.faults.counts).values())
        try:
            return exposition(Figures(ready, services.tally.counts(), stored, faults, most, __version__))
        except ImportError:
            return None


def _reading(plan: Plan) -> Store:
    return Store(plan.settings.database, readonly=True, patience=PATIENCE)


def _late(store: Store, plan: Plan, now: datetime) -> str | None:
    late = overdue.sources(plan, store.sources.states(), now)
    late |= overdue.channels(plan, store.outbox.channels_due(now), now)
    return next((f"{name}: {said}" for name, said in late.items()), None)


def _stored(store: Store, plan: Plan, now: datetime) -> Stored:
    states, counts, oldest = store.sources.states(), store.outbox.counts(), store.outbox.oldest_owed()
    due = [when for name, when in store.outbox.channels_due(now).items() if name in plan.channels]
    return Stored(
        read={state.key: state.read for state in states},
        failing=sum(1 for state in states if state.failures),
        owed={name: counts.get(name, {}).get("owed", 0) for name in plan.channels},
        oldest=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
        lateness={"poll": _behind((state.due for state in states), now), "send": _behind(due, now)},
        size=places.size(plan.settings.database),
    )


def _behind(due: Iterable[datetime], now: datetime) -> float:
    return max((max(0.0, (now - when).total_seconds()) for when in due), default=0.0)
