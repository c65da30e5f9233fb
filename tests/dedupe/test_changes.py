"""What is news in a posting, and what is not."""

import dataclasses
from datetime import UTC, datetime

import pytest

from alerts.dedupe.changes import compare, content_key, without_boilerplate
from alerts.model.event import Change
from alerts.model.posting import Pay, Place, Posting
from alerts.model.raw import RawPosting

TEXT = "We build pumps.\nYou will draw, test and repair pumps with a small team.\nWe offer thirty days of leave and a pension."
BEFORE = Posting(
    source="a",
    source_id="1",
    url="https://a.example/1",
    title="Pump Engineer",
    company="Acme",
    places=(Place("Leeds", "Leeds", None, "GB"), Place("Oslo", "Oslo", None, "NO")),
    work=("hybrid", "onsite"),
    employment=("full-time",),
    level="mid",
    pay=Pay(50_000, 60_000, "GBP", "year"),
    expires=datetime(2026, 5, 1, tzinfo=UTC),
    text=TEXT,
)

NEWS = [
    ("title", {"title": "Senior Pump Engineer"}, "Pump Engineer", "Senior Pump Engineer"),
    ("pay", {"pay": Pay(55_000, 65_000, "GBP", "year")}, "50,000–60,000 GBP a year", "55,000–65,000 GBP a year"),
    ("pay", {"pay": None}, "50,000–60,000 GBP a year", ""),
    ("pay", {"pay": Pay(None, 60_000, "GBP", "year")}, "50,000–60,000 GBP a year", "up to 60,000 GBP a year"),
    ("places", {"places": BEFORE.places[:1]}, "Leeds, GB; Oslo, NO", "Leeds, GB"),
    ("work", {"work": ("remote",)}, "hybrid, onsite", "remote"),
    ("employment", {"employment": ("part-time",)}, "full-time", "part-time"),
    ("level", {"level": "senior"}, "mid", "senior"),
    ("expires", {"expires": datetime(2026, 4, 1, tzinfo=UTC)}, "2026-05-01", "2026-04-01"),
    (
        "text",
        {"text": TEXT + "\nYou must have ten years of experience with pumps under the sea."},
        "",
        "You must have ten years of experience with pumps under the sea.",
    ),
]


@pytest.mark.parametrize(("field", "change", "before", "after"), NEWS)
def test_it_is_news_with_before_and_after(field: str, change: dict[str, object], before: str, after: str) -> None:
    (found,) = compare(BEFORE, dataclasses.replace(BEFORE, **change))  # type: ignore[arg-type]
    assert (found.field, found.before, found.after) == (field, before, after)


NO_NEWS: list[dict[str, object]] = [
    {},
    {"company": "ACME Ltd"},
    {"url": "https://a.example/1?utm_source=x"},
    {"source_id": "2"},
    {"updated": datetime(2026, 4, 1, tzinfo=UTC)},
    {"title": "  Pump   ENGINEER "},
    {"places": BEFORE.places[::-1]},
    {"places": (Place("Leeds, United Kingdom", "Leeds", None, "GB"), Place("Oslo, Norway", "Oslo", None, "NO"))},
    {"work": ("onsite", "hybrid")},
    {"pay": Pay(50_000, 60_000, "GBP", "year", words="£50k to £60k")},
    {"expires": datetime(2026, 6, 1, tzinfo=UTC)},
    {"text": "\n".join(TEXT.split("\n")[::-1])},
    {"text": TEXT.replace(" ", "  ")},
    {"text": TEXT.replace("thirty", "30")},
    {"detailed": False, "text": "", "pay": None},
]


@pytest.mark.parametrize("change", NO_NEWS)
def test_it_is_no_news(change: dict[str, object]) -> None:
    assert compare(BEFORE, dataclasses.replace(BEFORE, **change)) == ()  # type: ignore[arg-type]


def test_a_renamed_company_in_the_text_is_no_news() -> None:
    before = dataclasses.replace(BEFORE, company="Impact.com", text="Impact.com makes pumps. " * 3 + TEXT)
    after = dataclasses.replace(
        BEFORE, company="Pumpworld International", text="Pumpworld International makes pumps. " * 3 + TEXT
    )
    assert compare(before, after) == ()


@pytest.mark.parametrize(
    "change", [{"company": "Other"}, {"updated": datetime(2026, 4, 1, tzinfo=UTC)}, {"url": "https://b.example"}]
)
def test_the_content_key_is_blind_to_what_is_no_news(change: dict[str, object]) -> None:
    assert content_key(BEFORE) == content_key(dataclasses.replace(BEFORE, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(("field", "change", "before", "after"), NEWS)
def test_the_content_key_sees_all_that_may_be_news(field: str, change: dict[str, object], before: str, after: str) -> None:
    assert content_key(BEFORE) != content_key(dataclasses.replace(BEFORE, **change)), (field, before, after)  # type: ignore[arg-type]


def test_raw_postings_have_content_keys_too() -> None:
    raw = RawPosting("1", "https://a.example/1", "Pump Engineer", company="Acme", html="<p>Pumps</p>", updated="today")
    assert content_key(raw) == content_key(dataclasses.replace(raw, company="ACME", updated="tomorrow"))
    assert content_key(raw) != content_key(dataclasses.replace(raw, html="<p>Valves</p>"))


def test_a_sentence_that_changed_in_many_postings_at_once_is_no_news() -> None:
    about = Change("text", "We are five.", "We are fifty.")
    found = {f"p{n}": (about,) for n in range(4)} | {
        "q": (about, Change("title", "Cook", "Chef")),
        "r": (Change("text", "a", "b"),),
    }
    assert without_boilerplate(found) == {"q": (Change("title", "Cook", "Chef"),), "r": (Change("text", "a", "b"),)}
    assert without_boilerplate({"p1": (about,), "p2": (about,)}) == {"p1": (about,), "p2": (about,)}
