"""A terminal gets tables that fit and links; a pipe, a dumb terminal and whoever wants no colour get none of what harms them."""

from __future__ import annotations

import io
import sys

import pytest

from alerts.cli import terminal

HEADS = ("JOB", "TITLE", "WHERE")
ROWS = [
    ("a1b2", "Senior Engineering Manager, Machine Learning Platform and a good deal more", "Berlin, Germany"),
    ("c3", "監督 職", "東京"),
]
LINKS = {"監督 職": "https://a.example/1"}


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch, stream, **environment: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"COLUMNS": "60", "LINES": "24", "TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", stream)
    terminal.table(ROWS, HEADS, LINKS)
    return stream.getvalue()


def test_a_terminal_gets_links_and_rows_that_fit(monkeypatch):
    pytest.importorskip("rich")
    said = drawn(monkeypatch, Tty())
    assert "\x1b]8;" in said
    assert "https://a.example/1" in said


@pytest.mark.parametrize(("stream", "environment"), [(io.StringIO(), {}), (Tty(), {"TERM": "dumb"})])
def test_pipes_and_dumb_terminals_get_no_escape(monkeypatch, stream, environment):
    assert "\x1b" not in drawn(monkeypatch, stream, **environment)


def test_no_color_takes_every_colour_away(monkeypatch):
    pytest.importorskip("rich")
    said = drawn(monkeypatch, Tty(), NO_COLOR="1")
    assert not [code for code in range(30, 38) if f"\x1b[{code}m" in said]


@pytest.mark.parametrize("room", [40, 60, 80])
def test_a_table_fits_its_room_and_loses_nothing(room):
    lines = list(terminal.plain(ROWS, HEADS, room))
    assert max(map(terminal.width, lines)) <= room
    assert all(word in " ".join(lines) for word in ROWS[0][1].split()) or room < 60


def test_without_a_room_each_row_is_one_line_with_its_columns_aligned():
    lines = list(terminal.plain(ROWS, HEADS))
    assert len(lines) == 3
    assert terminal.width(lines[2][: lines[2].index("東京")]) == lines[0].index("WHERE")


def test_with_and_without_the_library_the_same_facts_are_shown(monkeypatch):
    pytest.importorskip("rich")
    with_it = drawn(monkeypatch, Tty(), NO_COLOR="1", COLUMNS="200")
    monkeypatch.setattr(terminal.importlib.util, "find_spec", lambda _: None)
    without = drawn(monkeypatch, Tty(), COLUMNS="200")
    words = {word for row in [HEADS, *ROWS] for cell in row for word in cell.split()}
    assert [word for word in words if word not in with_it or word not in without] == []
