"""What one request may still use up: seconds until its deadline, bytes of its head.

httpcore hands the time-outs of a request through to the network beneath it untouched, and knows time-outs of single
operations only. So the budget rides in the place of these time-outs: the stream asks it before every operation.
"""

from __future__ import annotations

import time

import httpcore

_HEAD_BYTES = 256 * 1024


class HeadTooLong(httpcore.RemoteProtocolError):
    """Headers, or answers of the 1xx kind, without end."""


class Budget:
    """The allowance of one request, redirects included, and what became of it."""

    __slots__ = ("any_port", "connected", "end", "head_left", "in_head", "opening", "seconds", "wrote")

    def __init__(self, seconds: float, *, any_port: bool = False) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self.any_port = any_port
        self.start_exchange()

    def start_exchange(self) -> None:
        """A new request of the same chain begins; the deadline stays."""
        self.in_head = True
        self.head_left = _HEAD_BYTES
        #: Was a connection opened for it (else a kept one was used)?
        self.connected = False
        #: How many times the connection is still to be secured before the request itself is sent (a tunnel through a proxy).
        self.opening = 0
        #: Did any byte of it leave?
        self.wrote = False

    def left(self) -> float:
        """Seconds left; raises httpcore.ReadTimeout when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left

    def count(self, size: int) -> None:
        """``size`` bytes arrived; raises HeadTooLong when the head does not end."""
        if self.in_head:
            self.head_left -= size
            if self.head_left < 0:
                raise HeadTooLong
