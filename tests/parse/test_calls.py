"""Requests say what they ask; a walk over many pages ends, whatever the other side answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model.page import Asking, Page, Request
from alerts.parse.calls import Walk, post, query, wanted

NOW = datetime(2026, 8, 15, tzinfo=UTC)


def page(state: dict[str, str]) -> Page:
    return Page(Request("https://example.org/", state=state), "https://example.org/", b"", NOW)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({}, "https://x.org/a"),
        ({"q": None, "p": ""}, "https://x.org/a"),
        ({"q": "c++ & go", "page": 0}, "https://x.org/a?q=c%2B%2B+%26+go&page=0"),
        ({"visa": True, "old": False}, "https://x.org/a?visa=true&old=false"),
    ],
)
def test_a_query_leaves_out_what_is_not_said(pairs: dict[str, object], expected: str) -> None:
    assert query("https://x.org/a", **pairs) == expected


def test_a_query_is_added_to_one_that_is_there() -> None:
    assert query("https://x.org/a?b=1", c=2) == "https://x.org/a?b=1&c=2"


def test_a_post_is_json_and_never_conditional() -> None:
    asked = post("https://x.org", {"a": [1]}, {"words": "x"})
    assert (asked.method, asked.body, asked.conditional, asked.state) == ("POST", b'{"a":[1]}', False, {"words": "x"})


def test_the_words_of_the_source_stand_before_those_of_the_searches() -> None:
    asking = Asking(words=("a", "b", "a"))
    assert wanted(("x",), asking) == ("x",)
    assert wanted((), asking) == ("a", "b")
    assert wanted((), asking, limit=1) == ("a",)


@given(
    st.lists(st.lists(st.text(max_size=3) | st.none() | st.integers(), max_size=4), max_size=30), st.none() | st.integers(-2, 60)
)
def test_a_walk_counts_what_it_saw_and_ends(answers: list[list[object]], total: int | None) -> None:
    state: dict[str, str] = {}
    rows = 0
    for turn, ids in enumerate(answers):
        walk = Walk.at(page(state), ids, total if turn == 0 else None)
        rows += len(ids)
        assert (walk.turn, walk.seen) == (turn, rows)
        assert not walk.more(pages=turn + 1)
        if not walk.more(size=2, pages=20):
            return
        state = walk.state()
    assert len(answers) < 20


def test_a_page_that_comes_again_ends_the_walk() -> None:
    first = Walk.at(page({}), ["a", "b"], 100)
    again = Walk.at(page(first.state()), ["a", "b"])
    assert first.more()
    assert again.repeated
    assert not again.more()
    assert not again.whole()


@given(
    st.dictionaries(st.sampled_from(["turn", "seen", "total", "first", "last"]), st.text(max_size=5)),
    st.lists(st.text(max_size=3)),
)
def test_a_state_that_was_tampered_with_never_raises(state: dict[str, str], ids: list[str]) -> None:
    walk = Walk.at(page(state), ids)
    assert all(isinstance(value, str) for value in walk.state().values())
