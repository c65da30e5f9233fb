"""Form and text are two views of one thing: what the form writes, the text reads back; what has no key stays a query."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alerts.match.as_table import from_text
from alerts.match.query_fields import QueryError
from alerts.match.write import to_query
from alerts.model.search import Search

FULL = Search(
    "x",
    title=("engineering manager", '"head of ml"', "dev*"),
    keywords=("feature store", "c++", "say \\ what"),
    require=("python", "title:lead"),
    exclude=("contract", "title:intern"),
    companies=("Harbour & Co", "North*"),
    exclude_companies=("Agency GmbH",),
    locations=("Canada", "50 km of Toronto"),
    work=("remote", "hybrid"),
    employment=("full-time",),
    level=("manager",),
    category=("data",),
    industry=("health",),
    salary="180k CAD",
    max_experience="5",
    max_age="14d",
    languages=("English",),
    require_sponsorship=True,
    exclude_clearance=True,
    query="rust OR (go AND k8s)",
)
KEYS = [name for name in FULL.__dataclass_fields__ if getattr(FULL, name) != getattr(Search("x"), name) and name != "name"]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_comes_back(key):
    search = replace(Search("x"), **{key: getattr(FULL, key)})
    assert from_text(to_query(search), search) == ({key: getattr(FULL, key)}, {})


def test_all_keys_together():
    found, unknown = from_text(to_query(FULL), FULL)
    assert (found, unknown) == ({key: getattr(FULL, key) for key in KEYS}, {})


def test_an_unknown_of_its_own_comes_back():
    search = Search("x", salary="180k", unknown_for={"salary": "drop"})
    assert from_text(to_query(search), search) == ({"salary": "180k"}, {"salary": "drop"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("python", {"require": ("python",)}),
        ('title:"a b"~ AND (x OR title:y OR NOT z)', {"title": ("a b",), "query": "x OR title:y OR NOT z"}),
        ("work:remote", {"query": "work:remote"}),
        ("a OR b AND c", {"query": "a OR b AND c"}),
        ("(a OR b) AND (c OR d)", {"keywords": ("a", "b"), "query": "c OR d"}),
    ],
)
def test_what_a_person_writes(text, found):
    assert from_text(text, Search("x"))[0] == found


@pytest.mark.parametrize(
    "text", ["(a OR b) (c OR d) NOT e", "salary:[150k TO *] AND near:Toronto~50km", "known:(a AND b)", "-x y"]
)
def test_nothing_changes_its_meaning(text):
    from alerts.match import query

    found, unknown = from_text(text, Search("x"))
    again = to_query(replace(Search("x"), **found, unknown_for=unknown))
    assert _flat(query.parse(again)) == _flat(query.parse(text))


def _flat(node):
    parts = getattr(node, "parts", None)
    if type(node).__name__ != "All":
        return [node]
    return [leaf for part in parts for leaf in _flat(part)]


def test_a_mistake_says_its_column():
    with pytest.raises(QueryError) as error:
        from_text("a AND (b", Search("x"))
    assert error.value.column == 9
