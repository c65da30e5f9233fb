"""Stored postings that are kept ready for previews, and given back after ten idle minutes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from alerts.match.prepared import Prepared, Slim
from alerts.model.server import Database
from alerts.store.store import Store

#: A connection for reading.
Reading = Callable[[], AbstractContextManager[Store]]
#: Seconds that postings are kept after they were last looked at, and before new ones are looked at.
IDLE, AFRESH = 600.0, 60.0


@dataclass
class Shelf:
    """The newest postings, the newest first."""

    numbers: list[int]
    ready: Prepared
    #: On a clock that nobody sets: when it was made, and when it was last looked at.
    made: float
    used: float
    #: Held for a portion at a time.
    lock: threading.Lock = field(default_factory=threading.Lock)
    #: By person, the preview over all of it (trials.py).
    previews: dict[str, object] = field(default_factory=dict)


class Shelves:
    """By database and size."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[Database, int], Shelf] = {}
        self._timer: threading.Timer | None = None

    def of(self, database: Database, reading: Reading, most: int) -> Shelf:
        """The newest postings. While a daemon reads, they are looked up anew once a minute at most."""
        key, now = (database, most), time.monotonic()
        with self._lock:
            known = self._kept.get(key)
            if known is None or (now - known.made > AFRESH and known.numbers[:1] != _newest(reading, 1)):
                known = self._kept[key] = _made(reading, most, now)
            known.used = now
            self._forget_later(IDLE)
        return known

    def _forget_later(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = threading.Timer(seconds, self._forget)
            self._timer.daemon = True
            self._timer.start()

    def _forget(self) -> None:
        """What nobody looked at for long is given back."""
        with self._lock:
            self._timer, now = None, time.monotonic()
            self._kept = {key: one for key, one in self._kept.items() if now - one.used < IDLE}
            if self._kept:
                self._forget_later(max(one.used for one in self._kept.values()) + IDLE - now + 1)


def _newest(reading: Reading, most: int) -> list[int]:
    with reading() as store:
        return store.pages.newest_numbers(most)


def _made(reading: Reading, most: int, now: float) -> Shelf:
    numbers = _newest(reading, most)

    def load(start: int, stop: int) -> Sequence[Slim | None]:
        with reading() as store:
            found = store.pages.slim(numbers[start:stop])
        return [found.get(number) for number in numbers[start:stop]]

    def texts(ats: Sequence[int]) -> Sequence[str]:
        with reading() as store:
            found = store.pages.texts([numbers[at] for at in ats])
        return [found.get(numbers[at], "") for at in ats]

    return Shelf(numbers, Prepared(len(numbers), load, texts), now, now)
