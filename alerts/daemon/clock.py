"""The time of day, how long it is until a moment, and whether somebody moved the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

#: A difference to the monotonic clock that is more than drift.
MOVED = 2.0


def time_of_day() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


class Clock:
    """A wall clock. ``speed``: how many of its seconds pass in a real one (a demo runs fast)."""

    def __init__(
        self, now: Callable[[], datetime] = time_of_day, speed: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self.speed = speed
        self._seen = (now(), monotonic())

    def __call__(self) -> datetime:
        """The time of day."""
        return self._now()

    def seconds_until(self, moment: datetime) -> float:
        """Real seconds until a moment; 0 where it has passed."""
        return max(0.0, (moment - self._now()).total_seconds() / self.speed)

    def moved(self) -> timedelta | None:
        """By how much the clock was set on (or back) since the last look; None where it only ran. A suspend sets it on."""
        now, ticks = self._now(), self._monotonic()
        (then, before), self._seen = self._seen, (now, ticks)
        by = (now - then) - timedelta(seconds=(ticks - before) * self.speed)
        return by if abs(by.total_seconds()) > MOVED * self.speed else None
