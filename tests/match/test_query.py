"""The text form: what it means, what its errors say and where, and that it means the same as the table form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.match import table
from alerts.match.aliases import extended
from alerts.match.compile import check
from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.query import QueryError, from_query
from alerts.match.write import to_query
from alerts.model.posting import Posting
from alerts.model.search import Answer, Search

TEXT = "We need Python and Go. You build a feature store for machine learning.\nAcme pays well; senior people welcome."
POSTING = Posting("s", "1", "u", "Engineering Manager, Platform", company="Acme Labs", text=TEXT, language="en", level="manager")

MEANINGS = [
    ("python", True),
    ("python AND go", True),
    ("python rust", False),
    ("python OR rust", True),
    ("python || rust", True),
    ("python && go", True),
    ("NOT rust", True),
    ("python -go", False),
    ("python !go", False),
    ("+python rust OR go", True),
    ("rust OR go -acme", False),
    ("rust OR python AND NOT go", False),
    ("(rust OR python) AND go", True),
    ("title:manager", True),
    ("title:(manager OR director)", True),
    ("title:(director OR (manager -platform))", False),
    ("title:python", False),
    ("text:python", True),
    ("company:acme", True),
    ('company:"acme labs"', True),
    ("employer:acme", False),
    ('employer:"Acme Labs"', True),
    ('"feature store"', True),
    ('"store feature"', False),
    ('"store feature"~1', True),
    ('"build learning"~3', False),
    ('"build learning"~9', True),
    ('"engineering manager"', True),
    ('"manager engineering"~', True),
    ("managers", True),
    ("pyth*", True),
    ("level:manager", True),
    ("level:(senior OR staff)", False),
    ("ml", True),
    ("machine learning", True),
    ("senior level", False),
    ("title:platform level:manager python", True),
    ("feature\\-store", True),
    ("TITLE:manager", True),
    ("python AND\n  go", True),
    ("title=manager python", True),
    ("title != intern", True),
    ("title!=manager", False),
    ("level=manager", True),
    ("employer==acme", False),
    ("experience<=3 years OR python", True),
    ("salary >= 100k OR python", True),
    ('title:"engineering manager"~ AND "feature store"', True),
]

ERRORS = [
    ("", 1, "empty"),
    ("   ", 1, "empty"),
    ("python AND", 11, "the query ends where a word"),
    ("AND python", 1, "'AND'"),
    ("python OR OR go", 11, "'OR'"),
    ("(python OR go", 14, "the query ends"),
    ("python) go", 7, "')'"),
    ("titel:python", 1, "did you mean title:"),
    ("python titel:go", 8, "did you mean title:"),
    ('"python', 1, "not closed"),
    ('title:"python', 7, "not closed"),
    ("python^2", 7, "prefer"),
    ("*script", 1, "star"),
    ("py*on", 1, "star"),
    ("python~2", 1, "for a prefix"),
    ('"a b"~5km', 1, "number of words"),
    ("level:senor", 7, "senior"),
    ("go AND level:senor", 14, "senior"),
    ("work:remot", 6, "remote"),
    ("salary:[150k 200k]", 8, "[low TO high]"),
    ("salary:[x TO *]", 8, "no amount"),
    ("salary:150k CAD", 13, "quotation marks"),
    ("salary:[* TO *]", 8, "says nothing"),
    ("salary:[150k TO *", 8, "closed"),
    ("posted:[yesterdayish TO *]", 8, "no date"),
    ("posted:14x", 8, "span of time"),
    ("experience:[few TO *]", 12, "years"),
    ("location:Xyzzyqq", 10, "no place"),
    ("sponsorship:perhaps", 13, "yes or no"),
    ("title:[a TO b]", 7, "not a range"),
    ("/py.*/", 1, "star"),
    ("()", 2, "')'"),
    ("NOT", 4, "the query ends"),
    ("-", 1, "'-'"),
    ("a [b]", 3, "range"),
    ("title:", 7, "the query ends"),
    ("python or go", 8, "OR in capitals"),
    ("title:(rust or go)", 13, "OR in capitals"),
    ("python not go", 8, "NOT in capitals"),
    ("python | go", 8, "write OR"),
    ("python NEAR/3 go", 8, '"two words"~5'),
    ("foo>=3", 1, "no field 'foo'"),
    ("python salry>=100k", 8, "did you mean salary:"),
    ("C++>=17", 4, "'>=17'"),
    ("level>=senior", 6, "not a range"),
    ("pay>=60 EUR/hour", 9, "quotation marks"),
    ("(" * 70 + "a", 61, "parentheses"),
]


@pytest.mark.parametrize(("query", "wanted"), MEANINGS)
def test_query_means(query: str, wanted: bool, now: datetime):
    match = evaluate(compile_search(Search("x", query=query)), POSTING, now=now)
    assert match.answer is (Answer.YES if wanted else Answer.NO)


@pytest.mark.parametrize(("query", "column", "says"), ERRORS)
def test_error_points_at_the_column_and_says_what_is_expected(query: str, column: int, says: str):
    with pytest.raises(QueryError) as caught:
        from_query(query)
    assert caught.value.column == column
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"column {column}: ")


def test_a_mistake_in_a_query_is_told_with_its_key():
    assert check(Search("x", query="titel:python")) == [("query", str(_error("titel:python")))]


def _error(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        from_query(query)
    return caught.value


@given(st.text(alphabet='ab ()"~:*+-ANDORT[]{}\\/^!&|<>=0k.\n', max_size=40) | st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_query_or_a_query_error(text: str):
    column = 1
    try:
        from_query(text)
    except QueryError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1


@given(data=st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_table_form_and_text_form_mean_the_same(data, a_search, a_posting, now: datetime):
    """Evaluating a search and evaluating it written as a query give equal answers."""
    search = data.draw(a_search)
    written = Search("written", query=to_query(search) or None, unknown=search.unknown)
    keys, text = compile_search(search), compile_search(written)
    for posting in data.draw(st.lists(a_posting, min_size=1, max_size=4)):
        ours, theirs = evaluate(keys, posting, now=now), evaluate(text, posting, now=now)
        assert ours.wanted == theirs.wanted
        if not search.unknown_for:
            assert ours.answer == theirs.answer


def test_written_query_reads_well():
    search = Search(
        "x",
        title=("engineering manager", "head of ml"),
        require=("python",),
        exclude=("title:intern", '"cold calls"'),
        salary="180k CAD",
        level=("manager",),
        unknown_for={"salary": "drop"},
    )
    assert to_query(search) == (
        '(title:"engineering manager"~ OR title:"head of ml"~) AND python AND NOT title:intern AND NOT "cold calls"'
        ' AND level:"manager" AND known:(salary:["180k CAD" TO *])'
    )
    assert to_query(Search("nothing")) == ""


@given(data=st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_query_becomes_a_table_that_means_the_same(data, a_search, a_posting, now: datetime):
    """Written as a query and read back into keys, a search still gives the same answers."""
    search = data.draw(a_search)
    back = replace(table.from_query(to_query(search) or "a OR NOT a"), unknown=search.unknown)
    first, again = compile_search(search), compile_search(back)
    for posting in data.draw(st.lists(a_posting, min_size=1, max_size=4)):
        assert evaluate(first, posting, now=now).wanted == evaluate(again, posting, now=now).wanted or not to_query(search)


def test_keys_are_found_again():
    """What a key can say comes back as that key; the rest stays a query."""
    search = Search(
        "x",
        title=("engineering manager", '"head of" ml'),
        keywords=("feature store", "k8s"),
        require=("python", '"model serving"'),
        exclude=("title:intern", "company:acme", "contract"),
        companies=("Affirm",),
        exclude_companies=("Acme GmbH",),
        locations=("Canada", "50 km of Toronto"),
        work=("remote",),
        level=("manager", "director"),
        salary="180k CAD",
        max_experience="10 years",
        max_age="14d",
        languages=("English", "de"),
        require_sponsorship=True,
        exclude_clearance=True,
    )
    assert table.from_query(to_query(search), "x") == search
    assert table.from_query('python AND "a b"~3 AND (go OR title:rust)') == Search(
        "", require=("python",), query='("a b"~3) AND ((go OR title:rust))'
    )


def test_own_aliases_of_several_words_survive_the_way_into_keys(now: datetime):
    """With the user's aliases, words that stand for one thing stay one entry."""
    own = extended({"oven ops": ["baker"]})
    posting = replace(POSTING, title="Baker", text="")
    search = table.from_query("title:(oven ops)", aliases=own)
    assert evaluate(compile_search(search, aliases={"oven ops": ["baker"]}), posting, now=now).wanted
    assert not evaluate(compile_search(search), posting, now=now).wanted


@pytest.mark.parametrize(
    ("bare", "marked"),
    [
        ("salary>=100k", "salary:>=100k"),
        ("salary >= 100k", "salary:>=100k"),
        ("pay<150k", "salary:<150k"),
        ("experience<=3 years", "experience:[* TO 3]"),
        ("years >= 5", "experience:[5 TO *]"),
        ("experience:3+", "experience:[3 TO *]"),
        ("age<7d", "posted:7d"),
        ("posted>now-7d", "posted:[now-7d TO *]"),
        ("posted >= 2026-01-01", "posted:[2026-01-01 TO *]"),
        ("title=engineer", "title:engineer"),
    ],
)
def test_a_comparison_needs_no_colon(bare: str, marked: str):
    """Written as people write it, it is the condition, never a dead word."""
    assert from_query(bare) == from_query(marked)
