"""The verdict on two postings: a table of pairs that people would call one job or two, and what identities prove."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import PROVED_DIFFERENT, PROVED_SAME, judge
from alerts.model.identity import Fingerprint, Verdict
from alerts.model.posting import Place, Posting

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def posting(source: str, company: str, title: str, places: str, day: str) -> Posting:
    spots = [spot.split("|") for spot in places.split(";") if "|" in spot]
    return Posting(
        source=source,
        source_id=source,
        url="",
        title=title,
        company=company,
        places=tuple(Place("", city or None, region or None, country or None) for city, region, country in spots),
        work=("remote",) if places == "remote" else (),
        posted=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=int(day)),
    )


def plain(name: str, /, **more: object) -> Fingerprint:
    """The same posting at any source but for what is said in ``more``."""
    same = posting(name, "Acme", "Data Engineer, Billing", "Berlin||DE", "10")
    return fingerprint(dataclasses.replace(same, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row[0]}: {row[9]}: {row[2]}")
def test_the_verdict_on_the_pair_is(row: list[str]) -> None:
    a, b = fingerprint(posting("one", *row[1:5])), fingerprint(posting("two", *row[5:9]))
    verdict = judge(a, b)
    assert verdict.relation == row[0], verdict
    assert verdict.evidence


ROW = {"source": "one", "source_id": "2"}
PAGE = "https://a.example/j/cook"
GREENHOUSE = "https://boards.greenhouse.io/acme/jobs/400000"
PROOFS: list[tuple[str, str, dict[str, object], dict[str, object]]] = [
    ("same", "one native id on two addresses", {"url": GREENHOUSE + "1"}, {"url": PAGE + "?gh_jid=4000001"}),
    ("same", "one native id behind the apply address", {"url": GREENHOUSE + "1"}, {"url": PAGE, "apply_url": GREENHOUSE + "1"}),
    ("different", "two native ids of one system", {"url": GREENHOUSE + "1"}, {"url": GREENHOUSE + "2"}),
    ("same", "one requisition", {"requisition": "REQ-1234"}, {"requisition": "req-1234", "title": "Data Engineer"}),
    ("different", "two requisitions of one title", {"requisition": "REQ-1234"}, {"requisition": "REQ-1235"}),
    ("same", "a placeholder for the requisition proves nothing", {"requisition": "TBD"}, {"requisition": "See opening"}),
    ("different", "two rows of one source", {"source_id": "1"}, ROW),
    ("same", "one row of one source", {"source_id": "1"}, {"source": "one", "source_id": "1", "title": "Renamed"}),
    ("same", "the source's own group", {"source_id": "1", "group": "g"}, ROW | {"group": "g"}),
    ("different", "two groups of one source", {"source_id": "1", "group": "g"}, ROW | {"group": "h"}),
    ("same", "a feed that changed its ids", {"source_id": "1", "url": PAGE}, ROW | {"url": PAGE + "?utm_source=x"}),
    ("same", "one address and title at two sources", {"url": PAGE}, {"url": "http://www.a.example/j/cook/", "places": ()}),
    (
        "different",
        "one address for all postings of a source",
        {"source_id": "1", "url": "https://a.example/jobs"},
        ROW | {"url": "https://a.example/jobs", "title": "Cook"},
    ),
    ("same", "one group at two sources is no proof, the rest is", {"group": "g"}, {"group": "h"}),
]


@pytest.mark.parametrize(("wanted", "why", "mine", "yours"), PROOFS, ids=[proof[1] for proof in PROOFS])
def test_identities_decide(wanted: str, why: str, mine: dict[str, object], yours: dict[str, object]) -> None:
    verdict = judge(plain("one", **mine), plain("two", **yours))
    assert verdict.relation == wanted, (why, verdict)


def test_more_than_forty_pairs_are_judged() -> None:
    assert len(PAIRS) + len(PROOFS) >= 40


def test_a_proof_has_the_score_of_a_proof_and_a_weighing_never_has() -> None:
    assert judge(plain("one", url=GREENHOUSE + "1"), plain("two", url=GREENHOUSE + "1")).score == PROVED_SAME
    assert judge(plain("one", url=GREENHOUSE + "1"), plain("two", url=GREENHOUSE + "2")).score == PROVED_DIFFERENT
    assert PROVED_DIFFERENT < judge(plain("one"), plain("two")).score < PROVED_SAME


def test_the_evidence_says_what_speaks_for_and_against() -> None:
    verdict: Verdict = judge(
        plain("one"), plain("two", title="Data Engineer, Billing", places=(Place("", "Munich", None, "DE"),))
    )
    assert any(words.startswith("for: same title") for words in verdict.evidence)
    assert any(words.startswith("against: other cities") for words in verdict.evidence)


def test_months_apart_without_a_season_it_is_never_certain() -> None:
    verdict = judge(plain("one"), plain("two", posted=datetime(2026, 9, 1, tzinfo=UTC)))
    assert verdict.relation != "same"
