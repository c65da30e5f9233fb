"""Holds back a warning that says the same again and again: it comes once an hour, and says how often it did."""

from __future__ import annotations

import logging
from dataclasses import dataclass

#: Seconds in which the same words are said once.
WINDOW = 3600.0
#: Different warnings that are remembered; of more, the oldest is forgotten.
MOST = 1000


@dataclass(slots=True)
class _Said:
    at: float
    held: int = 0


class Repeats(logging.Filter):
    """Put on a handler. Errors with their way through the code, and everything below a warning, always pass."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[int, str], _Said] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """May this line pass? The first after an hour says how many were held back."""
        if record.levelno < logging.WARNING or record.exc_info or record.exc_text:
            return True
        words = (record.levelno, record.getMessage())
        before = self._said.get(words)
        # A clock that was set back is no reason to be silent for longer.
        if before and 0 <= record.created - before.at < WINDOW:
            before.held += 1
            return False
        self._said.pop(words, None)
        if len(self._said) >= MOST:
            del self._said[next(iter(self._said))]
        self._said[words] = _Said(record.created)
        if before and before.held:
            times = "once" if before.held == 1 else f"{before.held} times"
            record.msg, record.args = f"{record.getMessage()} (the same {times} since this was last said)", ()
        return True
