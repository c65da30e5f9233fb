"""What the listener asks of the process that it speaks for."""

from __future__ import annotations

from typing import Protocol


class Watched(Protocol):
    """Each is asked on a thread of the listener, and must not hold up the work."""

    def trouble(self) -> str | None:
        """Why this process is not ready (its database cannot be used, or what was due was not done); None: it is."""

    def metrics(self) -> tuple[bytes, str] | None:
        """Its figures and their media type; None where the library for them is not installed."""
