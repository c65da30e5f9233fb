"""Experience: what is asked of the applicant, not how old the company is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import experience


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of experience in Python", 5),
        ("7+ years of product experience, with at least 3+ years leading teams", 7),
        ("5+ years of experience in support or a related field, including 3+ years in fintech", 5),
        ("We're a small team, 2+ years in, building a platform", None),
        ("At least 3-5 years of professional experience", 3),
        ("With over 20 years of experience, our company leads", None),
        ("mindestens 3 Jahre Berufserfahrung", 3),
        ("au moins 2 ans d'expérience", 2),
        ("3 años de experiencia", 3),
        ("minimaal 2 jaar ervaring", 2),
        ("We have been growing for 10 years", None),
        ("Founded 12 years ago", None),
        ("Bachelor's degree with 5 years of experience, or Master's with 3 years", 3),
        ("- 8+ years of software engineering experience\n- 3+ years with Python\n- 1 year experience managing preferred", 8),
        ("Must be 18 years of age", None),
        ("three (3) years of relevant experience", 3),
        ("3年以上经验", 3),
        ("1-2 yrs exp", 1),
        ("You have 2 years experience in a similar role", 2),
        ("Over 10 years of growth", None),
        ("4-year vesting with a 1 year cliff", None),
        ("Minimum of 7 years’ experience", 7),
        ("12 month contract", None),
        ("med minst 3 års erfarenhet", 3),
        ("min. 5 lat doświadczenia", 5),
        ("5 Jahre Garantie", None),
        ("2-3 anos de experiência", 2),
        ("2 years fixed-term contract", None),
        ("For over 30 years, we have been helping clients", None),
        ("Over the past 10 years, our engineers built", None),
        ("Experience: 4+ yrs", 4),
        ("6+ yoe", 6),
        ("You bring 10+ years' experience building distributed systems", 10),
        ("经验要求：5年以上", 5),
        ("Combined 50 years of experience in the team", None),
        ("at least two years working as a nurse", 2),
        ("4 Jahre Erfahrung oder mehr", 4),
        ("we expect more than 5 years of experience", 5),
    ],
)
def test_the_least_years_asked_for(text: str, years: float | None) -> None:
    found = experience.least_years(text)
    assert (found[0] if found else None) == years


def test_the_sentence_is_quoted() -> None:
    assert experience.least_years("We are Acme, 30 years in business.\n- 4+ years of experience with Go\nApply!") == (
        4.0,
        "4+ years of experience with Go",
    )


@given(st.text(max_size=200), st.sampled_from(["5 years", "3-5 Jahre Erfahrung", " or ", "２年経験"]))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_raise(text: str, words: str) -> None:
    found = experience.least_years(text + words + text)
    assert found is None or 0 < found[0] <= 25


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "experience.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_a_sentence_of_any_language_asks_for_its_least_years(row: str) -> None:
    years, text = row.split("\t")
    found = experience.least_years(text)
    assert (None if found is None else found[0]) == (None if years == "-" else float(years))


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("36 months", 3), ("6 months", 0.5), ("2-5", 2), ("lt-1", 0), ("1-2", 1), ("ht15", 15), ("3+ years", 3), ("5", 5),
        ("2 An(s)", 2),
        ("Expérience exigée de 3 An(s)", 3), ("Débutant accepté", 0), ("no requirements", 0), ("At least 4 years in sales", 4),
        ("Any (new grads ok)", 0), ("True", None), ("senior", None), ("2 Jahre", 2), ("mehrjährig", None),
    ],
)  # fmt: skip
def test_a_field_of_the_source_says_the_years(words: str, years: float | None) -> None:
    assert experience.from_stated(words) == years
    assert experience.read(words, "7 years of experience")[0] == (7 if years is None else years)
