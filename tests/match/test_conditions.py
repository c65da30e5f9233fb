"""Every condition on a value says yes, no or unknown, and unknown is decided by the search."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate, wants_details
from alerts.model.posting import Eligibility, Pay, Place, Posting
from alerts.model.search import Answer, Search

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
BARE = Posting("s", "1", "https://example.org/1", "Baker", text="We bake bread.", language="en")
TORONTO = Place("Toronto, ON", "Toronto", "ON", "CA", 43.71, -79.4)
HAMILTON = Place("Hamilton, ON", "Hamilton", "ON", "CA", 43.26, -79.87)
BERLIN = Place("Berlin, Germany", "Berlin", "Berlin", "DE", 52.52, 13.41)
CANADA = Place("Canada", None, None, "CA")


def asked(search: dict[str, object], posting: Posting, now: datetime) -> Answer:
    return evaluate(compile_search(Search("x", **search)), posting, now=now).answer  # type: ignore[arg-type]


def pay(
    low: float | None, high: float | None, currency: str = "USD", period: str = "year", kind: str = "base"
) -> dict[str, object]:
    stated = Pay(low, high, currency, period, kind=kind)
    return {"pay": stated, "pays": (stated,)}


ROWS: list[tuple[dict[str, object], dict[str, object], Answer]] = [
    ({"title": ("baker",)}, {}, YES),
    ({"title": ("pastry",)}, {}, NO),
    ({"title": ("pastry",)}, {"detailed": False}, NO),
    ({"keywords": ("bread",)}, {}, YES),
    ({"keywords": ("cake",)}, {}, NO),
    ({"keywords": ("cake",)}, {"detailed": False}, UNKNOWN),
    ({"keywords": ("cake",)}, {"text": ""}, NO),
    ({"require": ("bread", "bake")}, {}, YES),
    ({"require": ("bread", "cake")}, {}, NO),
    ({"exclude": ("cake",)}, {}, YES),
    ({"exclude": ("bread",)}, {}, NO),
    ({"exclude": ("title:bread",)}, {}, YES),
    ({"exclude": ("cake",)}, {"detailed": False}, UNKNOWN),
    ({"exclude": ("company:acme",)}, {"company": "Acme Labs"}, NO),
    ({"exclude": ("company:acme",)}, {}, UNKNOWN),
    ({"companies": ("Acme",)}, {"company": "ACME, Inc."}, YES),
    ({"companies": ("Acme",)}, {"company": "Acme Labs"}, NO),
    ({"companies": ("Acme*",)}, {"company": "Acme Labs"}, YES),
    ({"companies": ("Acme",)}, {}, UNKNOWN),
    ({"exclude_companies": ("Acme",)}, {"company": "Acme GmbH"}, NO),
    ({"exclude_companies": ("Acme",)}, {"company": "Other"}, YES),
    ({"exclude_companies": ("Acme",)}, {}, UNKNOWN),
    ({"locations": ("Canada",)}, {"places": (TORONTO,)}, YES),
    ({"locations": ("Canada",)}, {"places": (BERLIN,)}, NO),
    ({"locations": ("Canada", "Germany")}, {"places": (BERLIN,)}, YES),
    ({"locations": ("Toronto",)}, {"places": (CANADA,)}, UNKNOWN),
    ({"locations": ("Canada",)}, {}, UNKNOWN),
    ({"locations": ("80 km of Toronto",)}, {"places": (HAMILTON,)}, YES),
    ({"locations": ("20 km of Toronto",)}, {"places": (HAMILTON,)}, NO),
    ({"locations": ("80 km",), "home": "Toronto, ON"}, {"places": (HAMILTON,)}, YES),
    ({"locations": ("Canada",)}, {"work": ("remote",), "remote_scope": ("CA", "US")}, YES),
    ({"locations": ("Canada",)}, {"work": ("remote",), "remote_scope": ("US",)}, NO),
    ({"locations": ("Canada",)}, {"work": ("remote",), "remote_scope": ("WORLD",)}, YES),
    ({"locations": ("Canada",)}, {"work": ("remote",), "remote_scope": ("WORLD",), "remote_excluded": ("CA",)}, NO),
    ({"locations": ("Canada",)}, {"work": ("remote",)}, UNKNOWN),
    ({"locations": ("Germany",)}, {"places": (BERLIN,), "work": ("remote", "onsite"), "remote_scope": ("US",)}, YES),
    ({"query": "place:Germany"}, {"work": ("remote",), "remote_scope": ("WORLD",)}, UNKNOWN),
    ({"query": "place:Germany"}, {"places": (TORONTO,), "work": ("remote",), "remote_scope": ("WORLD",)}, NO),
    ({"work": ("remote",)}, {"work": ("remote", "hybrid")}, YES),
    ({"work": ("remote",)}, {"work": ("onsite",)}, NO),
    ({"work": ("remote",)}, {}, UNKNOWN),
    ({"employment": ("full time",)}, {"employment": ("full-time",)}, YES),
    ({"employment": ("contract",)}, {"employment": ("full-time",)}, NO),
    ({"employment": ("contract",)}, {}, UNKNOWN),
    ({"level": ("senior", "manager")}, {"level": "manager"}, YES),
    ({"level": ("senior",)}, {"level": "junior"}, NO),
    ({"level": ("senior",)}, {}, UNKNOWN),
    ({"category": ("engineering",)}, {"category": "engineering"}, YES),
    ({"category": ("engineering",)}, {"category": "sales"}, NO),
    ({"industry": ("fintech",)}, {}, UNKNOWN),
    ({"salary": "180k USD"}, pay(150_000, 200_000), YES),
    ({"salary": "180k USD"}, pay(150_000, 170_000), NO),
    ({"salary": "180k USD"}, pay(None, 180_000), YES),
    ({"salary": "180k USD"}, pay(150_000, None), UNKNOWN),
    ({"salary": "180k USD"}, pay(190_000, None), YES),
    ({"salary": "180k USD"}, {}, UNKNOWN),
    ({"salary": "180k USD"}, pay(80, 100, period="hour"), YES),
    ({"salary": "180k USD"}, pay(50, 60, period="hour"), NO),
    ({"salary": "60 EUR/hour"}, pay(100_000, 130_000, "EUR"), YES),
    ({"salary": "100k EUR"}, pay(150_000, 200_000, "GBP"), YES),
    ({"salary": "100k EUR"}, pay(9_000_000, 9_500_000, "JPY"), NO),
    ({"salary": "100k EUR"}, pay(150_000, 200_000, "XXX"), UNKNOWN),
    ({"salary": "100k"}, pay(100_000, 120_000, "CHF"), YES),
    ({"salary": "20k USD"}, pay(30_000, 30_000, kind="bonus"), UNKNOWN),
    ({"max_experience": "5 years"}, {"experience": 3.0}, YES),
    ({"max_experience": "5 years"}, {"experience": 8.0}, NO),
    ({"max_experience": "5 years"}, {}, UNKNOWN),
    ({"languages": ("German",)}, {"language": "de"}, YES),
    ({"languages": ("de",)}, {"language": "en"}, NO),
    ({"languages": ("de",)}, {"language": None}, UNKNOWN),
    ({"require_sponsorship": True}, {"eligibility": (Eligibility("sponsorship", True),)}, YES),
    ({"require_sponsorship": True}, {"eligibility": (Eligibility("sponsorship", False),)}, NO),
    ({"require_sponsorship": True}, {"eligibility": (Eligibility("citizenship", True),)}, NO),
    ({"require_sponsorship": True}, {}, UNKNOWN),
    ({"query": "language:de"}, {"language": "de", "eligibility": (Eligibility("language", True, "en"),)}, YES),
    ({"exclude_clearance": True}, {"eligibility": (Eligibility("clearance", True),)}, NO),
    ({"exclude_clearance": True}, {"eligibility": (Eligibility("clearance", False),)}, YES),
    ({"exclude_clearance": True}, {}, YES),
    ({"exclude_clearance": True}, {"text": "", "detailed": False}, UNKNOWN),
    ({"query": "salary:* OR level:senior"}, {}, UNKNOWN),
    ({"query": "salary:*"}, {}, NO),
    ({"query": "salary:*"}, {"detailed": False}, UNKNOWN),
    ({"query": "known:(salary:[1k TO *])"}, {}, NO),
    ({"query": "maybe:(salary:[1k TO *])"}, {}, YES),
    ({"query": "NOT salary:[1k TO *]"}, {}, UNKNOWN),
    ({"query": "salary:[100k TO 160k]"}, pay(150_000, 170_000), YES),
    ({"query": "salary:[100k TO 140k]"}, pay(150_000, 170_000), NO),
    ({"query": "experience:[2 TO 5]"}, {"experience": 2.0}, YES),
    ({"query": "experience:{2 TO 5}"}, {"experience": 2.0}, NO),
    ({"query": "experience:>=3"}, {"experience": 2.0}, NO),
]


@pytest.mark.parametrize(("search", "says", "expected"), ROWS, ids=lambda value: str(value)[:60])
def test_condition(search: dict[str, object], says: dict[str, object], expected: Answer, now: datetime):
    """A search of one condition, what the posting says, and the answer."""
    posting = replace(BARE, **says)  # type: ignore[arg-type]
    assert asked(search, posting, now) is expected


@pytest.mark.parametrize(("days", "expected"), [(3, YES), (13.9, YES), (14.1, NO), (-1, YES)])
def test_age_counts_from_posted(days: float, expected: Answer, now: datetime):
    posting = replace(BARE, posted=now - timedelta(days=days))
    assert asked({"max_age": "14d"}, posting, now) is expected
    assert asked({"query": "posted:[now-14d TO *]"}, posting, now) is expected


def test_age_without_any_date_is_unknown(now: datetime):
    assert asked({"max_age": "14d"}, BARE, now) is UNKNOWN
    seen = evaluate(compile_search(Search("x", max_age="14d")), BARE, now=now, seen=now - timedelta(days=20))
    assert seen.answer is NO
    assert "first seen" in seen.reasons[0].found


def test_unknown_decides_for_the_search_and_per_condition(now: datetime):
    cases = [({}, True), ({"unknown": "drop"}, False), ({"unknown_for": {"salary": "drop"}}, False),
             ({"unknown": "drop", "unknown_for": {"salary": "keep"}}, True)]  # fmt: skip
    for policy, wanted in cases:
        match = evaluate(compile_search(Search("x", salary="100k USD", **policy)), BARE, now=now)  # type: ignore[arg-type]
        assert (match.wanted, match.answer) == (wanted, UNKNOWN)
        assert match.reasons[0].found == "pay not stated"


def test_a_no_beats_an_unknown(now: datetime):
    match = evaluate(compile_search(Search("x", title=("pastry",), salary="100k USD")), BARE, now=now)
    assert (match.wanted, match.answer) == (False, NO)


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        (Search("x", title=("pastry",)), False),
        (Search("x", title=("baker",), keywords=("cake",)), True),
        (Search("x", locations=("Canada",)), False),
        (Search("x", companies=("Acme",)), False),
        (Search("x", exclude=("title:baker",)), False),
        (Search("x", require=("cake",), unknown="drop"), True),
        (Search("x", salary="100k USD"), True),
        (Search("x", query="title:pastry OR cake"), True),
        (Search("x", query="known:(cake) AND known:(salary:[1k TO *])"), True),
        (Search("x", query="title:pastry OR title:cake"), False),
    ],
)
def test_details_are_wanted_unless_the_list_entry_is_a_certain_no(search: Search, wanted: bool, now: datetime):
    listed = replace(BARE, text="", detailed=False, company="Other", places=(BERLIN,), work=("onsite",))
    assert wants_details(compile_search(search), listed, now=now) is wanted
    assert wants_details(compile_search(search), listed) is wanted


def test_prefer_raises_the_order_and_requires_nothing(now: datetime):
    plain = compile_search(Search("x", title=("baker",)))
    prefer = compile_search(Search("x", title=("baker",), prefer=("bread", "work:remote", "cake")))
    remote = replace(BARE, work=("remote",))
    assert evaluate(plain, BARE, now=now).score == 0
    assert evaluate(prefer, BARE, now=now).score == 1
    assert evaluate(prefer, remote, now=now).score == 2
    assert evaluate(prefer, replace(BARE, text="none"), now=now).wanted


def test_like_ranks_by_shared_words_and_names_them(now: datetime):
    liked = "Sourdough Baker\nYou bake sourdough bread at night, mix dough, tend the oven and the starter."
    search = compile_search(Search("x", like=(liked,)))
    near = replace(BARE, title="Night Baker", text="Mix dough and bake sourdough bread in our oven. Tend the starter.")
    far = replace(BARE, title="Tax Accountant", text="Prepare tax returns and audits for clients in the region.")
    near_match, far_match = evaluate(search, near, now=now), evaluate(search, far, now=now)
    assert near_match.wanted
    assert not far_match.wanted
    assert near_match.score > far_match.score
    assert "sourdough" in near_match.reasons[0].found
    assert evaluate(search, replace(BARE, title=liked.split("\n")[0], text=liked), now=now).score > 0.9


@pytest.mark.parametrize(("level", "answer"), [("mid", YES), ("senior", YES), ("junior", NO)])
def test_a_title_that_names_two_levels_is_found_under_both(level: str, answer: Answer, now: datetime):
    both = replace(BARE, level="mid", levels=("mid", "senior"))
    assert evaluate(compile_search(Search("x", level=(level,))), both, now=now).answer == answer
    kept = replace(BARE, level="senior")  # stored before there were several
    assert evaluate(compile_search(Search("x", level=("senior",))), kept, now=now).answer == YES
