"""Plain words are found where ``str.find`` finds them, one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alerts.normalise import cues, eligibility, employment, experience, scope, work
from alerts.normalise.cues import Cues
from alerts.normalise.posting import normalise  # all lists are known

LISTS = {
    "work": work._CUES,
    "scope": scope._CUES,
    "refusals": scope._REFUSALS,
    "stems": eligibility._STEM_CUES,
    "pieces": eligibility._INSIDE_CUES,
    "experience": experience._CUES,
    "employment": employment._CUES,
}
EVERY = sorted({word for one in LISTS.values() for word in one.words})
assert normalise


def _one_by_one(text: str, word: str, step: int) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + step)
    return found


PIECES = st.one_of(st.sampled_from(EVERY), st.text(max_size=6), st.sampled_from([" ", ". ", "\ud800", "é", "年", "’"]))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_as_one_by_one(text: str):
    for one in LISTS.values():
        assert one.places(text) == {word: at for word in one.words if (at := _one_by_one(text, word, 1))}
        assert one.apart(text) == {word: at for word in one.words if (at := _one_by_one(text, word, len(word)))}


def test_a_word_within_itself_counts_once():
    own = Cues(lambda: ("aba", "b"))
    try:
        assert own.apart("ababa") == {"aba": [0], "b": [1, 3]}
        assert own.places("ababa") == {"aba": [0, 2], "b": [1, 3]}
    finally:
        cues._LISTS.remove(own)
