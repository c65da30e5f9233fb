"""Lines of the log: for a terminal, for journald, and as JSON."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from alerts.cli.log_lines import attach, formatter
from alerts.cli.log_repeats import MOST, Repeats
from alerts.daemon.report_lines import of_hour
from alerts.listener.tally import Tally
from alerts.model.trace import traced


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


@pytest.fixture
def lines(tmp_path: Path):
    """A logger of its own that writes as ``run`` does; what it wrote so far."""
    with (tmp_path / "log").open("w+") as stream:
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter("json", stream, {}))
        handler.addFilter(Repeats())
        logger = logging.Logger("alerts")
        logger.addFilter(attach)
        logger.addHandler(handler)

        def written() -> list[dict[str, str]]:
            stream.seek(0)
            return [json.loads(line) for line in stream]

        yield logger, written


def test_what_is_logged_of_a_poll_or_delivery_names_it(lines) -> None:
    logger, written = lines
    with traced("poll", "3fa9c1d2"):
        logger.info("read")
    with traced("delivery", "d" * 32):
        logger.warning("not sent")
    logger.info("neither")
    ids = [(line.get("poll"), line.get("delivery")) for line in written()]
    assert ids == [("3fa9c1d2", None), (None, "d" * 32), (None, None)]


@pytest.mark.parametrize(("words", "line"), [("read", "INFO read [poll 3fa9c1d2]"), ("read 3fa9c1d2", "INFO read 3fa9c1d2")])
def test_a_line_of_words_ends_with_the_id_unless_it_has_it(tmp_path: Path, words: str, line: str) -> None:
    with (tmp_path / "log").open("w") as stream, traced("poll", "3fa9c1d2"):
        one = record(logging.INFO, words)
        attach(one)
        assert formatter("auto", stream, {}).format(one) == line


def test_a_warning_that_repeats_comes_once_an_hour_and_says_how_often(tmp_path: Path) -> None:
    repeats, passed = Repeats(), []
    for minute in range(0, 125, 5):
        one = record(logging.WARNING, "no answer")
        one.created = minute * 60.0
        if repeats.filter(one):
            passed.append((minute, one.getMessage()))
    again = "no answer (the same 11 times since this was last said)"
    assert passed == [(0, "no answer"), (60, again), (120, again)]


def test_only_the_same_words_of_a_warning_are_held_back() -> None:
    repeats = Repeats()
    lines = [(logging.WARNING, "a"), (logging.WARNING, "b"), (logging.ERROR, "a"), (logging.INFO, "c"), (logging.INFO, "c")]
    assert all(repeats.filter(record(*one)) for one in lines)
    assert not repeats.filter(record(logging.WARNING, "a"))


def test_a_clock_set_back_holds_nothing_back() -> None:
    repeats = Repeats()
    for created, passes in [(9e6, True), (9e6 + 1, False), (1.0, True)]:
        one = record(logging.WARNING, "no answer")
        one.created = created
        assert repeats.filter(one) is passes


def test_of_many_different_warnings_the_oldest_is_forgotten() -> None:
    repeats = Repeats()
    assert all(repeats.filter(record(logging.WARNING, str(number))) for number in range(MOST + 1))
    assert repeats.filter(record(logging.WARNING, "0"))
    assert not repeats.filter(record(logging.WARNING, str(MOST)))
