"""What a signal asks of the daemon."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType


class Signals:
    """SIGHUP reloads; SIGTERM and SIGINT stop, and a second one stops at once."""

    def __init__(self, *, stop: Callable[[], None], reload: Callable[[], None]) -> None:
        self._stop, self._reload = stop, reload
        self._stopped = False

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """The handler."""
        if number == signal.SIGHUP:
            self._reload()
        elif self._stopped:
            raise SystemExit(1)
        else:
            self._stopped = True
            self._stop()
