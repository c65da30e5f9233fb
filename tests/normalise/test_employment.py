"""Kinds of employment in the words of fields, titles and texts."""

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
        ((), "CDD - Comptable", "", ("contract",)),
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
