"""What a signal asks of the daemon."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType


class Signals:
    """SIGHUP reloads; SIGTERM and SIGINT stop, and a second one stops at once."""

    def __init__(self) -> None:
        self._reload: Callable[[], None] | None = None
        self._stop: Callable[[], None] | None = None
        self._reload_waits = self._stopped = False

    def hold_reload(self) -> None:
        """From here on SIGHUP does not end the process; who asks for a reload before :meth:`obey` has it then.

        SIGTERM and SIGINT still end it at once: nothing is under way yet that must come to an end.
        """
        signal.signal(signal.SIGHUP, self._heard)

    def obey(self, *, stop: Callable[[], None], reload: Callable[[], None]) -> None:
        """From here on every signal is obeyed; both functions must bear to be called in the midst of anything."""
        self._stop, self._reload = stop, reload
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._heard)
        if self._reload_waits:
            reload()

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            if self._reload:
                self._reload()
            else:
                self._reload_waits = True
        elif self._stopped or not self._stop:
            raise SystemExit(1)
        else:
            self._stopped = True
            self._stop()
