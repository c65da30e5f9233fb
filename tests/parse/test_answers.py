"""The rows of an answer are found where they should be; what is elsewhere is an error that tells a person what came."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alerts.model.errors import ReadError
from alerts.model.page import Page, Request
from alerts.model.raw import RawPlace, RawPosting
from alerts.parse.answers import answer, detailed, flagged, labels, rows, sections

RAW = RawPosting("1", "https://example.org/1", "Cook", company="Acme", posted="2026-01-01", detailed=False)


def page(body: bytes) -> Page:
    return Page(Request("https://example.org/1"), "https://example.org/1", body, datetime(2026, 8, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "ways", "expected"),
    [
        ({"jobs": [{"a": 1}]}, ("jobs",), [{"a": 1}]),
        ([{"a": 1}, 5], ("", "jobs"), [{"a": 1}, {}]),
        ({"data": {"items": []}}, ("jobs", "data.items"), []),
    ],
)
def test_rows_are_found_on_the_first_way_that_leads_to_a_list(
    said: object, ways: tuple[str, ...], expected: list[object]
) -> None:
    assert rows(said, "Acme", *ways) == expected


@pytest.mark.parametrize(
    ("said", "words"), [({"error": "no such board"}, "no such board"), ({"jobs": {}}, "jobs"), ({}, "nothing"), ([], "list")]
)
def test_no_list_is_an_error_that_tells_what_came(said: object, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        rows(said, "Acme", "jobs")


@pytest.mark.parametrize("body", [b"", b"<html>", b"3", b'"x"', b"{"])
def test_an_answer_that_is_no_object_and_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError):
        answer(page(body), "Acme")


def test_only_what_is_true_is_said() -> None:
    assert flagged(remote=True, hybrid=False, onsite=None) == ("remote",)
    assert flagged(remote="true", hybrid={}) == ("remote",)


def test_labels_are_the_human_words_of_objects_lists_and_strings() -> None:
    assert labels({"id": "x", "label": "Full-time"}, "label", "id") == ("Full-time",)
    assert labels([{"name": "A"}, "B", {"name": "A"}, None, 7], "name") == ("A", "B")


def test_sections_keep_their_headings_and_leave_out_the_empty() -> None:
    assert sections([("A & B", "<p>x</p>"), ("C", ""), (None, "y")]) == "<h3>A &amp; B</h3>\n<p>x</p>\ny"
    assert sections([("C", None)]) is None


def test_details_add_to_a_posting_and_take_nothing_away() -> None:
    found = detailed(RAW, page(b"{}"), html="<p>Soup.</p>", posted=None, places="Oslo", company=7.5)
    assert found.html == "<p>Soup.</p>"
    assert found.places == (RawPlace("Oslo"),)
    assert (found.posted, found.company, found.detailed) == ("2026-01-01", "7.5", True)


def test_details_that_say_nothing_are_an_error() -> None:
    with pytest.raises(ReadError, match="say nothing"):
        detailed(RAW, page(b"{}"), html=None, places=[])
