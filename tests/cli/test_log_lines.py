"""Lines of the log: for a terminal, for journald, and as JSON."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from alerts.cli.log_lines import formatter
from alerts.daemon.report_lines import of_hour
from alerts.listener.tally import Tally


def record(level: int, words: str) -> logging.LogRecord:
    return logging.LogRecord("alerts", level, "", 0, words, None, None)


@pytest.mark.parametrize(("level", "number"), [(logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.DEBUG, 7)])
def test_journald_is_told_the_level_of_every_line(tmp_path: Path, level: int, number: int) -> None:
    with (tmp_path / "log").open("w") as stream:
        found = os.fstat(stream.fileno())
        form = formatter("auto", stream, {"JOURNAL_STREAM": f"{found.st_dev}:{found.st_ino}"})
        assert form.format(record(level, "one\ntwo")) == f"<{number}>one\n<{number}>    two"


def test_another_file_is_no_journal(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as stream:
        assert formatter("auto", stream, {"JOURNAL_STREAM": "1:1"}).format(record(logging.INFO, "word")) == "INFO word"


def test_json_is_one_object_a_line(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as stream:
        line = formatter("json", stream, {}).format(record(logging.WARNING, "a\n\x1b[31mb"))
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["level"] == "warning"
    assert json.loads(line)["message"] == "a\n\x1b[31mb"


def test_an_hour_is_summed_up() -> None:
    tally = Tally()
    tally.polled("changed", 1)
    before = tally.counts()
    tally.polled("unchanged", 1)
    tally.polled("failed", 1)
    tally.delivered("mail", "sent")
    assert of_hour(before, tally.counts()) == "the last hour: 2 readings (0 with news, 1 failed), 1 messages sent"
