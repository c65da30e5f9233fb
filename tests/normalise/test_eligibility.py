"""Eligibility: yes, no or nothing, with the sentence; negations and boilerplate understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import eligibility

CASES = [
    ("We are unable to sponsor visas at this time.", [("sponsorship", False, None)]),
    ("Visa sponsorship is available for this role.", [("sponsorship", True, None)]),
    (
        "We do sponsor visas! However, we aren't able to successfully sponsor visas for every role.",
        [("sponsorship", False, None), ("sponsorship", True, None)],
    ),
    ("Acme | Berlin | ONSITE | VISA | Engineer", [("sponsorship", True, None)]),
    (
        "You must be authorized to work in the United States without sponsorship now or in the future.",
        [("sponsorship", False, None), ("work_permit", True, "United States")],
    ),
    ("All qualified applicants will receive consideration regardless of citizenship or national origin.", []),
    ("Active TS/SCI clearance required.", [("clearance", True, "TS/SCI")]),
    (
        "Must be a U.S. citizen and able to obtain a Secret clearance.",
        [("citizenship", True, "US"), ("clearance", True, "secret")],
    ),
    ("Security clearance is a plus", [("clearance", False, None)]),
    ("Bachelor's degree in Computer Science or equivalent practical experience", [("degree", False, "bachelor")]),
    ("Master's degree or PhD in physics required", [("degree", True, "master")]),
    ("No degree required.", [("degree", False, "degree")]),
    ("You take a high degree of ownership", []),
    ("Scrum Master certificate", []),
    ("Fluent English; German is a plus", [("language", False, "de"), ("language", True, "en")]),
    ("Fließende Deutschkenntnisse und gute Englischkenntnisse", [("language", True, "de"), ("language", True, "en")]),
    ("Deutsch C1, Englisch von Vorteil", [("language", False, "en"), ("language", True, "de")]),
    ("Vous parlez couramment anglais", [("language", True, "en")]),
    ("Français natif, anglais courant", [("language", True, "en"), ("language", True, "fr")]),
    ("Nivel alto de inglés", [("language", True, "en")]),
    ("Je spreekt vloeiend Nederlands en Engels", [("language", True, "en"), ("language", True, "nl")]),
    ("Abgeschlossenes Studium der Informatik oder vergleichbare Qualifikation", [("degree", False, "bachelor")]),
    ("Bac+5 école d'ingénieur", [("degree", True, "master")]),
    ("A valid work permit for Switzerland is needed.", [("work_permit", True, "Switzerland")]),
    ("Valid work permit required.", [("work_permit", True, None)]),
    ("You hold a valid permit to work in Norway.", [("work_permit", True, "Norway")]),
    ("You need a valid work visa for Canada.", [("work_permit", True, "Canada")]),
    ("Gültige Arbeitserlaubnis für Deutschland erforderlich", [("work_permit", True, None)]),
    ("Wir bieten leider kein Visum-Sponsoring an.", [("sponsorship", False, None)]),
    ("Nous ne proposons pas de sponsoring de visa", [("sponsorship", False, None)]),
    ("We sponsor local meetups and conferences", []),
    ("Will you now or in the future require sponsorship?", []),
    ("You will polish the product", []),
    ("We help you with visa and relocation", [("sponsorship", True, None)]),
    ("Titulación universitaria en informática", [("degree", True, "degree")]),
    ("hbo werk- en denkniveau", [("degree", True, "bachelor")]),
    ("No security clearance required", [("clearance", False, None)]),
    ("Applicants must have the right to work in the UK.", [("work_permit", True, "UK")]),
    ("Federal law requires all employers to verify the identity and employment eligibility", []),
    ("no German skills required", [("language", False, "de")]),
    ("We're an English-speaking team", [("language", True, "en")]),
    ("Citizens Bank is hiring", []),
    ("Benefits eligible employees", []),
    ("Visa sponsorship:", []),
    ("Diplomacy, tact and poise", []),
    ("Able to work independently and in a team", []),
    ("You are legally authorized to work in Canada", [("work_permit", True, "Canada")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_sentence_says_what_it_says(text: str, expected: list[tuple[str, bool, str | None]]) -> None:
    found = eligibility.read(text, {})
    assert sorted(((item.topic, item.answer, item.value) for item in found), key=str) == expected
    assert all(item.words for item in found)


def test_only_the_sentence_is_quoted() -> None:
    (found,) = eligibility.read("We build maps. We cannot sponsor visas. Apply today.", {})
    assert found.words == "We cannot sponsor visas."


def test_the_words_of_the_source_come_first() -> None:
    found = eligibility.read("Visa sponsorship is available.", {"sponsorship": "Does Not Offer Sponsorship"})
    assert [(item.topic, item.answer) for item in found] == [("sponsorship", False), ("sponsorship", True)]


def test_facts_that_say_neither_are_left_out() -> None:
    assert eligibility.read("", {"sponsorship": "Other", "mood": "yes"}) == ()


@given(st.text(max_size=200), st.sampled_from(["visa", "English C1", "degree", "clearance", "İ"]))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_raise(text: str, word: str) -> None:
    for item in eligibility.read(text + word + text, {text: word}):
        assert item.topic in {"sponsorship", "work_permit", "clearance", "citizenship", "degree", "language"}


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "eligibility.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_sentences_of_many_languages_are_understood(row: str) -> None:
    topic, wanted, text = row.split("\t")
    answers = [found.answer for found in eligibility.read(text, {}) if found.topic == topic]
    assert answers == {"yes": [True], "no": [False], "-": []}[wanted]
