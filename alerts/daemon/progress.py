"""Proof that what was due was done: the watchdog is fed by work that ended, not by a process that lives."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

#: The look at what is due must have come to its end within so many seconds.
LOOKED = 30.0
#: What is due and not begun for so long is late …
LATE = 60.0
#: … and late work while nothing was done for so long means that nothing gets done.
IDLE = 60.0


class Progress:
    """What was done, and what should have been. Safe to share between threads."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._done = self._looked = monotonic()
        self._overdue: dict[str, float] = {}

    def done(self) -> None:
        """A source was read (well or not) or a message attempted, and that is written in the database."""
        with self._lock:
            self._done = self._monotonic()

    def looked(self, overdue: Iterable[str]) -> None:
        """What is due by the database, and neither under way nor waiting for its turn behind work that is."""
        with self._lock:
            now = self._looked = self._monotonic()
            self._overdue = {name: self._overdue.get(name, now) for name in overdue}

    def since_look(self) -> float:
        """Seconds since the last look came to its end."""
        with self._lock:
            return self._monotonic() - self._looked

    def late(self) -> list[str]:
        """What has been due for too long."""
        with self._lock:
            now = self._monotonic()
            return [name for name, since in self._overdue.items() if now - since > LATE]

    def stalled(self) -> str | None:
        """Why nothing gets done; None where all is well."""
        if (seconds := self.since_look()) > LOOKED:
            return f"nobody could look for {seconds:.0f} s what is due"
        late = self.late()
        with self._lock:
            idle = self._monotonic() - self._done
        if late and idle > IDLE:
            others = f" and {len(late) - 1} more" if len(late) > 1 else ""
            return f"{late[0]}{others} should have begun, and nothing was done for {idle:.0f} s"
        return None
