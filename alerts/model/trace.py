"""The id of the poll or delivery that is under way: its lines of the log carry it, and what is stored can be led back to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """``what``: poll or delivery."""

    what: str
    id: str


_under_way: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def traced(what: str, number: str) -> Iterator[None]:
    """What is logged on this thread meanwhile belongs to this poll or delivery."""
    token = _under_way.set(Trace(what, number))
    try:
        yield
    finally:
        _under_way.reset(token)


def trace() -> Trace | None:
    """The poll or delivery that this thread works on."""
    return _under_way.get()


def poll_id(source: str, at: datetime) -> str:
    """The id of the poll of a source (its key) that began at a moment: made of both, so it need not be stored."""
    return hashlib.sha256(f"{source}\0{at.astimezone(UTC).isoformat()}".encode()).hexdigest()[:8]
