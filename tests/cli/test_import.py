"""What was watched before is taken over: lists of other programs become sources, a call of JobSpy becomes a search."""

from __future__ import annotations

import tomllib

import pytest

from alerts.cli.demo.site import Given, Site
from alerts.cli.main import main

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title><item><title>Baker</title>
<link>https://jobs.example.org/1</link><guid>1</guid><description>Bread.</description></item></channel></rss>"""
LISTS = {
    "rss2email.cfg": "[DEFAULT]\nto = a@example.org\n\n[feed.bakers]\nurl = SITE/feed\n\n[feed.closed]\nurl = https://www.linkedin.com/jobs\n",
    "rss2email.json": '{"version": 2, "feeds": [{"name": "bakers", "url": "SITE/feed"}, {"name": "x", "url": "https://linkedin.com/jobs"}]}',
    "urls.yaml": "name: \"bakers\"\nurl: 'SITE/feed'\nfilter:\n  - html2text\n---\nurl: https://de.linkedin.com/jobs\n",
    "reader.opml": '<opml version="1.0"><body><outline text="bakers" xmlUrl="SITE/feed"/><outline xmlUrl="https://linkedin.com/j"/></body></opml>',
}
CALL = """
from jobspy import scrape_jobs
jobs = scrape_jobs(site_name=["indeed", "linkedin"], search_term='"data engineer" OR "analytics engineer"',
                   location="Berlin, Germany", distance=50, is_remote=True, job_type="fulltime", hours_old=72, results_wanted=20)
raise SystemExit("this is never run")
"""


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "config.toml"
    made.write_text('[network]\nallow_private = ["127.0.0.1"]\npace = "0s"\n[channels.c]\nkind = "console"\n')
    return made


@pytest.mark.parametrize("name", LISTS)
def test_a_list_becomes_sources_and_a_closed_site_is_answered(path, tmp_path, capsys, name):
    with Site(lambda _: Given(FEED.encode(), content_type="application/rss+xml")) as site:
        (tmp_path / name).write_text(LISTS[name].replace("SITE", site.url))
        assert main(["import", "--config", str(path), str(tmp_path / name)]) == 1, "LinkedIn is not added"
        said = capsys.readouterr().out
        assert ("LinkedIn wants no program" in said, "1 added, 0 there already, 1 not added" in said) == (True, True)
        assert tomllib.loads(path.read_text())["sources"] == [{"name": "bakers", "kind": "rss", "url": f"{site.url}/feed"}]
        main(["import", "--config", str(path), str(tmp_path / name)])
        assert "0 added, 1 there already" in capsys.readouterr().out


def test_a_call_of_jobspy_becomes_a_search(path, tmp_path):
    (tmp_path / "mine.py").write_text(CALL)
    assert main(["import", "--config", str(path), str(tmp_path / "mine.py")]) == 0
    (search,) = tomllib.loads((tmp_path / "searches.d" / "mine.toml").read_text())["searches"]
    assert search["title"] == ["data engineer", "analytics engineer"]
    assert (search["locations"], search["work"], search["employment"]) == (
        ["80 km of Berlin, Germany"],
        ["remote"],
        ["full-time"],
    )
    assert main(["check", "--config", str(path)]) == 0


def test_any_other_file_is_refused_with_what_is_known(path, tmp_path, capsys):
    for text in ("hello", "{}", "import os\n", ""):
        (tmp_path / "x").write_text(text)
        assert main(["import", "--config", str(path), str(tmp_path / "x")]) == 2
        error = capsys.readouterr().err
        assert (error.count("\n"), "OPML" in error) == (1, True)
