"""How tasks and their results travel between the two processes: pickled, each behind its length.

The child takes what the parent sends as it is. The parent takes nothing from the child but the values of ``alerts.model``,
so that even a child that was taken over through a flaw in a parser can send nothing that runs.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
import time
from typing import Any

from alerts.model.form import Question
from alerts.model.page import Request
from alerts.model.raw import RawPay, RawPlace, RawPosting, Reading

#: Exit status of a child that ended on its own, with nothing left undone.
RESTED = 75
_LENGTH = struct.Struct(">Q")
_ALLOWED = frozenset(
    [(value.__module__, value.__name__) for value in (Reading, RawPosting, RawPlace, RawPay, Request, Question)]
    + [("datetime", name) for name in ("datetime", "date", "timezone", "timedelta")]
)


class _ResultUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError("not a value of alerts.model")
        return super().find_class(module, name)


def pack(value: object) -> bytes:
    """``value`` as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack_task(data: bytes) -> Any:
    """For the child: what the parent sent."""
    return pickle.loads(data)  # noqa: S301  (from our own parent)


def unpack_result(data: bytes) -> tuple[object, object]:
    """For the parent: what the child sent; raises for everything that is not a pair of plain values."""
    state, value = _ResultUnpickler(io.BytesIO(data)).load()
    return state, value


def send(link: socket.socket, data: bytes, end: float | None = None) -> None:
    """Send one frame; raises TimeoutError at ``end`` (monotonic), OSError when nobody listens."""
    for part in (_LENGTH.pack(len(data)), data):
        link.settimeout(_left(end))
        link.sendall(part)


def receive(link: socket.socket, end: float | None = None, limit: int | None = None) -> bytes:
    """Receive one frame; raises TimeoutError at ``end``, EOFError when the other side is gone, ValueError above ``limit``."""
    (length,) = _LENGTH.unpack(_exactly(link, _LENGTH.size, end))
    if limit is not None and length > limit:
        raise ValueError("frame too long")
    return _exactly(link, length, end)


def _exactly(link: socket.socket, size: int, end: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        link.settimeout(_left(end))
        chunk = link.recv(min(size - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _left(end: float | None) -> float | None:
    if end is None:
        return None
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
