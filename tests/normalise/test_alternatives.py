"""Alternatives grouped by first letter find what the flat list finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import employment
from alerts.normalise.alternatives import grouped

WORDS = ["base pay", "bonus\\b", "b[aä]se", "a?bc", "pay|part (?:of|in)|[|(]x", r"\|x", "(?:on|off) target", "p", "13\\. gehalt"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9, unique=True), st.text("abcprtyx 13.|(äse", max_size=60))
def test_the_same_places_are_found_as_with_the_flat_list(words: list[str], text: str) -> None:
    flat = re.compile("|".join(f"(?:{word})" for word in words))
    assert [found.start() for found in re.finditer(grouped(words), text)] == [found.start() for found in flat.finditer(text)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["pay", "base", "part"], "p(?:ay|art)|base"),
        (["one|other|two"], "o(?:ne|ther)|two"),
        (["a(?:b|c)|[x|y]", "p?ay"], "a(?:b|c)|[x|y]|p?ay"),
    ],
)
def test_words_are_parted_at_outermost_bars_and_grouped_by_letter(words: list[str], wanted: str) -> None:
    assert grouped(words) == wanted


def test_every_phrase_of_employment_holds_a_stem_of_its_kind() -> None:
    table = employment._table()
    phrases = [(phrase, table[kind]["stems"]) for kind in employment.KINDS for phrase in table[kind]["text"]]
    assert [phrase for phrase, stems in phrases if not any(stem in phrase for stem in stems)] == []
