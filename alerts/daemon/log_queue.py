"""A log that nobody reads holds up nobody: its lines wait in a queue, and are dropped when that is full."""

from __future__ import annotations

import logging
import os
import queue
import threading
from logging.handlers import QueueHandler, QueueListener

#: Lines that wait for a slow reader, at most.
MOST = 10_000
#: Seconds that an end waits for the reader of the log.
PATIENCE = 2.0
_listeners: list[QueueListener] = []


class _Dropping(QueueHandler):
    """Never blocks and never raises; what did not fit is counted and said when there is room again."""

    def __init__(self, lines: queue.Queue[logging.LogRecord]) -> None:
        super().__init__(lines)
        self._lines = lines
        self._dropped = 0

    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            self._lines.put_nowait(record)
        except queue.Full:
            self._dropped += 1

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        if self._dropped and not self._lines.full():
            record.msg, record.args = f"{record.getMessage()} ({self._dropped} lines before this one were lost)", ()
            self._dropped = 0
        return record


def decouple() -> None:
    """Put a queue between every line that is logged and the handlers of the root logger."""
    root = logging.getLogger()
    lines: queue.Queue[logging.LogRecord] = queue.Queue(MOST)
    listener = QueueListener(lines, *root.handlers)
    root.handlers = [_Dropping(lines)]
    listener.start()
    _listeners.append(listener)


def flush() -> bool:
    """Wait a little for what was logged to be written; False where nobody reads it."""
    written = True
    for listener in _listeners:
        ending = threading.Thread(target=listener.stop, daemon=True)
        ending.start()
        ending.join(PATIENCE)
        written = written and not ending.is_alive()
    _listeners.clear()
    return written


def end_now(status: int) -> None:
    """End the process though threads may hang; all that they could still do is safe to lose."""
    flush()
    os._exit(status)
