"""What a line of the log looks like: for a terminal, for journald with its levels, or as JSON."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

from alerts.model.trace import trace
from alerts.render.clean import steady

FORMATS = ("auto", "json")
#: The attribute of a record that holds its trace.
TRACE = "trace"
#: What syslog and journald call the levels.
_PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))


def attach(record: logging.LogRecord) -> bool:
    """A filter of the logger: the line learns, on the thread that wrote it, which poll or delivery it belongs to."""
    setattr(record, TRACE, trace())
    return True


class OneLine(logging.Formatter):
    """One entry is one line, whatever its words hold; what follows it is indented. The poll or delivery is named at its end."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line without the way of an error through the code."""
        line, traced = super().formatMessage(record), getattr(record, TRACE, None)
        return line if traced is None or traced.id in line else f"{line} [{traced.what} {traced.id[:8]}]"

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return steady(super().format(record)).replace("\n", "\n    ")


class ForJournal(OneLine):
    """Each line begins with ``<N>``, from which journald takes the level; it keeps the time itself."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines, each with its level: journald reads one after the other."""
        level = next((number for least, number in _PRIORITIES if record.levelno >= least), 7)
        return "\n".join(f"<{level}>{line}" for line in super().format(record).split("\n"))


class AsJson(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """``time``, ``level``, ``message``; the id under ``poll`` or ``delivery``; ``error``, with its way through the code."""
        entry = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(), "level": record.levelname.lower()}
        entry["message"] = record.getMessage()
        if traced := getattr(record, TRACE, None):
            entry[traced.what] = traced.id
        if text := record.exc_text or (record.exc_info and self.formatException(record.exc_info)):
            entry["error"] = text
        return json.dumps(entry)


def formatter(wanted: str, stream: TextIO, env: Mapping[str, str] = os.environ) -> logging.Formatter:
    """The form that fits where the log goes, unless JSON is wanted."""
    if wanted == "json":
        return AsJson()
    if stream.isatty():
        return OneLine("%(asctime)s %(message)s", "%H:%M:%S")
    return ForJournal("%(message)s") if _is_journal(stream, env) else OneLine("%(levelname)s %(message)s")


def _is_journal(stream: TextIO, env: Mapping[str, str]) -> bool:
    """systemd says which file is its journal; a child that was redirected elsewhere has the variable too."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return env.get("JOURNAL_STREAM") == f"{found.st_dev}:{found.st_ino}"
