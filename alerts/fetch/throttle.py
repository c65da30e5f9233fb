"""When a host may be asked again: so many requests at once, so long between two, not before it said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class HeldBack(Exception):
    """The host asked to be left alone for another ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Gate:
    """The way to one host; threads for other hosts never wait here."""

    def __init__(self, pace: float, at_once: int, sleep: Callable[[float], object], monotonic: Callable[[], float]) -> None:
        self._pace = pace
        self._delay = 0.0
        self._sleep = sleep
        self._monotonic = monotonic
        self._slots = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._next_start = float("-inf")
        self._not_before = float("-inf")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and hold it while the request runs; raises HeldBack, without waiting, while the host is held."""
        self._check()
        with self._slots:
            with self._lock:
                now = self._monotonic()
                start = max(now, self._next_start)
                self._next_start = start + max(self._pace, self._delay)
            if start > now:
                self._sleep(start - now)
            # While this thread waited, another may have been told to stay away.
            self._check()
            yield

    def hold(self, seconds: float) -> None:
        """Nobody asks for so many seconds."""
        with self._lock:
            self._not_before = max(self._not_before, self._monotonic() + seconds)

    def set_delay(self, seconds: float) -> None:
        """The site asks for at least so many seconds between two requests."""
        with self._lock:
            self._delay = seconds

    def set_pace(self, seconds: float) -> None:
        """We want at least so many seconds between two requests."""
        with self._lock:
            self._pace = seconds

    def _check(self) -> None:
        with self._lock:
            left = self._not_before - self._monotonic()
        if left > 0:
            raise HeldBack(left)


class Gates:
    """One Gate a host."""

    def __init__(self, pace: float, at_once: int, sleep: Callable[[float], object], monotonic: Callable[[], float]) -> None:
        self._pace = pace
        self._rules = (at_once, sleep, monotonic)
        self._gates: dict[str, Gate] = {}
        self._lock = threading.Lock()

    def of(self, host: str) -> Gate:
        """The gate of ``host``."""
        with self._lock:
            if host not in self._gates:
                self._gates[host] = Gate(self._pace, *self._rules)
            return self._gates[host]

    def set_pace(self, seconds: float) -> None:
        """For all hosts, also those already known."""
        with self._lock:
            self._pace = seconds
            for gate in self._gates.values():
                gate.set_pace(seconds)
