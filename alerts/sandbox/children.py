"""The reading processes: one as a rule, more for as long as some read slowly, so that a page that hangs holds up no other."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alerts.sandbox.process import Process

#: So many at once, and no more: each may take as much memory as a page is allowed.
MOST = 3
#: … of which readings of one kind that are slow hold so many at most: a kind that hangs leaves one to the others.
OF_ONE_KIND = MOST - 1
#: A reading that takes longer than this is slow: the next page is read by another process.
SLOW_AFTER = 1.0


class Child:
    """A place for one reading, with the process that does it."""

    def __init__(self, kind: str, process: Process | None, started: Callable[[], None]) -> None:
        self.kind = kind
        self.process = process
        #: When it was asked; the start of a process is nobody's slowness.
        self.asked = math.inf
        self._started = started

    def ask(self, start: Callable[[], Process], task: bytes, seconds: float) -> bytes:
        """The result of a task, by a new process where there is none; raises Late or Died, and the process is gone then."""
        try:
            self.process = self.process or start()
            self.asked = time.monotonic()
            self._started()
            return self.process.ask(task, seconds)
        except BaseException:
            self.asked = math.inf
            if self.process:
                self.process.kill()
            self.process = None
            raise


class Children:
    """Lends a child for each reading; safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy: list[Child] = []
        #: The one that is kept for the next page.
        self._idle: Process | None = None

    @contextmanager
    def lent(self, kind: str) -> Iterator[Child]:
        """A child of one's own for the block; waits for room."""
        child = self._take(kind)
        try:
            yield child
        finally:
            self._give_back(child)

    def close(self) -> None:
        """Wait for what is being read, and end the one that is kept."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)
            process, self._idle = self._idle, None
        if process:
            process.close()

    def _take(self, kind: str) -> Child:
        with self._changed:
            while (seconds := self._until_room(kind)) is None or seconds > 0:
                self._changed.wait(seconds)
            process, self._idle = self._idle, None
            child = Child(kind, None if process and process.rested() else process, self._tell)
            self._busy.append(child)
            return child

    def _until_room(self, kind: str) -> float | None:
        """Seconds until a reading of this kind may begin if nothing ends before; None where something must end first."""
        same = sum(child.kind == kind for child in self._busy)
        if len(self._busy) >= MOST or same >= OF_ONE_KIND:
            return None
        slow_at = max((child.asked for child in self._busy), default=-math.inf) + SLOW_AFTER
        return max(0.0, slow_at - time.monotonic()) if slow_at < math.inf else None

    def _give_back(self, child: Child) -> None:
        surplus = child.process
        with self._changed:
            self._busy.remove(child)
            if self._idle is None:
                self._idle, surplus = surplus, None
            self._changed.notify_all()
        if surplus:
            surplus.close()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
