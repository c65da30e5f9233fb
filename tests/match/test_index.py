"""The index gives exactly what asking every search gives, for single postings and for batches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.match.compile import compile as compile_search
from alerts.match.conditions import Context
from alerts.match.evaluate import evaluate, wanted, wants_details
from alerts.match.index import SMALL, Index
from alerts.match.index_batch import WIDTH
from alerts.match.index_single import Single, numbers, to_bits
from alerts.model.posting import Posting
from alerts.model.search import Search

LAW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@LAW
@given(data=st.data())
def test_index_equals_asking_every_search(data, a_search, a_posting, now: datetime):
    """Batch and single way, three-valued answers, half-read postings and all."""
    compiled = [compile_search(search) for search in data.draw(st.lists(a_search, min_size=1, max_size=6))]
    postings = data.draw(st.lists(a_posting, min_size=1, max_size=6))
    asked = [[at for at, one in enumerate(compiled) if wanted(one, posting, now=now)] for posting in postings]
    assert asked == [[at for at, one in enumerate(compiled) if evaluate(one, posting, now=now).wanted] for posting in postings]
    index = Index(compiled)
    assert index.find(postings, now=now) == asked
    one_way = [any(wants_details(one, posting, now=now) for one in compiled) for posting in postings]
    assert index.wants_details(postings, now=now) == one_way
    single = Single(index._rows, index._clauses, index.leaves)
    assert [single.find(index.saying(index.words(posting), Context(now))) for posting in postings] == asked


def test_many_searches_and_wide_batches_agree_with_asking(now: datetime):
    """Beyond the width of one bit set, and with enough searches that rare conditions are kept as lists."""
    words = ["python", "rust", "go", "data", "nurse", "sales", "berlin", "cloud"]
    postings = [
        Posting(
            "s",
            str(n),
            f"https://example.org/{n}",
            f"{words[n % 8]} {words[n // 8 % 8]} engineer",
            text=words[n % 5],
            language="en",
        )
        for n in range(WIDTH + 9)
    ]
    searches = [Search(str(n), title=(words[n % 8],), exclude=(words[n // 8 % 8],) if n % 3 else ()) for n in range(300)]
    compiled = [compile_search(search) for search in searches]
    index = Index(compiled)
    some = [0, 1, 7, WIDTH - 1, WIDTH, WIDTH + 8]
    asked = {n: [at for at, one in enumerate(compiled) if wanted(one, postings[n], now=now)] for n in some}
    batch = index.find(postings, now=now)
    assert {n: batch[n] for n in some} == asked
    assert {n: index.find([postings[n]], now=now)[0] for n in some} == asked
    assert len(some[:1]) <= SMALL


def test_a_search_without_conditions_wants_everything(now: datetime):
    posting = Posting("s", "1", "https://example.org/1", "Baker")
    compiled = [compile_search(Search("all"))] * 70
    assert Index(compiled).find([posting], now=now) == [list(range(70))]
    assert Index(compiled).find([posting] * 9, now=now) == [list(range(70))] * 9


def test_nothing_to_find(now: datetime):
    assert Index([]).find([], now=now) == []
    assert Index([]).find([Posting("s", "1", "u", "Baker")], now=now) == [[]]


def test_first_seen_stands_in_for_a_missing_date(now: datetime):
    posting = Posting("s", "1", "https://example.org/1", "Baker")
    compiled = compile_search(Search("new", max_age="2d", unknown="drop"))
    index = Index([compiled])
    assert index.find([posting], now=now) == [[]]
    assert index.find([posting], now=now, seen=[now]) == [[0]]
    assert index.find([replace(posting, posted=now)], now=now, seen=[None]) == [[0]]


@given(st.sets(st.integers(0, 999)))
def test_bit_sets_keep_their_numbers(members: set[int]):
    assert numbers(to_bits(members, 1000)) == sorted(members)
