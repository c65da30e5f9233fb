"""The kind of a saved page is told by what it holds, not by which kind finds the most rows in it."""

from __future__ import annotations

import json

import pytest

from alerts.cli.main import main

ROWS = [
    {
        "id": f"row-{number}",
        "title": "Data Analyst",
        "company_name": f"Company {number}",
        "url": f"https://careers.example.com/jobs/{number}",
        "locations": ["Austin, TX"],
        "date_posted": 1_790_000_000 + number,
        "active": number % 8 == 0,
        "is_visible": True,
    }
    for number in range(400)
]
TEAMTAILOR = """<?xml version="1.0"?><rss version="2.0"><channel><title>Acme</title><item><title>Baker</title>
<link>https://acme.teamtailor.com/jobs/1-baker</link><guid>1</guid><description>Bread.</description>
<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.mark.parametrize(
    ("name", "text", "kind", "count"),
    [
        ("most of the rows of the list are closed", json.dumps(ROWS), "listings", 50),
        ("a feed whose links are those of a known system", TEAMTAILOR, "teamtailor", 1),
        ("the same feed of nobody in particular", TEAMTAILOR.replace("acme.teamtailor.com/jobs", "example.org/news"), "rss", 1),
    ],
)
def test_a_saved_page_is_recognised(tmp_path, capsys, name, text, kind, count):
    saved = tmp_path / "saved"
    saved.write_text(text)
    status = main(["read", str(saved)])
    said = capsys.readouterr().out

    assert (status, said.splitlines()[0]) == (0, f"{count} posting{'' if count == 1 else 's'}, read as {kind}"), name


PAGE = """Senior Engineering Manager, Machine Learning Platform
Acme
SALARY
$206k – $256k/yr
WORK TYPE
remote
JOB TYPE
full-time
INDUSTRY
fintech
Location: Canada
Posted: 2026-11-20

About the role

You have 12+ years of experience. We offer visa sponsorship. Apply by 24 December 2026.
"""


def test_every_fact_that_was_found_is_printed_and_none_is_invented(tmp_path, capsys):
    """What ``--json`` has, a person reads too; a saved page whose address is not known has none."""
    saved = tmp_path / "page.txt"
    saved.write_text(PAGE)
    assert main(["read", str(saved)]) == 0
    said = capsys.readouterr().out
    assert main(["read", str(saved), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    expected = ["Remote (Canada)", "206k–256k", "full-time", "manager", "12 years", "fintech", "20 November", "English"]
    assert [words for words in expected if words not in said] == []
    assert ("visa sponsorship" in said, found["eligibility"][0]["topic"]) == (True, "sponsorship")
    assert (found["url"], found["apply_url"]) == ("", None)
    assert "://" not in said
    assert "--url" in said
    assert main(["read", str(saved), "--url", "https://acme.example/jobs/7"]) == 0
    assert "https://acme.example/jobs/7" in capsys.readouterr().out


def test_nothing_of_a_posting_is_left_out_of_its_facts():
    """Every field of a posting has a label, but for those that are keys, repeat another or are the heading."""
    from dataclasses import fields
    from datetime import UTC, datetime

    from alerts.model.posting import Eligibility, Pay, Place, Posting
    from alerts.render.facts import facts

    day = datetime(2026, 11, 20, tzinfo=UTC)
    whole = Posting(
        "s", "1", "https://a.example/1", "T", apply_url="https://a.example/apply", places=(Place("Berlin", "Berlin"),),
        work=("remote",), remote_scope=("DE",), remote_excluded=("US",), employment=("contract",), level="lead", levels=("lead",),
        experience=3.0, category="engineering", industry="fintech", pay=Pay(1e5, 2e5, "EUR", "year"),
        pays=(Pay(1e5, 2e5, "EUR", "year"), Pay(1e4, 1e4, "EUR", "year", kind="bonus")), posted=day, updated=day, expires=day,
        text="Words.", language="de", eligibility=(Eligibility("language", True, "de"),), tags=("go",), requisition="R-1",
    )  # fmt: skip
    labels = {label for label, _ in facts(whole, day, "UTC")}
    silent = {"source", "source_id", "title", "company", "company_key", "group", "detailed", "evidence"}
    # Places, work and scope are one line, levels too.
    together = {"work", "remote_scope", "levels"}
    assert len(labels) == len({field.name for field in fields(Posting)} - silent - together)
