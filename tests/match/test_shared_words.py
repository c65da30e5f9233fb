"""What is shared to be quick answers exactly as asking each search about each posting by itself does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.match import matcher as matching
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.matcher import Matcher
from alerts.model.plan import SavedSearch, Schedule
from alerts.model.posting import Posting
from alerts.model.search import Match, Search

LAW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
#: Entries of every kind: names, prefixes, heads of compounds, phrases, aliases, several words, single fields.
ENTRIES = (
    "go", "golang", "R", "IT", "pyth*", '"back end*"', "entwickler", "full-stack", "k8s", "senior ml engineer", "tags:python",
    "Zürich", "text:R&D", "c++", "company:acme", "engineering manager", '"Feature Store"', ".NET",
)  # fmt: skip
TEXTS = (
    "Backend in Go, Python3 and C++17.\nNo go-to-market work.\n\nGolang is a plus",
    "Softwareentwicklerin (m/w/d) in Zürich; R&D, R, Excel.\nIT support. We go far",
    "Senior Engineer, ML\nkubernetes   and\tNode.js • feature store | back-end or back ends",
    "데이터 Python개발자. 数据工程师",
    "",
)
POSTINGS = [
    Posting("s", str(at), "https://example.org/1", title, text=text, language=language, tags=("Python", "Go"), company=company)
    for at, (title, text, language, company) in enumerate(
        (title, text, language, company)
        for title in ("Go Engineer", "Manager, Engineering (.NET)", "Pastry Chef")
        for text in TEXTS
        for language, company in (("en", "Acme Labs"), ("de", None), (None, "Other"))
    )
]
#: Each entry by itself, as something required, refused and preferred.
SEARCHES = [
    Search(f"{key} {entry}", **{key: (entry,)})
    for entry in ENTRIES
    for key in ("keywords", "exclude", "prefer", "title", "require")
]


def saved(searches: list[Search]) -> list[SavedSearch]:
    return [
        SavedSearch(replace(search, name=f"{at} {search.name}"), Schedule("at once", "")) for at, search in enumerate(searches)
    ]


def alone(searches: list[SavedSearch], posting: Posting, now: datetime) -> list[Match]:
    """Each search asked with words of its own."""
    matches = [evaluate(compile_search(one.search), posting, now=now, seen=now) for one in searches]
    return [match for match in matches if match.wanted]


def test_matches_with_shared_words_are_those_of_each_search_alone(now: datetime):
    """Answers, reasons, quoted words, spans and scores, for every kind of entry."""
    searches = saved(SEARCHES)
    found = Matcher(searches).find(POSTINGS, now)
    assert [[match for _, match in row] for row in found] == [alone(searches, posting, now) for posting in POSTINGS]
    assert sum(reason.span is not None for row in found for _, match in row for reason in match.reasons) > 200


def test_searches_that_are_asked_one_by_one_say_the_same_wanted_or_not(now: datetime):
    """As before a message, and when a search is run over what is stored."""
    searches = saved(SEARCHES)
    matcher = Matcher(searches)
    for posting in POSTINGS[::7]:
        each = [evaluate(compile_search(one.search), posting, now=now, seen=now) for one in searches]
        assert list(matcher.judge_each(searches, posting, now, now)) == each
        assert [matcher.judge(one, posting, now, now) for one in searches[::9]] == each[::9]


@LAW
@given(data=st.data())
def test_any_searches_and_postings(data, a_search, a_posting, now: datetime):
    searches = data.draw(st.lists(a_search, min_size=1, max_size=5))
    liked = st.lists(st.sampled_from([*ENTRIES, "work:remote", "title:(go OR python)"]), max_size=2).map(tuple)
    wishes = saved([replace(search, prefer=data.draw(liked)) for search in searches])
    postings = data.draw(st.lists(a_posting, min_size=1, max_size=5))
    found = Matcher(wishes).find(postings, now)
    assert [[match for _, match in row] for row in found] == [alone(wishes, posting, now) for posting in postings]
    quiet = Matcher(wishes).find(postings, now, reasons=lambda saved, posting: False)
    assert quiet == [[(saved, replace(match, reasons=())) for saved, match in row] for row in found]


def test_portions_change_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch):
    """However many postings are read at once, each has its own searches and its own moment."""
    matcher = Matcher(saved([*SEARCHES, Search("fresh", max_age="2d", unknown="drop")]))
    seen = [now if at % 2 else None for at in range(len(POSTINGS))]
    whole = matcher.find(POSTINGS, now, seen)
    monkeypatch.setattr(matching, "PORTION", 7)
    assert matcher.find(POSTINGS, now, seen) == whole


def test_words_that_only_a_preference_speaks_of_are_heard(now: datetime):
    searches = saved([Search("x", title=("engineer",), prefer=("backend", '"go-to-market work"', "rust*", "NOT title:pastry"))])
    found = Matcher(searches).find(POSTINGS, now)
    assert [[match for _, match in row] for row in found] == [alone(searches, posting, now) for posting in POSTINGS]
    assert max(match.score for row in found for _, match in row) == 3


def test_reasons_are_made_for_those_matches_that_need_them(now: datetime):
    """The caller says which; answers, order and scores (also of ``like``) are the same without."""
    liked = Search("like", title=("engineer",), like=(POSTINGS[0].text,), prefer=("python",))
    matcher = Matcher(saved([liked, Search("pay", salary="100k USD"), Search("pay known", salary="100k USD", unknown="drop")]))
    full = matcher.find(POSTINGS, now)
    some = matcher.find(POSTINGS, now, reasons=lambda one, posting: "like" in one.name and posting.language == "en")
    assert all(
        match == (told if "like" in one.name and posting.language == "en" else replace(told, reasons=()))
        for posting, row, whole in zip(POSTINGS, some, full, strict=True)
        for (one, match), (_, told) in zip(row, whole, strict=True)
    )
    one, match = some[0][0]
    assert match == matcher.judge(one, POSTINGS[0], now, now)
    assert match.reasons
    assert match.score > 1
