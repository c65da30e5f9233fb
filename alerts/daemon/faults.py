"""A fault of one job costs that job only: it is logged, counted, and told to the operator once until it is over."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable

from alerts.daemon.clock import Clock
from alerts.model.errors import AlertsError, StoreError, StoreLost
from alerts.notify import health
from alerts.notify.means import Means
from alerts.render.tongue import phrase

log = logging.getLogger("alerts")


class Faults:
    """What went wrong with which job, and since when the operator knows."""

    def __init__(self, means: Callable[[], Means], clock: Clock, lost: Callable[[StoreLost], None]) -> None:
        self._means = means
        self._clock = clock
        self._lost = lost
        self._lock = threading.Lock()
        self._told: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def happened(self, job: str, error: BaseException) -> None:
        """``job`` ended with an error that is not the fault of a source or a channel."""
        with self._lock:
            self.counts[job] += 1
            first = self._told.get(job) != _words(error)
            self._told[job] = _words(error)
        if isinstance(error, StoreLost):
            self._lost(error)
        elif isinstance(error, AlertsError):
            log.log(logging.ERROR if first else logging.DEBUG, "%s: %s", job, error)
        else:
            log.error("%s: %s", job, _words(error), exc_info=error if first else None)
            if first:
                self._tell(job, error)

    def over(self, job: str) -> None:
        """``job`` came to a good end."""
        with self._lock:
            was = self._told.pop(job, None)
        if was is not None:
            log.info("%s: works again", job)

    def _tell(self, job: str, error: BaseException) -> None:
        text = phrase(
            "The job {job} ran into a fault of the program ({why}). It is tried again; please report it.",
            job=job,
            why=_words(error),
        )
        try:
            means = self._means()
            with means.store.transaction():
                health.notice(means, phrase("a fault of the program"), text, now=self._clock())
        except StoreError as again:
            log.error("%s: the operator could not be told: %s", job, again)


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]
