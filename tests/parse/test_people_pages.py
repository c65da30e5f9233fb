"""Pages and lines written for people: facts by their labels, headlines in any order, promotion left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.parse import headline, labelled


def facts(text: str) -> labelled.Facts:
    """The facts of lines that are parted by bars."""
    found = labelled.read(text.split("|"))
    assert found is not None
    return found


def test_facts_under_labels() -> None:
    found = facts("Staff Tuner|Acme Inc.|Salary Range|$90k - $120k|Location|Remote, US|Employment Type|Full-time|About|Tune.")
    assert (found.title, found.company) == ("Staff Tuner", "Acme Inc.")
    assert found.said["pay"] == ["$90k - $120k"]
    assert found.said["place"] == ["Remote, US"]
    assert found.said["employment"] == ["Full-time"]
    assert found.text.endswith("Tune.")


def test_facts_beside_labels() -> None:
    found = facts(
        "Job title: Organ Builder|Employer: Pipes Ltd|Ort: Passau|Gehalt: 48.000 €|Veröffentlicht: 01.03.2026|We build organs."
    )
    assert (found.title, found.company) == ("Organ Builder", "Pipes Ltd")
    assert found.said["place"] == ["Passau"]
    assert found.said["pay"] == ["48.000 €"]
    assert found.said["posted"] == ["01.03.2026"]


def test_a_line_of_facts_beneath_the_title() -> None:
    found = facts(
        "Home|Jobs|Nordlicht|Sound Engineer|Oslo, Norway · Full-time · Hybrid · $70,000|"
        "About us|We make lamps.|Apply now|Similar jobs|Other Engineer"
    )
    assert (found.title, found.company) == ("Sound Engineer", "Nordlicht")
    assert found.said["place"] == ["Oslo, Norway"]
    assert found.said["work"] == ["Hybrid"]
    assert found.said["pay"] == ["$70,000"]
    assert found.text == "About us\nWe make lamps."


def test_words_that_were_run_together() -> None:
    found = facts("Cellist|designcontractRemote Peru|WORK TYPE|remote|Cellist at Orchestra — Remote")
    assert found.said["employment"] == ["contract"]
    assert found.said["place"] == ["Remote Peru"]
    assert found.said["category"] == ["design"]
    assert (found.title, found.company) == ("Cellist", "Orchestra")


@pytest.mark.parametrize(
    ("line", "employment", "place"),
    [
        ("datafull-timeSan Francisco, CA", "full-time", "San Francisco, CA"),
        ("designinternshipNew York", "internship", "New York"),
        ("opscontractRemote US & Canada", "contract", "Remote US & Canada"),
        ("Lima, Peru · Part-time · Entry level", "Part-time", "Lima, Peru"),
    ],
)
def test_facts_of_one_line(line: str, employment: str, place: str) -> None:
    found = facts(f"Clerk|{line}|JOB TYPE|{employment}|INDUSTRY|paper")
    assert (found.said["employment"][0], found.said["place"]) == (employment, [place])


def test_the_promotion_of_the_site_is_not_the_posting() -> None:
    found = facts(
        "Baker|Location|Rome|✦ AutoApply Let us apply on your behalf. Plans from $14.99/mo.|Join waitlist|Bake bread.|Apply now"
    )
    assert found.text == "Bake bread."
    assert "pay" not in found.said


@pytest.mark.parametrize("text", ["", "hello", "hello\nworld", "A page\nthat says\nnothing of jobs", "Engineer"])
def test_what_is_no_posting_is_none(text: str) -> None:
    assert labelled.read(text.splitlines()) is None


@settings(deadline=None)
@given(
    st.lists(
        st.text(max_size=40) | st.sampled_from(["Salary", "Location", "Engineer", "$5k", "at", "A at B", "·", "(", "full-time"]),
        max_size=12,
    )
)
def test_any_lines_are_taken(lines: list[str]) -> None:
    labelled.read(lines)
    for line in lines:
        headline.read(line)
    headline.read(" | ".join(lines))


@pytest.mark.parametrize(
    ("line", "company", "roles", "places", "work", "areas"),
    [
        ("Acme | Engineer | Berlin, Germany | ONSITE", "Acme", ["Engineer"], ["Berlin, Germany"], ["ONSITE"], []),
        ("Acme | REMOTE (US) | Staff Designer | $150k", "Acme", ["Staff Designer"], [], ["REMOTE"], ["US"]),
        (
            "Acme | Hybrid (Toronto, CA – 3 days in office) | Manager, Software",
            "Acme",
            ["Manager, Software"],
            ["Toronto, CA"],
            ["Hybrid"],
            [],
        ),
        (
            "Acme (YC W22) | Rust Developer, Data Analyst | SF, ONSITE",
            "Acme",
            ["Rust Developer", "Data Analyst"],
            ["SF"],
            ["ONSITE"],
            [],
        ),
        ("Oslo, Norway | Acme | Product Manager | Full-time", "Acme", ["Product Manager"], ["Oslo, Norway"], [], []),
        ("Acme – Founding Engineer – Remote (EU)", "Acme", ["Founding Engineer"], [], ["Remote"], ["EU"]),
        ("Acme | Multiple Roles | NYC", "Acme", ["Multiple Roles"], ["NYC"], [], []),
        ("Engineer Labs | Senior Engineer | Remote", "Engineer Labs", ["Senior Engineer"], [], ["Remote"], []),
        ("Acme is hiring a Data Scientist for our lab.", "Acme", ["Data Scientist"], [], [], []),
    ],
)
def test_headlines_in_any_order(
    line: str, company: str, roles: list[str], places: list[str], work: list[str], areas: list[str]
) -> None:
    found = headline.read(line)
    assert found is not None
    assert (found.company, found.roles, found.places, found.work, found.areas) == (company, roles, places, work, areas)


@pytest.mark.parametrize("line", ["", "Just a remark on the thread.", "We build clocks and we like it"])
def test_prose_is_no_headline(line: str) -> None:
    assert headline.read(line) is None
