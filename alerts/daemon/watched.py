"""What the listener is told of this daemon: whether it is ready, from the same proof that feeds the watchdog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from alerts.daemon.progress import Progress
from alerts.model.errors import StoreError
from alerts.model.plan import Plan
from alerts.notify import overdue
from alerts.store.store import Store

#: Seconds that a question waits for another program on the database.
PATIENCE = 1.0


class WatchedDaemon:
    """Answers on the threads of the listener, over connections of its own; the work is never waited for, nor held up."""

    def __init__(self, plan: Callable[[], Plan], progress: Progress, clock: Callable[[], datetime]) -> None:
        self._plan, self._progress, self._clock = plan, progress, clock

    def trouble(self) -> str | None:
        """Why this daemon is not ready: its database cannot be read, or what was due was not done."""
        if why := self._progress.stalled():
            return why
        plan, now = self._plan(), self._clock()
        try:
            with Store(plan.settings.database, readonly=True, patience=PATIENCE) as store:
                late = overdue.sources(plan, store.sources.states(), now)
                late |= overdue.channels(plan, store.outbox.channels_due(now), now)
        except StoreError as error:
            return f"the database cannot be read: {error}"
        return next((f"{name}: {said}" for name, said in late.items()), None)

    def metrics(self) -> tuple[bytes, str] | None:
        """None: there are no figures yet."""
        return None
