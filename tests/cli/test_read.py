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
