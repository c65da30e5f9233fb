"""A preview over postings that were made ready says what one over the postings themselves says, again and again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from alerts.match.compile import Compiled
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.nearly import failures
from alerts.match.prepared import MOST_KNOWN, Prepared, slim
from alerts.match.preview import Trial, preview
from alerts.model.posting import Place, Posting
from alerts.model.search import Answer, Search
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
    "München",
    "Java17",
    "don’t",
    "U.S.",
    "resume",
    "R&D",
    "Fullstack",
    "Разработчик",
    "Java开发",
    "planned",
    "teams",
]
SEARCHES = [
    Search("x", title=("engineering manager", "engineer"), keywords=("python", "feature store")),
    Search("x", title=("engineering manager", "engineer"), keywords=("python", "kubernetes"), exclude=("rust", "title:lead")),
    Search("x", keywords=("go", '"machine learning"', "c++"), require=("data",), salary="80k EUR"),
    Search("x", query='title:(engineer OR lead) AND (python OR "feature store"~3) NOT tags:remote', prefer=("senior",)),
    Search("x", title=("entwickler", "engin*"), locations=("Germany",)),
    Search("x", companies=("acme",), keywords=("zymurgy", "pyton")),
    Search("x", work=("remote",)),
    Search("x", title=("fullstack developer", "R&D"), keywords=("Go",), unknown="drop"),
    Search("x", keywords=("München", "muenchen", "java*"), exclude=("go", "Kubernetes"), work=("remote",)),
    Search("x", query="NOT (python OR rust) AND NOT NOT data AND (lead OR (team AND store))", exclude_companies=("acme",)),
    Search("x", keywords=("don't", "U.S.", "résumé", "Разработчик", "k8s"), require=("engineers",)),
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


def by_asking_each(compiled: Compiled, stored: list[tuple[Posting, datetime]], now: datetime):
    """What a preview must say, from what each posting says by itself: wanted, nearly, of no use."""
    wanted, near, used = [], {}, set()
    for at, (posting, seen) in enumerate(stored):
        match = evaluate(compiled, posting, now=now, rates=Rates.load(), seen=seen)
        lacking = failures(compiled, match)
        if match.wanted:
            wanted.append((-match.score, -seen.timestamp(), at))
        elif len(lacking) == 1:
            near.setdefault(lacking[0].condition, []).append(at)
        pairs = list(zip(compiled.conditions, match.reasons, strict=False))
        bad = [(one, reason) for one, reason in pairs if not holds(reason.answer, one.keep)]
        used |= {(one.key, "") for one, _ in bad if len(bad) == 1}
        for one, reason in bad if len(bad) == 1 else [] if bad else pairs:
            parts = [part for part in reason.parts if holds(part.answer, one.keep) is not bool(bad)]
            used |= {(one.key, part.wanted) for part in parts if len(parts) == 1}
    return [at for *_, at in sorted(wanted)], near, used


def holds(answer: Answer, keep: bool) -> bool:
    return answer is Answer.YES or (answer is Answer.UNKNOWN and keep)


def test_it_says_what_each_posting_says_by_itself_however_often(now: datetime, monkeypatch: pytest.MonkeyPatch):
    """Red before a quick look at letters was there: the old way was right, but read every word of every posting."""
    monkeypatch.setattr("alerts.match.prepared.PORTION", 50)
    stored = some(now, 400)
    ready = Prepared.of(stored)
    for _ in range(2):
        for search in SEARCHES:
            # Compiled anew each time, as the desk does: equal expressions are other objects.
            found = preview(compile_search(search, aliases={}), ready, now=now, rates=Rates.load())
            wanted, near, used = by_asking_each(compile_search(search, aliases={}), stored, now)
            assert list(found.wanted) == wanted
            assert {key: list(ats) for key, ats in found.near} == near
            assert not used & set(found.idle)
            assert preview(compile_search(search, aliases={}), stored, now=now, rates=Rates.load()) == found
    assert any(preview(compile_search(search), ready, now=now).wanted for search in SEARCHES)


def test_a_change_is_told_by_both_versions(now: datetime):
    stored = some(now)
    old, new = compile_search(SEARCHES[0]), compile_search(SEARCHES[1])
    found = preview(new, Prepared.of(stored), now=now, old=old)
    before, _, _ = by_asking_each(old, stored, now)
    after, _, _ = by_asking_each(new, stored, now)
    assert (set(found.added), set(found.removed)) == (set(after) - set(before), set(before) - set(after))


@pytest.mark.parametrize("search", SEARCHES)
def test_samples_show_the_words_that_say_so(now: datetime, search: Search):
    stored = some(now)
    for at, match in preview(compile_search(search), Prepared.of(stored), now=now).samples:
        for reason in match.reasons:
            if reason.span and reason.where in ("title", "text", "company"):
                start, end = reason.span
                assert (getattr(stored[at][0], reason.where) or "")[start:end] == reason.found


def test_what_was_asked_is_kept_within_bounds(now: datetime):
    stored = some(now, 3)
    ready = Prepared.of(stored)
    for number in range(MOST_KNOWN + 50):
        preview(compile_search(Search("x", keywords=(f"word{number}", "python"))), ready, now=now)
    assert all(len(block._known) <= MOST_KNOWN for block in ready.blocks())


def test_a_posting_that_was_forgotten_meanwhile_is_wanted_by_nobody(now: datetime):
    stored = some(now, 4)
    ready = Prepared(4, lambda start, stop: [None, *(slim(*one) for one in stored[1:])], lambda ats: ["" for _ in ats])
    assert 0 not in preview(compile_search(Search("x", exclude=("zymurgy",))), ready, now=now).wanted


def test_half_way_it_says_what_the_first_of_them_say(now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("alerts.match.prepared.PORTION", 20)
    stored = some(now, 60)
    compiled = compile_search(SEARCHES[0])
    trial = Trial(compiled, Prepared.of(stored), now=now, rates=Rates.load())
    looked = [(count, trial.so_far()) for count in trial.portions()]
    assert [count for count, _ in looked] == [20, 40, 60]
    for count, found in looked:
        assert found == preview(compiled, stored[:count], now=now, rates=Rates.load())
