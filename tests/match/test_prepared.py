"""A preview over postings that were made ready says what one over the postings themselves says, again and again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from alerts.match.compile import compile as compile_search
from alerts.match.prepared import MOST_ASKED, Prepared
from alerts.match.preview import preview
from alerts.model.posting import Place, Posting
from alerts.model.search import Search
from alerts.normalise.rates import Rates

WORDS = [
    "engineer",
    "engineers",
    "engineering",
    "manager",
    "python",
    "kubernetes",
    "k8s",
    "go",
    "Go",
    "rust",
    "team",
    "lead",
    "senior",
    "data",
    "feature",
    "store",
    "C++",
    ".NET",
    "node.js",
    "full-stack",
    "machine",
    "learning",
    "Entwickler",
    "Entwicklerin",
    "Softwareentwickler",
    "Leiter",
    "remote",
    "we",
    "go",
    "far.",
    "in",
    "Go,",
    "not",
]
SEARCHES = [
    Search("x", title=("engineering manager", "engineer"), keywords=("python", "feature store")),
    Search("x", title=("engineering manager", "engineer"), keywords=("python", "kubernetes"), exclude=("rust", "title:lead")),
    Search("x", keywords=("go", '"machine learning"', "c++"), require=("data",), salary="80k EUR"),
    Search("x", query='title:(engineer OR lead) AND (python OR "feature store"~3) NOT tags:remote', prefer=("senior",)),
    Search("x", title=("entwickler", "engin*"), locations=("Germany",)),
    Search("x", companies=("acme",), keywords=("zymurgy", "pyton")),
    Search("x", work=("remote",)),
]


def some(now: datetime, count: int = 60) -> list[tuple[Posting, datetime]]:
    chance = random.Random(7)

    def said(most: int) -> str:
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, most))]
        return "".join(word + chance.choice([" ", " ", " ", ". ", "\n", ", "]) for word in words)

    return [
        (
            Posting(
                "s",
                str(number),
                f"https://jobs.example/{number}",
                said(4),
                company=chance.choice([None, "Acme", "Other"]),
                tags=tuple(said(2) for _ in range(chance.randint(0, 3))),
                text=said(60),
                language=chance.choice([None, "en", "de", "fr"]),
                places=(Place("x", country=chance.choice(["DE", "CA"])),),
                work=(chance.choice(["remote", "onsite"]),),
                detailed=chance.random() > 0.2,
            ),
            now - timedelta(hours=number),
        )
        for number in range(count)
    ]


def test_it_says_the_same_however_often_and_in_whatever_order(now: datetime):
    stored = some(now)
    ready = Prepared(stored)
    for _ in range(2):
        for search in SEARCHES:
            for old in (None, SEARCHES[0]):
                # Compiled anew each time, as the desk does: equal expressions are other objects.
                compiled, before = compile_search(search), old and compile_search(old)
                plain = preview(compiled, stored, now=now, rates=Rates.load(), old=before)
                assert preview(compiled, ready, now=now, rates=Rates.load(), old=before) == plain
    assert any(preview(compile_search(search), ready, now=now).wanted for search in SEARCHES)


@pytest.mark.parametrize("search", SEARCHES)
def test_samples_show_the_words_that_say_so(now: datetime, search: Search):
    stored = some(now)
    for at, match in preview(compile_search(search), Prepared(stored), now=now).samples:
        for reason in match.reasons:
            if reason.span and reason.where in ("title", "text", "company"):
                start, end = reason.span
                assert (getattr(stored[at][0], reason.where) or "")[start:end] == reason.found


def test_what_was_asked_is_kept_within_bounds(now: datetime):
    stored = some(now, 3)
    ready = Prepared(stored)
    for number in range(MOST_ASKED + 50):
        preview(compile_search(Search("x", keywords=(f"word{number}", "python"))), ready, now=now)
    assert len(ready._questions) <= MOST_ASKED
    assert len(ready._asked) <= MOST_ASKED
