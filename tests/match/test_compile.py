"""A search with mistakes is refused: all of them at once, each with its key, what is wrong and what is expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.match import compile as compiling
from alerts.match import values
from alerts.match.compile import KEYS, check
from alerts.match.compile import compile as compile_search
from alerts.model.errors import UsageError
from alerts.model.search import Search

MISTAKES = [
    ({"salary": "lots"}, "salary", "'180k CAD'"),
    ({"level": ("senor",)}, "level", "did you mean 'senior'?"),
    ({"level": ("manger",)}, "level", "did you mean 'manager'?"),
    ({"work": ("remot",)}, "work", "did you mean 'remote'?"),
    ({"employment": ("fulltme",)}, "employment", "did you mean 'full-time'?"),
    ({"category": ("enginering",)}, "category", "did you mean 'engineering'?"),
    ({"locations": ("Xyzzyqq",)}, "locations", "no place that is known"),
    ({"locations": ("30 km",)}, "locations", "settings.home"),
    ({"max_age": "14 parsecs"}, "max_age", "14d"),
    ({"max_experience": "many"}, "max_experience", "10 years"),
    ({"languages": ("Klingonn",)}, "languages", "ISO code"),
    ({"title": ("!!!",)}, "title", "no word"),
    ({"keywords": ('"open',)}, "keywords", "not closed"),
    ({"companies": ("…",)}, "companies", "no company name"),
    ({"query": "a AND"}, "query", "column 6"),
    ({"prefer": ("level:senor",)}, "prefer", "did you mean 'senior'?"),
    ({"unknown": "maybe"}, "unknown", "keep or drop"),
    ({"unknown_for": {"salary": "perhaps"}}, "unknown_for.salary", "keep or drop"),
    ({"unknown_for": {"salery": "drop"}}, "unknown_for.salery", "no condition"),
]


@pytest.mark.parametrize(("keys", "key", "says"), MISTAKES)
def test_mistake_names_its_key_and_what_is_expected(keys: dict[str, object], key: str, says: str):
    found = check(Search("x", **keys))  # type: ignore[arg-type]
    assert [where for where, _ in found] == [key]
    assert says in found[0][1]


def test_all_mistakes_are_told_at_once():
    search = Search("Dream job", level=("senor", "direktor"), salary="lots", query="(", max_age="soon")
    assert [key for key, _ in check(search)] == ["level", "level", "salary", "max_age", "query"]
    with pytest.raises(UsageError, match="search 'Dream job', level: 'senor'") as caught:
        compile_search(search)
    assert str(caught.value).count("search 'Dream job'") == 5


def test_every_condition_of_a_search_is_read():
    """No key of Search is forgotten: each is a condition, ranks, or rules over the others."""
    rest = {"name", "prefer", "unknown", "unknown_for", "aliases", "home"}
    assert set(Search.__dataclass_fields__) == set(KEYS) | rest


@pytest.mark.parametrize(
    ("text", "days"), [("14d", 14), ("2 weeks", 14), ("36h", 1.5), ("1 month", 30), ("3 months", 90), ("1y", 365), ("7 days", 7)]
)
def test_duration(text: str, days: float):
    assert values.duration(text) == timedelta(days=days)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("level", "Head of", "director"),
        ("level", "entry level", "junior"),
        ("work", "On-Site", "onsite"),
        ("work", "WFH", "remote"),
        ("employment", "full_time", "full-time"),
        ("employment", "Permanent", "full-time"),
        ("language", "Deutsch", "de"),
    ],
)
def test_other_words_for_a_value(key: str, text: str, value: str):
    assert values.choice(key, text) == value


@given(
    st.sampled_from([key for key in KEYS if key not in ("require_sponsorship", "exclude_clearance")] + ["prefer"]),
    st.text(max_size=40) | st.text(alphabet='0123456789kKdhw €$%/-.,"*: ', max_size=14),
)
@settings(deadline=None, max_examples=150)
def test_any_words_under_any_key_compile_or_are_mistakes_of_that_key(key: str, text: str):
    single = isinstance(Search.__dataclass_fields__[key].default, tuple)
    search = Search("x", **{key: (text,) if single else text})  # type: ignore[arg-type]
    found = check(search)
    assert [where for where, _ in found] in ([], [key])
    if not found:
        assert compile_search(search).search is search


HOMES = (None, "Toronto, ON", "Berlin, Germany")
TABLES = ({}, {"k8s": ["cluster"]}, {"k8s": []}, {"python": ["serpent"], "k8s": ["cluster"]})


@settings(max_examples=60)
@given(data=st.data())
def test_shared_entries_are_what_each_search_would_read_alone(data, a_search):
    """Whatever was compiled before, with whichever aliases and home; what is shown as well as what is asked."""
    searches = [
        replace(data.draw(a_search), home=home, aliases=on, locations=("30 km",) if home else (), prefer=("k8s", "work:remote"))
        for home in HOMES
        for on in (True, False)
    ]
    asked = [(one, table) for table in TABLES for one in searches]
    shared = [repr(compile_search(one, aliases=table)) for one, table in asked]
    alone = []
    for one, table in asked:
        compiling._kept.cache_clear()
        alone.append(repr(compile_search(one, aliases=table)))
    assert shared == alone


def test_equal_entries_of_two_searches_are_one_value():
    first, second = (compile_search(Search(name, title=("go", "nurse"), salary="100k USD", query="a OR b")) for name in "ab")
    assert all(a.node == b.node for a, b in zip(first.conditions, second.conditions, strict=True))
    assert first.conditions[1].node is second.conditions[1].node
    assert first.conditions[0].node.parts[0] is second.conditions[0].node.parts[0]  # type: ignore[union-attr]


def test_a_table_of_aliases_that_was_changed_is_read_anew():
    table = {"k8s": ["cluster"]}
    before = compile_search(Search("x", title=("k8s",)), aliases=table)
    table["k8s"].append("orchestra")
    after = compile_search(Search("x", title=("k8s",)), aliases=table)
    assert "orchestra" in repr(after)
    assert "orchestra" not in repr(before)


def test_long_texts_are_not_kept():
    """A page for ``like`` may have 200,000 characters; 50,000 of them are no cache."""
    compiling._kept.cache_clear()
    compile_search(Search("x", like=("Baker wanted. " * 1000,), query=" OR ".join(["baker"] * 100)))
    assert compiling._kept.cache_info().currsize == 0
