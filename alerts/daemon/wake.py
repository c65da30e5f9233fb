"""Wakes the main thread from anywhere, a signal handler in the midst of that thread's own waiting among them."""

from __future__ import annotations

import queue
from contextlib import suppress


class Wake:
    """What ``threading.Event`` is to threads, made safe for signals.

    An event holds a lock while it is waited for, cleared or set. A handler that runs just then on the same thread and sets
    it waits for that lock for ever. A :class:`queue.SimpleQueue` is documented to bear being interrupted by its own ``put``.
    """

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[None] = queue.SimpleQueue()

    def set(self) -> None:
        """End the wait that is under way, or the next one."""
        self._calls.put(None)

    def wait(self, seconds: float) -> None:
        """Wait to be woken, at most so long; what called until then is answered with it."""
        with suppress(queue.Empty):
            self._calls.get(timeout=seconds)
            while True:
                self._calls.get_nowait()
