"""Typed getters take anything and give text, numbers and lists that are what they say."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.parse import values

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_no_value_makes_a_getter_raise(value: Any) -> None:
    said = values.text(value)
    assert said is None or (said == said.strip() != "" and said.encode())
    one = values.line(value)
    assert one is None or ("\n" not in one and len(one) <= 1000)
    found = values.number(value)
    assert found is None or math.isfinite(found)
    assert values.flag(value) in {True, False, None}
    assert isinstance(values.items(value), list)
    assert isinstance(values.mapping(value), dict)
    assert all(isinstance(each, str) and each for each in values.texts(value))
    assert all(isinstance(each, dict) for each in values.mappings(value))


@given(ANYTHING, st.text(alphabet="ab.01-", max_size=8))
def test_a_path_ends_where_the_value_does(value: Any, way: str) -> None:
    values.path(value, way)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("52000", 52000.0),
        ("52,000.50", 52000.5),
        (" 7 ", 7.0),
        (0, 0.0),
        ("52.000,50", None),
        ("5,20", None),
        ("12k", None),
        ("1e5", None),
        ("nan", None),
        (float("inf"), None),
        (10**400, None),
        (True, None),
        ("٣", None),
    ],
)
def test_only_what_is_a_number_is_one(value: object, expected: float | None) -> None:
    assert values.number(value) == expected


def test_paths_lead_through_objects_and_lists() -> None:
    value = {"a": [{"b": "x"}, {"b": "y"}], "": 1}
    assert values.path(value, "a.1.b") == "y"
    assert values.path(value, "a.2.b") is None
    assert values.path(value, "a.b") is None
    assert values.texts(value["a"], of="b") == ("x", "y")


def test_text_loses_what_cannot_be_shown_and_keeps_what_can() -> None:
    assert values.text("\ufeff a\x00b\ud800c\u0085 \n") == "abc"
    assert values.text(" 🚀 ünï \t") == "🚀 ünï"
    assert values.line("a\n\t b\u2028c") == "a b c"
    assert values.line("x" * 5_000_000) == "x" * 1000
