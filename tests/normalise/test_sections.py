"""Sections: a text cut at its headings, without gaps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import sections

TEXT = """Intro words.

About us
We make maps.

What you'll do:
- Build things

Requirements
- Experience with Python
Experience with Go

Wir bieten
- Kaffee

Pay range: $100,000 - $120,000"""


def test_headings_open_parts() -> None:
    assert [part.kind for part in sections.split(TEXT)] == [
        "other",
        "about",
        "responsibilities",
        "requirements",
        "benefits",
        "pay",
    ]
    assert [part.title for part in sections.split(TEXT)] == [
        "",
        "About us",
        "What you'll do",
        "Requirements",
        "Wir bieten",
        "Pay range",
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Dein Profil", "requirements"),
        ("Das bringst du mit:", "requirements"),
        ("Profil recherché", "requirements"),
        ("Requisitos", "requirements"),
        ("Functie-eisen", "requirements"),
        ("任职要求：", "requirements"),
        ("【福利待遇】", "benefits"),
        ("Nos avantages", "benefits"),
        ("¿Qué ofrecemos?", "benefits"),
        ("Vos missions", "responsibilities"),
        ("Deine Aufgaben", "responsibilities"),
        ("About Acme", "about"),
        ("Security Clearance", "eligibility"),
        ("How to apply:", "other"),
    ],
)
def test_headings_of_many_languages(heading: str, kind: str) -> None:
    (part,) = [part for part in sections.split(f"{heading}\nSome words that follow.") if part.title]
    assert part.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Experience with Python and Go.",
        "- Requirements engineering",
        "We offer a lot to people who stay with us for a while, truly.",
    ],
)
def test_sentences_and_list_items_are_no_headings(line: str) -> None:
    assert [part.kind for part in sections.split(f"Hello there.\n{line}")] == ["other"]


@given(st.lists(st.one_of(st.sampled_from(TEXT.split("\n")), st.text(max_size=30)), max_size=15).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_the_parts_cover_the_text(text: str) -> None:
    assert "".join(text[part.start : part.end] for part in sections.split(text)) == text
