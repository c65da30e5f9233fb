"""``jobs`` lists what the searches want, and what one condition alone kept out, with that condition."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from alerts.cli.commands._first_poll import lines
from alerts.cli.demo.site import Given, Site
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from tests.cli import board

CONFIG = """
[settings]
database = "a.db"
gather = "0s"
timezone = "Asia/Tokyo"

[network]
allow_private = ["127.0.0.1"]
pace = "0s"

[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"

[[searches]]
name = "leads"
title = ["engineer"]
exclude = ["intern", "php"]
locations = ["Germany"]

[[searches]]
name = "asked in a line"
query = 'title:engineer AND (company:acme AND title:data OR title:platform AND title:lead) AND NOT (title:intern OR title:php)'

[channels.out]
kind = "file"
path = "out.jsonl"
"""


def job(number: int, title: str, place: str = "Berlin, Germany") -> dict:
    return board.job(number, title, place, "2026-11-20T20:00:00Z")


JOBS = [
    job(1, "Data Engineer"),
    job(2, "Platform Engineer"),
    job(3, "Intern Engineer"),
    job(4, "PHP Intern Engineer"),
    job(5, "Data Engineer", "Paris, France"),
    job(6, "Nurse"),
    job(7, "=HYPERLINK(1) Data Engineer, a title of a good many words so that no row of it would ever fit into eighty columns"),
]


@pytest.fixture
def call(tmp_path, capsys):
    """Run a command over a board that was read: (exit status, standard output, standard error)."""
    path = tmp_path / "config.toml"
    run = board.caller(path, capsys)

    with Site(lambda _: Given(json.dumps({"jobs": JOBS}).encode())) as site:
        path.write_text(CONFIG.replace("SITE", site.url))
        run.path = path
        status, run.polled, _ = run("poll")
        assert status == 0
        yield run


def rows(call, *words: str) -> dict[str, str | None]:
    lines = [json.loads(line) for line in call("jobs", *words, "--json")[1].splitlines()]
    return {line["url"].rpartition("/")[2]: line["kept_out_by"] for line in lines}


def test_the_table_has_what_the_search_wants(call):
    assert set(rows(call, "leads")) == {"1", "2", "7"}
    _, said, _ = call("jobs", "leads")
    assert said.split()[:3] == ["JOB", "TITLE", "COMPANY"]
    assert "21 November" in said, "eight in the evening in London is the next day in Tokyo"
    status, _, error = call("jobs", "nope")
    assert (status, "leads" in error) == (2, True)


def test_a_near_miss_says_the_one_condition_that_kept_it_out(call):
    near = rows(call, "leads", "--near")
    assert set(near) == {"3", "5", "6"}, "the fourth has two words that are excluded"
    assert list(near)[-1] == "6", "what has another title is the least near"
    assert near["3"].startswith("exclude: ")
    assert "intern" in near["3"]
    assert near["5"].startswith("locations: ")


def test_near_misses_look_inside_a_query_part_by_part(call):
    near = rows(call, "asked in a line", "--near")
    assert set(rows(call, "asked in a line")) == {"1", "5", "7"}
    assert "lead" in near["2"] or "data" in near["2"], "of the alternatives the one that lacks the least"
    assert "5" not in near
    assert "6" not in near, "a nurse lacks several"


def test_the_filters_mean_what_they_mean_in_a_search(call):
    assert set(rows(call, "asked in a line", "--place", "France")) == {"5"}
    assert set(rows(call, "leads", "--company", "Acme Inc.")) == {"1", "2", "7"}
    assert set(rows(call, "leads", "--company", "Globex")) == set()
    assert set(rows(call, "leads", "--remote")) == set()
    assert len(rows(call, "leads", "--number", "2")) == 2


def test_a_spreadsheet_takes_no_title_for_a_formula(call):
    cells = list(csv.DictReader(io.StringIO(call("jobs", "leads", "--csv")[1])))
    assert {row["title"][:2] for row in cells} == {"Da", "Pl", "'="}


def test_what_was_hidden_is_not_listed(call):
    call("hide", "https://job-boards.greenhouse.io/acme/jobs/1")
    assert set(rows(call, "leads")) == {"2", "7"}
    assert "1" in rows(call, "leads", "--all")


def test_nothing_is_said_with_what_to_do(call):
    assert "--near" in call("jobs", "leads", "--company", "Globex")[1]
    call.path.write_text(call.path.read_text().replace('"engineer"', '"astronaut"'))
    assert "job-alerts jobs --near" in call("jobs", "leads")[1]


def test_the_first_poll_says_what_it_read_what_matches_and_why_it_is_not_told(call):
    assert "First reading of Acme: 7 postings" in call.polled
    assert "leads: 3 jobs match; 3 not: there already" in call.polled
    assert 'backfill = "7d"' in call.polled
    assert "First reading" not in call("poll", "--all")[1], "only the first"


def test_the_first_poll_says_that_nothing_matches_and_what_nearly_does(call):
    text = call.path.read_text().replace('"engineer"', '"engineer astronaut"').replace('database = "a.db"', 'database = "b.db"')
    call.path.write_text(text)
    said = call("poll")[1]
    assert "leads: nothing matches, so nothing is told; " in said
    assert "job-alerts jobs --near" in said


def test_the_first_poll_judges_nothing_anew_that_it_has_just_found(call, monkeypatch):
    """Red before: every open posting was read again and judged without an index, for each search; most of a first poll."""
    monkeypatch.setattr("alerts.cli.commands._judged.judged", lambda *_args, **_more: 1 // 0)
    call.path.write_text(call.path.read_text().replace('database = "a.db"', 'database = "c.db"'))
    assert "leads: 3 jobs match; 3 not: there already" in call("poll")[1]


def test_the_first_poll_counts_nothing_that_is_hidden(call):
    call("hide", "https://job-boards.greenhouse.io/acme/jobs/1")
    now = datetime.now(UTC)
    with at_work(load(call.path, {}), now) as means:
        said = list(lines(means, {source.key for source in means.plan.sources}, now))
    assert any("leads: 2 jobs match; 2 not" in line for line in said)


SITES = ["https://www.linkedin.com/jobs/view/1", "https://de.indeed.com/jobs?q=baker", "https://www.glassdoor.de/x"]


@pytest.mark.parametrize("address", SITES)
def test_sites_that_want_no_program_are_answered_with_what_to_do_instead(call, address):
    status, _, error = call("read", address)
    assert (status, "wants no program" in error, "job-alerts add" in error) == (2, True, True)
    call.path.write_text(call.path.read_text() + f'[[sources]]\nurl = "{address}"\n')
    status, _, error = call("check")
    assert (status, "wants no program" in error) == (2, True)


def test_every_time_is_told_in_the_users_zone(call):
    """What a person reads names the zone of the configuration, never UTC; programs get ISO 8601."""
    name = json.loads(call("jobs", "leads", "--json")[1].splitlines()[0])["job"]
    call("note", name, "call")
    call("hide", name, "--until", "2999-01-01")
    for words in (("history", name), ("note", name), ("hide",), ("explain", name)):
        said = call(*words)[1]
        assert "UTC" not in said, words
        assert "JST" in said or words[0] == "explain", words


def test_the_names_in_json_are_those_of_the_page(call):
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    (row, *_) = (json.loads(line) for line in call("jobs", "--json")[1].splitlines())
    assert f"| `jobs` | an object a line | {', '.join(f'`{name}`' for name in row)} |" in page
