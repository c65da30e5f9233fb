"""What was done since the start, counted: plain numbers, whether or not anybody asks for them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

#: Upper bounds, in seconds, by which the times of polls are told apart.
BOUNDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Counts:
    """The tally at one moment."""

    #: "changed" | "unchanged" | "failed" → how many.
    polls: Mapping[str, int]
    #: For each bound of BOUNDS, and without one, how many polls took at most so long.
    times: tuple[int, ...]
    seconds: float
    #: (channel, "sent" | "later" | "dead") → how many attempts.
    deliveries: Mapping[tuple[str, str], int]


class Tally:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._polls: Counter[str] = Counter(changed=0, unchanged=0, failed=0)
        self._times = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._deliveries: Counter[tuple[str, str]] = Counter()

    def polled(self, result: str, seconds: float) -> None:
        """A source was read."""
        with self._lock:
            self._polls[result] += 1
            self._seconds += seconds
            for number, bound in enumerate((*BOUNDS, float("inf"))):
                self._times[number] += seconds <= bound

    def delivered(self, channel: str, result: str) -> None:
        """A message was attempted."""
        with self._lock:
            self._deliveries[channel, result] += 1

    def counts(self) -> Counts:
        """All of it, of one moment."""
        with self._lock:
            return Counts(dict(self._polls), tuple(self._times), self._seconds, dict(self._deliveries))
