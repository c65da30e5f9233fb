"""A file of JSON lines: one alert a line, each with its ``delivery``, ``timestamp`` and ``heading``.

docs/webhook.md has the fields. A delivery is written and on disk before it counts as sent. One that is tried again adds only
the lines that are missing, and a line that a crash left half written is removed first.
"""

from __future__ import annotations

import json
import mmap
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import field_validator

from alerts.channels import _disk, _probe
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "webhook"
LIMITS = Limits(items=1_000, size=16_000_000)


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "file"``."""

    #: The file; its folder must exist.
    path: options.LocalPath

    @field_validator("path")
    @classmethod
    def _usable(cls, path: str) -> str:
        if not path.strip() or "\x00" in path:
            raise ValueError('must be the path of a file: "/var/lib/job-alerts/matches.jsonl"')
        return path


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """Append what is missing of ``message``."""
    path = Path(options.path).expanduser()
    try:
        fresh = not path.exists()
        with _disk.locked(path) as number:
            _heal(number)
            missing = [line for mark, line in _lines(message) if not _holds(number, mark)]
            _write(number, b"".join(missing))
            os.fsync(number)
        if fresh:
            _disk.sync_folder(path.parent)
    except OSError as error:
        return Outcome("later", f"{path} cannot be written to: {error.strerror or error}")
    return Outcome("sent", f"{len(missing)} lines added to {path}" if missing else "all of it was there already")


def probe(options: Options, client: Client | None = None) -> _probe.Probe:
    """Could it be reached? Nothing is sent."""
    return _probe.file(Path(options.path))


def _lines(message: Message) -> list[tuple[bytes, bytes]]:
    """(what stands at the begin of the line and nowhere else, the line)"""
    data: Any = message.payload["data"]
    shared = {"timestamp": message.payload["timestamp"], "heading": data["heading"]}
    rows = [(f"{alert['id']}", {**shared, **alert}) for alert in data["alerts"]]
    rows += [(f"note-{at}", {**shared, "note": note}) for at, note in enumerate(data["notes"])]
    found = []
    for name, row in rows:
        line = json.dumps({"delivery": data["delivery"], "entry": name, **row}, ensure_ascii=False, separators=(",", ":"))
        mark = json.dumps({"delivery": data["delivery"], "entry": name}, ensure_ascii=False, separators=(",", ":"))[:-1]
        found.append((mark.encode("utf-8", "replace"), line.encode("utf-8", "replace") + b"\n"))
    return found


def _heal(number: int) -> None:
    """Take away a last line without an end."""
    size = os.fstat(number).st_size
    if size and os.pread(number, 1, size - 1) != b"\n":
        with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as whole:
            kept = whole.rfind(b"\n") + 1
        os.ftruncate(number, kept)


def _holds(number: int, mark: bytes) -> bool:
    if not os.fstat(number).st_size:
        return False
    with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as whole:
        return whole.rfind(mark) >= 0


def _write(number: int, content: bytes) -> None:
    while content:
        content = content[os.write(number, content) :]
