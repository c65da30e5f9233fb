"""How messages were answered while that could not be written: a small file beside the database, its room reserved ahead.

A message that the other side took must not go out again because a disk was full or the database held by another program:
the answer is kept here at once, and written into the database as soon as that can be done, also by the next process.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Records, and bytes of each: one block of most disks, so that a record is written whole or not at all.
SLOTS, SIZE = 16, 4096


class Unsettled:
    """The file; where it cannot be made, records are kept in memory only."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._file: int | None = None
        self._records: dict[int, dict[str, Any]] = {}
        if str(path) == ":memory:":
            return
        with suppress(OSError):
            self._file = os.open(f"{path}.unsettled", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            _reserve(self._file)
            self._records = _read(self._file)

    def records(self) -> dict[int, dict[str, Any]]:
        """What is not in the database yet, by slot."""
        with self._lock:
            return dict(self._records)

    def keep(self, record: Mapping[str, Any]) -> int:
        """Keep how a message was answered; its slot."""
        data = _packed(dict(record))
        with self._lock:
            slot = next(number for number in range(SLOTS + len(self._records)) if number not in self._records)
            self._records[slot] = dict(record)
            if slot < SLOTS:
                self._write(slot, data)
        return slot

    def settled(self, slot: int) -> None:
        """It is in the database now."""
        with self._lock:
            self._records.pop(slot, None)
            if slot < SLOTS:
                self._write(slot, b"\0" * 16)

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, slot: int, data: bytes) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.pwrite(self._file, data, slot * SIZE)
                os.fdatasync(self._file)


def _packed(record: dict[str, Any]) -> bytes:
    """The record as one line that fits; what is shortened is only words for people."""
    outcome = dict(record["outcome"])
    for words in (500, 60, 0):
        outcome |= {"why": outcome["why"][:words], "dead": {who: why[:words] for who, why in outcome["dead"].items()}}
        line = json.dumps({**record, "outcome": outcome}, ensure_ascii=False).encode() + b"\n"
        if len(line) <= SIZE:
            return line
    return json.dumps({**record, "outcome": {**outcome, "dead": {}, "retry": []}}).encode() + b"\n"


def _reserve(file: int) -> None:
    """Written, not only allocated: a disk that is full later has this room all the same."""
    missing = SLOTS * SIZE - os.fstat(file).st_size
    if missing > 0:
        os.pwrite(file, b"\0" * missing, SLOTS * SIZE - missing)
        os.fsync(file)


def _read(file: int) -> dict[int, dict[str, Any]]:
    records = {}
    for slot in range(SLOTS):
        line, end, _ = os.pread(file, SIZE, slot * SIZE).partition(b"\n")
        if end:
            with suppress(ValueError):  # it was cut off by a crash while it was written
                records[slot] = json.loads(line)
    return records
