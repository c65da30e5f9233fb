"""A title's level, with trades that merely carry a level word left alone."""

from pathlib import Path

import pytest

from alerts.normalise import level

TITLES = {
    "Software Engineering Intern": "intern",
    "Werkstudent Controlling (m/w/d)": "intern",
    "Stage - assistant RH": "intern",
    "Alternance développeur web": "intern",
    "Jovem Aprendiz Administrativo": "intern",
    "Becario de marketing": "intern",
    "New Grad Data Analyst": "junior",
    "Jr. Accountant": "junior",
    "Associate Engineer": "junior",
    "Engineer I": "junior",
    "SWE II": "mid",
    "Analyst 3": "senior",
    "Sr. Nurse": "senior",
    "Starszy programista": "senior",
    "Senior Product Manager": "senior",
    "高级工程师": "senior",
    "Staff Engineer": "staff",
    "Principal Scientist": "principal",
    "Tech Lead, Payments": "lead",
    "Engineering Manager": "manager",
    "Sr. Manager, Tax": "manager",
    "Teamleiterin Logistik": "manager",
    "Associate Director": "director",
    "Head of Design": "director",
    "VP of Sales": "vp",
    "Senior Vice President": "vp",
    "Chief Financial Officer": "executive",
    "CTO": "executive",
    # no level
    "Product Manager": None,
    "Key Account Manager": None,
    "Chef de projet": None,
    "Account Executive": None,
    "Executive Assistant": None,
    "Lead Generation Specialist": None,
    "Internal Auditor": None,
    "International Sales Representative": None,
    "Staff Accountant": None,
    "Sales Associate": None,
    "Growth-stage startup recruiter": None,
    "Developer 2025": None,
    "": None,
}


@pytest.mark.parametrize(("title", "wanted"), TITLES.items())
def test_a_title_says_its_level_or_none(title: str, wanted: str | None) -> None:
    found = level.from_title(title)
    assert (found[0] if found else None) == wanted
    assert found is None or found[1].lower() in title.lower()


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("Mid-Senior level", "senior"), ("entry_level", "junior"), ("Not Applicable", None), ("C-Level", "executive")],
)
def test_a_source_has_words_of_its_own(word: str, wanted: str | None) -> None:
    assert level.from_stated(word) == wanted


def test_the_title_goes_before_the_field() -> None:
    assert level.read(("Entry level",), "Senior Nurse")[0] == ("senior",)
    assert level.read(("Entry level",), "Nurse")[0] == ("junior",)


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "levels.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_a_title_names_all_its_levels_and_nobody_elses(row: str) -> None:
    wanted, title = row.split("\t")
    assert level.read((), title)[0] == tuple(word for word in wanted.split() if word != "-")


def test_fields_may_name_several_levels() -> None:
    assert level.read(("Mid Level", "Senior Level", "n/a"), "Nurse")[0] == ("mid", "senior")
