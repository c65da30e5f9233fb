"""Kinds of employment in the words of fields, titles and texts."""

from pathlib import Path

import pytest

from alerts.normalise import employment


@pytest.mark.parametrize(
    ("stated", "title", "text", "wanted"),
    [
        (("Full-time",), "Nurse", "", ("full-time",)),
        (("FULL_TIME",), "Nurse", "", ("full-time",)),
        (("FULL_TIME", "PART_TIME"), "Nurse", "", ("full-time", "part-time")),
        (("Vollzeit/Teilzeit",), "Koch", "", ("full-time", "part-time")),
        (("Full-time",), "Summer Intern", "", ("full-time", "internship")),
        ((), "Werkstudent IT (m/w/d)", "", ("internship",)),
        ((), "Auszubildender Elektroniker", "", ("apprenticeship",)),
        ((), "Alternance - chargé de com", "", ("apprenticeship",)),
        ((), "CDD - Comptable", "", ("temporary",)),
        ((), "Freelance Editor", "", ("freelance",)),
        ((), "Seasonal Gardener", "", ("temporary",)),
        ((), "Volunteer Coach", "", ("volunteer",)),
        ((), "Nurse", "This is a part-time position.", ("part-time",)),
        ((), "Nurse", "We love full-time fun.", ()),
        ((), "International Nurse", "", ()),
        (("tiempo completo",), "Cocinero", "", ("full-time",)),
        (("正社員",), "エンジニア", "", ("full-time",)),
    ],
)
def test_the_kinds_that_are_offered(stated: tuple[str, ...], title: str, text: str, wanted: tuple[str, ...]) -> None:
    kinds, why = employment.read(stated, title, text)
    assert kinds == wanted
    assert bool(why) == bool(wanted)


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "employment.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_kinds_are_told_in_every_language_and_from_trades_that_only_sound_so(row: str) -> None:
    wanted, where, words = row.split("\t")
    fields = (words,) if where == "field" else ()
    kinds, why = employment.read(fields, words if where == "title" else "Nurse", words if where == "text" else "")
    assert kinds == tuple(kind for kind in wanted.split() if kind != "-")
    assert why is None or all(part.lower() in words.lower() for part in why.words.split("; "))
