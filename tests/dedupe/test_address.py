"""Whom an address speaks of: a table of the systems' real patterns, with made-up employers and numbers."""

from pathlib import Path

import pytest

from alerts.dedupe.address import identify
from alerts.dedupe.canonical import canonical

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "addresses.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("url", "wanted"), ROWS)
def test_the_identity_of_the_address_is(url: str, wanted: str) -> None:
    found = identify(url)
    assert (f"{found.system}:{found.tenant or ''}:{found.id}" if found else "-") == wanted


def test_the_table_covers_some_thirty_systems_and_more_than_eighty_addresses() -> None:
    assert len(ROWS) >= 80
    assert len({wanted.partition(":")[0] for _, wanted in ROWS}) >= 30


SPELLINGS = [
    ("https://urldefense.com/v3/__https://example.com/jobs/cook__;!!Ab", "https://example.com/jobs/cook"),
    ("https://urldefense.proofpoint.com/v2/url?u=https-3A__example.com_jobs_cook&d=x", "https://example.com/jobs/cook"),
    (
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fjobs%2Fcook&data=x",
        "https://example.com/jobs/cook",
    ),
    ("https://example.com/jobs/cook;jsessionid=AB12?x=1", "https://example.com/jobs/cook?x=1"),
    ("https://example.com/jobs/cook?PHPSESSID=ab12", "https://example.com/jobs/cook"),
    ("https://example.com/jobs/cook?from=newsletter", "https://example.com/jobs/cook"),
    ("https://Example.com/jobs/cook/", "http://www.example.com/jobs/cook"),
    ("https://example.com/jobs/cook?utm_source=a&utm_medium=b", "https://example.com/jobs/cook"),
    ("https://example.com/jobs?b=2&a=1", "https://example.com/jobs?a=1&b=2"),
    ("https://example.com/jobs/cook&utm_source=a", "https://example.com/jobs/cook"),
    ("https://example.com/jobs/cook?x=1?utm_source=a", "https://example.com/jobs/cook?x=1"),
    ("https://example.com/jobs/cook/apply", "https://example.com/jobs/cook"),
    ("https://example.com/en-US/jobs/cook", "https://example.com/jobs/cook"),
    ("https://example.com/jobs/caf%C3%A9", "https://example.com/jobs/café"),
    ("example.com/jobs/cook", "https://example.com/jobs/cook"),
    (" <https://example.com/jobs/cook>, ", "https://example.com/jobs/cook"),
    ("https://example.com//jobs//cook", "https://example.com/jobs/cook"),
    ("https://example.com/jobs/cook%3Futm_source=a", "https://example.com/jobs/cook"),
    ("https://example.com/jobs/cook?a=1&amp;b=2", "https://example.com/jobs/cook?a=1&b=2"),
    ("https://example.com/jobs/cook#apply", "https://example.com/jobs/cook"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_spellings_have_one_canonical_address(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


APART = [
    ("https://example.com/jobs?id=1", "https://example.com/jobs?id=2"),
    ("https://example.com/jobs?position=cook", "https://example.com/jobs?position=driver"),
    ("https://example.com/jobs/#/job/1", "https://example.com/jobs/#/job/2"),
    ("https://example.com/jobs/Cook", "https://example.com/jobs/driver"),
    ("https://a.example.com/jobs/1", "https://b.example.com/jobs/1"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_the_query_or_route_says_is_kept(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_a_native_id_is_not_the_same_in_two_tenants_where_ids_are_per_tenant() -> None:
    one, other = (identify(f"https://{name}.bamboohr.com/careers/12") for name in ("first", "second"))
    assert one is not None
    assert other is not None
    assert one.id == other.id
    assert one != other
