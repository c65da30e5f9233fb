"""Work types and scopes outside English, measured on sentences that were written before the rules (data/work_sentences.txt)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.model.raw import RawPosting
from alerts.normalise import work
from alerts.normalise.areas import members
from alerts.normalise.posting import normalise

ROWS = [
    line.split("|", 3)
    for line in (Path(__file__).parent / "data" / "work_sentences.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
KINDS = {"r": ("remote",), "h": ("hybrid",), "o": ("onsite",), "-": ()}
GROUPS = ("en", "de nl", "fr es it pt", "pl cs ru", "sv da no", "fi tr hu", "ja ko zh")


@pytest.mark.parametrize("group", GROUPS)
def test_nearly_all_sentences_of_a_group_are_read(group: str) -> None:
    rows = [row for row in ROWS if row[0] in group.split()]
    read = [normalise(RawPosting("1", "https://example.org/1", "Nurse", text=row[3]), source="one", now=NOW) for row in rows]
    wrong = [row[3] for row, one in zip(rows, read, strict=True) if one.work != KINDS[row[1]]]
    assert len(wrong) <= len(rows) * 0.08, wrong
    placed = [(row, one) for row, one in zip(rows, read, strict=True) if row[2]]
    astray = [row[3] for row, one in placed if set(one.remote_scope) != _codes(row[2])]
    assert len(astray) <= len(placed) * 0.25, astray


NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _codes(said: str) -> set[str]:
    return set(members(said)) if said == "DACH" else set(said.split(","))


@pytest.mark.parametrize(
    "sentence",
    [
        "We work with hybrid cloud in Berlin and Paris.",
        "Our team is in the office at Rue de Rivoli.",
        "You speak French, German and Dutch.",
        "Le poste est basé à Lyon et vous travaillez avec nos équipes.",
        "Wir sind ein Team von zehn Leuten und suchen dich.",
    ],
)
def test_other_sentences_say_nothing(sentence: str) -> None:
    assert work.from_text(sentence) is None
