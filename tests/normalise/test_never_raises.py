"""Whatever a source says, a posting comes of it: hostile, half-empty or nonsensical raw postings included."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.model.raw import RawPay, RawPlace, RawPosting
from alerts.normalise.posting import normalise

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KNOWN = [
    "Remote (US/Canada)", "hybrid, 3 days", "Berlin | München", "$120k–150k", "<p>5+ years</p>", "US only", "VP",
    "CA, CA, CA", "远程/深圳", "in-office", "((((", "----", "1e999", "\x00", "Homeoffice möglich", "A" * 300,
    "excluding California", "&amp;lt;b&gt;", "±", "\u2060",
]  # fmt: skip
words = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(KNOWN), max_size=4).map(" ".join))
maybe = st.none() | words
some = st.lists(words, max_size=3).map(tuple)
number = st.none() | st.floats() | st.integers()
when = st.none() | words | st.integers() | st.floats()
posting = st.builds(
    RawPosting,
    source_id=words,
    url=words,
    title=words,
    company=maybe,
    apply_url=maybe,
    places=st.lists(st.builds(RawPlace, maybe, maybe, maybe, maybe), max_size=3).map(tuple),
    work=some,
    remote_areas=some,
    employment=some,
    level=some,
    pay=st.lists(st.builds(RawPay, min=number, max=number, currency=maybe, period=maybe, text=maybe), max_size=2).map(tuple),
    category=some,
    industry=some,
    tags=some,
    posted=when,
    updated=when,
    expires=when,
    html=maybe,
    text=maybe,
    language=maybe,
    facts=st.dictionaries(words, words, max_size=2),
)


@settings(max_examples=80, deadline=None)
@given(posting, st.booleans())
def test_any_raw_posting_becomes_a_posting(raw: RawPosting, remote: bool) -> None:
    found = normalise(raw, source="board", now=NOW, remote=remote)
    assert found.source_id == raw.source_id
    assert set(found.work) <= {"remote", "hybrid", "onsite"}
    assert not found.remote_scope or "remote" in found.work
    assert all(why.basis in ("stated", "parsed", "inferred") for why in found.evidence.values())


@settings(max_examples=25, deadline=None)
@given(posting)
def test_the_same_raw_posting_gives_the_same_posting(raw: RawPosting) -> None:
    once = normalise(raw, source="board", now=NOW)
    assert repr(normalise(raw, source="board", now=NOW)) == repr(once)
