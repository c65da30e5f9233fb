"""A position's characters are those that reading the whole text from its start gives."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.match import words
from alerts.match.spans import Span, Spans

PIECES = ["Python", "C++", "Node.js", "R&D", "full-stack", "Sr.", "end.", "e.g.", "Java개발자", "数据", "l'équipe", "-", "•"]
GAPS = [" ", "  ", "\t", "\n", "\n\n", " \n ", "\r\n", "\x0b", "\u2028", "\x1c", ""]


def walked(text: str) -> dict[int, Span]:
    """Position → characters, by reading all of the text in order."""
    found, at = {}, 0
    for chunk in re.finditer(r"\n|\S+", text):
        if chunk.group() == "\n":
            at += words.GAP
            continue
        end = at
        for place, first, last in words.spans(chunk.group()):
            found[at + place] = (chunk.start() + first, chunk.start() + last)
        for reading in words.flat(chunk.group()):
            end += 1 if reading else words.GAP
        at = end
    return found


def check(text: str) -> None:
    spans, expected = Spans(text), walked(text)
    assert {at: spans[at] for at in expected} == expected
    assert {at: Spans(text)[at] for at in expected} == expected, "whatever was asked before"


@given(st.lists(st.sampled_from([*PIECES, *GAPS]), max_size=40).map("".join))
def test_counting_lines_finds_what_a_walk_finds(text: str):
    check(text)


@given(st.text(max_size=200))
def test_any_text(text: str):
    check(text)


def test_every_hit_in_an_endless_word_or_line_is_found_in_reasonable_time():
    """What was read of a line or word is kept, so that many hits in it cost no more than one."""
    for text in ("go-" * 60_000 + "go", "go " * 60_000):
        spans, start = Spans(text), time.process_time()
        assert [text[slice(*spans[at])][:2] for at in range(400)] == ["go"] * 400
        assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["", "\n", "Python", "- Python", "\n\nPython - C++.\n"])
def test_edges(text: str):
    check(text)
