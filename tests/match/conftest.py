"""Random searches and postings over a small vocabulary, so that they meet often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st

from alerts.model.posting import Eligibility, Pay, Place, Posting
from alerts.model.search import Search

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
WORDS = [
    "engineer",
    "engineers",
    "engineering",
    "manager",
    "managers",
    "python",
    "java",
    "javascript",
    "JS",
    "C++",
    "c#",
    ".NET",
    "Node.js",
    "R&D",
    "k8s",
    "kubernetes",
    "machine",
    "learning",
    "ML",
    "full-stack",
    "fullstack",
    "intern",
    "internal",
    "Zürich",
    "senior",
    "Sr",
    "back",
    "end",
    "backend",
    "feature",
    "store",
    "entwickler",
    "entwicklern",
    "数据",
    "l'équipe",
    "a.b",
    "x-",
]
ENTRIES = [
    *WORDS,
    "engineering manager",
    '"feature store"',
    "machine learning",
    "pyth*",
    '"back end" engineer',
    "title:intern",
    "company:acme",
    "text:python",
    "senior ml engineer",
    '"full stack*"',
]
PLACES = [
    Place("Toronto, ON", "Toronto", "ON", "CA", 43.7, -79.4),
    Place("Berlin, Germany", "Berlin", None, "DE", 52.5, 13.4),
    Place("United States", None, None, "US"),
    Place("somewhere"),
]
QUERIES = [
    "title:(manager OR engineer) -intern",
    "python OR (java AND NOT javascript)",
    '"machine learning"~3',
    "salary:[100k TO 200k]",
    "known:(salary:[100k TO *])",
    "experience:[* TO 5] OR level:senior",
    "NOT (work:onsite AND title:manager)",
    "company:acme*",
    "posted:[now-14d TO now]",
    "clearance:no sponsorship:yes",
    "level:(senior OR staff) +python",
    "text:python OR salary:*",
    "employer:Acme OR maybe:(work:remote)",
    "NOT (python OR work:remote)",
    "category:engineering OR NOT language:de",
    "speaks:(en OR de) OR NOT python",
    "NOT (speaks:de OR speaks:fr)",
]


def some(values: list[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from([*WORDS, "the", "and", ".", "\n", "we build"]), max_size=14))
    return " ".join(words)


@st.composite
def postings(draw: st.DrawFn) -> Posting:
    pay = draw(
        st.none()
        | st.builds(
            Pay,
            st.sampled_from([None, 90_000.0, 150_000.0]),
            st.sampled_from([None, 160_000.0, 250_000.0]),
            st.sampled_from(["USD", "EUR", None]),
            st.sampled_from(["year", None]),
        )
    )
    topics = draw(
        st.lists(st.builds(Eligibility, st.sampled_from(["sponsorship", "clearance", "citizenship"]), st.booleans()), max_size=2)
    )
    topics += draw(
        st.lists(st.builds(Eligibility, st.just("language"), st.booleans(), st.sampled_from(["en", "de"]), st.just("en or de")))
        if draw(st.booleans())
        else st.lists(st.builds(Eligibility, st.just("language"), st.booleans(), st.sampled_from(["en", "de", "fr"])), max_size=2)
    )
    return Posting(
        source="s",
        source_id="1",
        url="https://example.org/1",
        title=draw(texts()),
        company=draw(st.sampled_from([None, "Acme", "Acme Labs", "Other GmbH"])),
        places=draw(st.lists(st.sampled_from(PLACES), max_size=2).map(tuple)),
        work=draw(some(["remote", "hybrid", "onsite"])),
        remote_scope=draw(some(["US", "CA", "EU", "WORLD"])),
        employment=draw(some(["full-time", "contract"])),
        level=draw(st.sampled_from([None, "senior", "manager"])),
        experience=draw(st.sampled_from([None, 2.0, 8.0])),
        category=draw(st.sampled_from([None, "engineering", "sales"])),
        pay=pay,
        pays=(pay,) if pay else (),
        posted=draw(st.sampled_from([None, NOW - timedelta(days=3), NOW - timedelta(days=40)])),
        text=draw(texts()),
        language=draw(st.sampled_from([None, "en", "de"])),
        eligibility=tuple(topics),
        tags=draw(some(WORDS)),
        detailed=draw(st.booleans()),
    )


@st.composite
def searches(draw: st.DrawFn) -> Search:
    keys = st.sampled_from(["salary", "title", "keywords", "work", "level", "query", "locations", "company"])
    return Search(
        name="x",
        title=draw(some(ENTRIES)),
        keywords=draw(some(ENTRIES)),
        require=draw(some(ENTRIES, 1)),
        exclude=draw(some(ENTRIES)),
        companies=draw(some(["Acme", "Acme*", "Other"], 1)),
        exclude_companies=draw(some(["Acme", "other gmbh"], 1)),
        locations=draw(some(["Canada", "Berlin", "EU", "50 km of Toronto"])),
        work=draw(some(["remote", "hybrid"])),
        employment=draw(some(["full-time", "contract"], 1)),
        level=draw(some(["senior", "manager"], 1)),
        category=draw(some(["engineering"], 1)),
        salary=draw(st.sampled_from([None, None, "150k USD", "100k EUR", "60 EUR/hour"])),
        max_experience=draw(st.sampled_from([None, None, "5 years"])),
        max_age=draw(st.sampled_from([None, None, "14d"])),
        languages=draw(some(["en", "German", "fr"], 2)),
        require_sponsorship=draw(st.booleans()) and draw(st.booleans()),
        exclude_clearance=draw(st.booleans()),
        query=draw(st.none() | st.sampled_from(QUERIES)),
        unknown=draw(st.sampled_from(["keep", "drop"])),
        unknown_for=draw(
            st.dictionaries(keys.filter(lambda key: key != "company"), st.sampled_from(["keep", "drop"]), max_size=2)
        ),
    )


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def a_search() -> st.SearchStrategy[Search]:
    return searches()


@pytest.fixture(scope="session")
def a_posting() -> st.SearchStrategy[Posting]:
    return postings()
