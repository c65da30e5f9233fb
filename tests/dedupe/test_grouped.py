"""A source's own group joins what does not speak against it."""

import dataclasses
from datetime import UTC, datetime

import pytest

from alerts.dedupe.choose import assign
from alerts.dedupe.fingerprint import fingerprint
from alerts.dedupe.judge import judge
from alerts.model.identity import Fingerprint
from alerts.model.posting import Place, Posting

TEXT = "We roast coffee in the old harbour and look for somebody who keeps the machines clean and running, day by day."
OTHER = "Our bookkeeping wants order: you check invoices, talk to suppliers, prepare the yearly accounts and more."
LEEDS, OSLO = (Place("", "Leeds", None, "GB"),), (Place("", "Oslo", None, "NO"),)


def row(number: str, title: str = "Machine Keeper", **more: object) -> Fingerprint:
    same = Posting(
        source="board", source_id=number, url=f"https://acme.example/jobs/{number}", title=title, company="Acme", places=LEEDS,
        posted=datetime(2026, 11, 1, tzinfo=UTC), text=f"{TEXT} {TEXT}", group="7",
    )  # fmt: skip
    return fingerprint(dataclasses.replace(same, **more), with_text=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("relation", "title", "more"),
    [
        ("same", "Machine Keeper", {}),
        ("same", "Machine Keeper", {"places": OSLO}),
        ("same", "Machine Keeper (m/w/d), Oslo", {"places": OSLO}),
        ("same", "Machine Keeper", {"text": ""}),
        ("likely", "Machine Keeper", {"text": f"{OTHER} {OTHER}"}),
        ("likely", "Machine Keeper, Danish Speaking", {}),
        ("likely", "Graduate Machine Keeper", {"places": OSLO}),
        ("likely", "Machine Keeper II", {}),
        ("different", "Accountant", {}),
        ("different", "Machine Buyer", {"places": OSLO}),
        ("different", "Tax Associate", {"text": ""}),
    ],
)
def test_a_group_joins_what_does_not_speak_against_it(relation: str, title: str, more: dict[str, object]) -> None:
    verdict = judge(row("1"), row("2", title, **more))
    assert verdict.relation == relation, verdict
    assert "group 7" in " ".join(verdict.evidence), "explain names the group"
    assert relation == "same" or any(words.startswith("against: ") for words in verdict.evidence), "and what speaks against it"


def test_what_is_joined_doubtfully_is_told_and_names_the_other() -> None:
    found = assign(row("2", "Machine Keeper, Danish Speaking"), [("job1", row("1"))])
    assert (found.job, found.relation, found.possibly) == (None, "likely", ("job1",))


def test_another_job_of_the_group_is_a_job_of_its_own() -> None:
    assert assign(row("2", "Accountant"), [("job1", row("1"))]).relation == "different"


def test_a_job_in_six_cities_stays_one_though_another_of_its_rows_is_doubtful() -> None:
    stored = [("job1", row("1")), ("job1", row("2", places=OSLO)), ("job2", row("3", "Machine Keeper, Danish Speaking"))]
    found = assign(row("4"), stored)
    assert (found.job, found.possibly) == ("job1", ("job2",))


def test_two_rows_of_one_listing_stay_two() -> None:
    assert judge(row("1", group=None), row("2", group=None)).relation == "different"


@pytest.mark.parametrize("source", ["board", "another reader of the thread"])
def test_several_roles_of_one_comment_are_several_jobs(source: str) -> None:
    thread = {"url": "https://news.ycombinator.com/item?id=48000001", "group": None}
    first = row("48000001", "Senior QA Engineer", **thread)
    assert judge(row("48000001-2", "Product Designer", source=source, **thread), first).relation == "different"
    assert judge(row("48000001", "Senior QA Engineer", source="other", **thread), first).relation == "same"
