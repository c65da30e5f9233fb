"""Laws that hold for any input: nothing raises, verdicts are symmetric, one spelling stays one spelling."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.dedupe.address import identify
from alerts.dedupe.blocks import blocks
from alerts.dedupe.canonical import canonical
from alerts.dedupe.changes import compare, content_key
from alerts.dedupe.companies import compare as compare_companies
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import judge
from alerts.dedupe.places import compare as compare_places
from alerts.dedupe.places import fold as fold_places
from alerts.dedupe.signature import KEPT, signature, similarity
from alerts.dedupe.title import fold as fold_title
from alerts.dedupe.title import parts
from alerts.model.posting import Pay, Place, Posting

LAW = settings(max_examples=120, deadline=None)

PIECES = st.sampled_from(
    [
        "https://",
        "http://",
        "www.",
        "example.com",
        "boards.greenhouse.io",
        "/jobs/",
        "/",
        "4012345",
        "gh_jid=",
        "utm_source=",
        "a",
        *"?&#=[]@é",
        "%3F",
    ]
)
ADDRESSES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map("".join))
WORDS = st.sampled_from(
    ["engineer", "software", "II", "2", "senior", "intern", "summer", "2026", "(m/w/d)", "C++", "-", "Acme", "R4078", "Leeds"]
)
TITLES = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=6).map(" ".join))
COMPANIES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(["Acme", "Acme GmbH", "Bank of Montreal", "BMO", "GE Vernova", "GE Healthcare"]),
)
CITIES = st.sampled_from(
    [
        ("Leeds", None, "GB"),
        ("Oslo", None, "NO"),
        ("Boston", "MA", "US"),
        ("Cambridge", "MA", "US"),
        (None, "MA", "US"),
        (None, None, "US"),
    ]
)
PLACES = st.lists(st.one_of(CITIES.map(lambda c: Place("", *c)), st.text(max_size=12).map(Place)), max_size=3).map(tuple)
PAYS = st.none() | st.builds(
    Pay, st.none() | st.floats(1, 1e6), st.none() | st.floats(1, 1e6), st.sampled_from(["EUR", None]), st.just("year")
)
DATES = st.none() | st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))  # noqa: DTZ001
POSTINGS = st.builds(
    Posting,
    source=st.sampled_from(["a", "b"]),
    source_id=st.sampled_from(["1", "2"]),
    url=ADDRESSES,
    title=TITLES,
    company=COMPANIES,
    places=PLACES,
    work=st.sampled_from([(), ("remote",), ("onsite",)]),
    pay=PAYS,
    posted=DATES,
    text=st.text(max_size=80),
    group=st.none() | st.just("g"),
    requisition=st.none() | st.sampled_from(["REQ-123", "TBD"]),
)


@LAW
@given(ADDRESSES)
def test_the_canonical_address_is_its_own_canonical_address(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@LAW
@given(ADDRESSES)
def test_no_address_makes_identify_raise_and_the_identity_survives_canonicalising(url: str) -> None:
    found = identify(url)
    assert found is None or found.id


@LAW
@given(st.sampled_from(["utm_campaign", "gclid", "ref", "gh_src"]), st.text("abc123", min_size=1, max_size=8))
def test_added_tracking_changes_neither_identity_nor_address(name: str, value: str) -> None:
    for url in ("https://boards.greenhouse.io/acme/jobs/4012345", "https://example.com/jobs/cook?id=7"):
        tracked = url + ("&" if "?" in url else "?") + f"{name}={value}"
        assert identify(tracked) == identify(url)
        assert canonical(tracked) == canonical(url)


@LAW
@given(POSTINGS, POSTINGS)
def test_the_verdict_is_symmetric_and_never_raises(one: Posting, two: Posting) -> None:
    a, b = fingerprint(one, with_text=True), fingerprint(two, with_text=True)
    there, back = judge(a, b), judge(b, a)
    assert (there.relation, there.score) == (back.relation, back.score)
    assert 0.0 <= there.score <= 1.0


@LAW
@given(POSTINGS)
def test_a_posting_is_the_same_as_itself_and_has_no_news(posting: Posting) -> None:
    f = fingerprint(posting)
    assert judge(f, f).relation == "same"
    assert compare(posting, posting) == ()
    assert content_key(posting) == content_key(posting)
    assert len(blocks(f)) <= 12


@LAW
@given(POSTINGS, POSTINGS)
def test_equal_content_keys_mean_no_news(before: Posting, after: Posting) -> None:
    if content_key(before) == content_key(after):
        assert compare(before, after) == ()


@LAW
@given(PLACES, PLACES)
def test_the_relation_of_places_is_symmetric_and_a_place_equals_itself(one: tuple[Place, ...], two: tuple[Place, ...]) -> None:
    a, b = fold_places(one), fold_places(two)
    assert compare_places(a, b) == compare_places(b, a)
    assert compare_places(a, a) in ("equal", "unsaid")


@LAW
@given(COMPANIES, COMPANIES)
def test_the_relation_of_companies_is_symmetric(one: str | None, two: str | None) -> None:
    assert compare_companies(one or "", two or "") == compare_companies(two or "", one or "")


@LAW
@given(TITLES)
def test_folding_a_folded_title_changes_nothing(title: str) -> None:
    assert fold_title(fold_title(title)) == fold_title(title)
    assert parts(fold_title(title)).core <= parts(fold_title(title)).words


@LAW
@given(
    st.lists(
        st.sampled_from(
            [
                "pump",
                "valve",
                "test",
                "draw",
                "repair",
                "team",
                "leave",
                "pension",
                "small",
                "large",
                "offer",
                "build",
                "you",
                "we",
            ]
        ),
        max_size=120,
    )
)
def test_a_text_is_like_itself_and_a_short_one_has_no_signature(words: list[str]) -> None:
    made = signature(" ".join(words))
    assert len(made) <= KEPT * 4
    assert (made == b"") == (len(words) < 30)
    assert similarity(made, made) == (1.0 if made else None)
