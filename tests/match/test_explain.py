"""An explanation says which condition failed first, what was nearly wanted, and an alert carries its short form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from alerts.match.compile import compile as compile_search
from alerts.match.evaluate import evaluate
from alerts.match.explain import explain, lines, short
from alerts.model.posting import Evidence, Pay, Posting
from alerts.model.search import Answer, Search

SEARCH = Search(
    "Leading", title=("engineering manager", "head of data"), require=("python", "feature store"), exclude=("contract",),
    work=("remote",), salary="150k USD",
)  # fmt: skip
POSTING = Posting(
    "s", "1", "u", "Manager, Engineering", text="Python and a feature store.", language="en", work=("remote",),
    evidence={"work": Evidence("inferred", "remote board")},
)  # fmt: skip


def test_wanted_has_nothing_failed(now: datetime):
    said = explain(compile_search(SEARCH), POSTING, now=now)
    assert (said.match.wanted, said.failed, said.near_miss) == (True, None, False)
    work = next(reason for reason in said.reasons if reason.condition == "work")
    assert (work.answer, work.found, work.where, work.basis) == (Answer.YES, "remote", "work", "inferred")


def test_first_failed_condition_and_near_miss(now: datetime):
    one = explain(compile_search(SEARCH), replace(POSTING, text="Python, a feature store, on contract."), now=now)
    assert one.failed is not None
    assert (one.failed.condition, one.near_miss) == ("exclude", True)
    two = explain(compile_search(SEARCH), replace(POSTING, work=("onsite",), text="Python"), now=now)
    assert two.failed is not None
    assert (two.failed.wanted, two.near_miss) == ("feature store", False)


def test_unknown_that_is_dropped_is_a_failure(now: datetime):
    dropped = explain(compile_search(replace(SEARCH, unknown_for={"salary": "drop"})), POSTING, now=now)
    assert dropped.failed is not None
    assert (dropped.failed.condition, dropped.failed.answer, dropped.near_miss) == ("salary", Answer.UNKNOWN, True)


def test_lines_show_the_tree(now: datetime):
    text = "\n".join(lines(explain(compile_search(SEARCH), POSTING, now=now)))
    assert "Leading: wanted" in text
    assert "yes     title = engineering manager: 'Manager, Engineering' (title)" in text
    assert "no      title = head of data" in text
    assert "unknown salary = 150k USD: pay not stated" in text
    assert "yes     exclude = contract: not there" in text
    assert "(work, inferred)" in text


def test_short_form_carries_what_a_reader_wants(now: datetime):
    match = evaluate(compile_search(SEARCH), POSTING, now=now)
    assert short(match) == (
        "title has 'Manager, Engineering'", "text has 'Python'", "text has 'feature store'", "remote", "pay not stated",
    )  # fmt: skip
    paid = replace(POSTING, pay=Pay(None, 160_000.0, "USD", "year", words="up to $160k"), pays=())
    assert "pays up to $160,000 a year" in " ".join(short(evaluate(compile_search(SEARCH), paid, now=now)))


def test_short_form_is_one_line_each_whatever_the_posting_says(now: datetime):
    posting = replace(POSTING, title="Manager,\n Engineering\u2028", text="Python " * 3 + "feature\nstore")
    assert all("\n" not in line and len(line) < 200 for line in short(evaluate(compile_search(SEARCH), posting, now=now)))
