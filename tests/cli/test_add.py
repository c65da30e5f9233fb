"""``job-alerts add``: what it finds is looked at, told, and written; what cannot be read is said and not written."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from alerts.cli.commands import add
from alerts.cli.demo.site import Given, Site
from alerts.cli.main import main, parser
from alerts.config.load import load
from alerts.daemon.adding import is_address
from alerts.model.errors import ConfigError, UnknownKind, UsageError
from alerts.sandbox.reader import Reader
from tests.discover.elsewhere import Web, ashby, feed, greenhouse, lever, marked_up

CONFIG = """\
# mine
[settings]
database = "a.db"   # here
[network]
pace = "0s"
allow_private = ["127.0.0.1"]

[[sources]]
url = "https://boards.greenhouse.io/other"   # keep

# --- searches
[[searches]]
name = "Bakers"
title = ["baker"]
"""
PAGES = {**greenhouse("acme"), **lever("acme"), **ashby("acme")}


class Desk:
    """A configuration, and the web as ``add`` sees it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = folder / "config.toml"
        self.path.write_text(CONFIG, encoding="utf-8")
        self.capsys = capsys
        self.out = self.err = ""

    def add(self, web: Web, *words: str) -> int:
        args = parser("add").parse_args(["add", "--config", str(self.path), *words])
        with web.site:
            status = add.run(args, lambda _plan: web.client(), Reader(inline=True))
        self.out, self.err = self.capsys.readouterr()
        return status

    def sources(self) -> list[dict[str, Any]]:
        return tomllib.loads(self.path.read_text("utf-8"))["sources"][1:]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_board_is_told_and_added(desk: Desk) -> None:
    assert desk.add(Web(PAGES), "https://boards.greenhouse.io/acme/jobs/101") == 0
    for words in ('Greenhouse (greenhouse, board = "acme")', "Acme", "2 (all that are open)", "Bakers: 1", "Engineer", "Baker"):
        assert words in desk.out
    assert "added as 'Acme (Greenhouse)'" in desk.out
    assert desk.sources() == [{"name": "Acme (Greenhouse)", "kind": "greenhouse", "board": "acme"}]
    assert [source.name for source in load(desk.path, {}).sources] == ["Greenhouse: other", "Acme (Greenhouse)"]


def test_comments_and_layout_stay(desk: Desk) -> None:
    desk.add(Web(PAGES), "https://boards.greenhouse.io/acme")
    block = '\n[[sources]]\nname = "Acme (Greenhouse)"\nkind = "greenhouse"\nboard = "acme"\n'
    assert desk.path.read_text("utf-8") == CONFIG.replace("# keep\n", "# keep\n" + block)


def test_hostile_words_harm_neither_the_terminal_nor_the_file(desk: Desk) -> None:
    web = Web(greenhouse("acme", "Ba\x1b[31mker\u202e", "En\ngineer", company='A"\n[settings]\nx\x1b]0;y'))
    assert desk.add(web, "https://boards.greenhouse.io/acme") == 0
    assert not {"\x1b", "\u202e"} & set(desk.out)
    assert "\x1b" not in desk.path.read_text("utf-8")
    assert "\n[settings]\nx" not in desk.path.read_text("utf-8")
    assert desk.sources()[0]["name"].startswith('A" [settings] x')


def test_several_at_once_and_a_failure_among_them(desk: Desk) -> None:
    """Exit status 1 when one could not be added; the others are."""
    assert desk.add(Web(PAGES), "https://jobs.lever.co/acme", "https://jobs.lever.co/nobody", "jobs.ashbyhq.com/acme") == 1
    assert [row["kind"] for row in desk.sources()] == ["lever", "ashby"]
    assert "NOT added: there is no such place" in desk.out


def test_what_is_there_already_is_said_and_asks_nothing(desk: Desk) -> None:
    web = Web(PAGES)
    before = desk.path.read_text("utf-8")
    assert desk.add(web, "https://job-boards.greenhouse.io/Other/jobs/5") == 0
    assert "is there already, as 'Greenhouse: other'" in desk.out
    assert desk.path.read_text("utf-8") == before
    assert web.asked == []


def test_what_a_page_leads_to_is_known_too(desk: Desk) -> None:
    page = '<html><iframe src="https://boards.greenhouse.io/embed/job_board?for=other"></iframe></html>'
    assert desk.add(Web({"www.other.example/jobs": page, **greenhouse("other")}), "https://www.other.example/jobs") == 0
    assert "is there already" in desk.out
    assert desk.sources() == []


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({}, "there is no such place"),
        ({"boards-api.greenhouse.io/v1/boards/acme/jobs": {"jobs": []}}, "lists no job"),
    ],
)
def test_an_unknown_or_empty_board_is_added_only_when_asked_for(desk: Desk, pages: dict[str, object], words: str) -> None:
    assert desk.add(Web(pages), "https://boards.greenhouse.io/acme") == 1
    assert words in desk.out
    assert "--even-empty" in desk.out
    assert desk.sources() == []
    assert desk.add(Web(pages), "https://boards.greenhouse.io/acme", "--even-empty") == 0
    assert desk.sources() == [{"kind": "greenhouse", "board": "acme"}]


def test_a_board_in_trouble_is_not_added_even_so(desk: Desk) -> None:
    """--even-empty is for boards that are not there yet, not for answers that cannot be read."""
    web = {"boards-api.greenhouse.io/v1/boards/acme/jobs": Given(b"<html>log in</html>", 200, "text/html")}
    assert desk.add(Web(web), "https://boards.greenhouse.io/acme", "--even-empty") == 1
    assert desk.sources() == []


def test_the_name_and_the_pace_can_be_said(desk: Desk) -> None:
    assert desk.add(Web(PAGES), "https://jobs.lever.co/acme", "--name", "Mine", "--every", "15m") == 0
    assert desk.sources() == [{"name": "Mine", "kind": "lever", "site": "acme", "every": "15m"}]


def test_a_taken_name_gets_a_number(desk: Desk) -> None:
    pages = {**greenhouse("acme"), **greenhouse("acme-eu")}
    assert desk.add(Web(pages), "https://boards.greenhouse.io/acme", "https://boards.greenhouse.io/acme-eu") == 0
    assert [row["name"] for row in desk.sources()] == ["Acme (Greenhouse)", "Acme (Greenhouse) 2"]


def test_terms_are_shown_and_must_be_accepted(desk: Desk) -> None:
    web = {"weworkremotely.com/categories/remote-programming-jobs.rss": feed("weworkremotely.com", "Acme: Baker")}
    address = "https://weworkremotely.com/categories/remote-programming-jobs"
    assert desk.add(Web(web), address) == 1
    assert "Personal reading only" in desk.out
    assert "--yes-terms" in desk.out
    assert desk.sources() == []
    assert desk.add(Web(web), address, "--yes-terms") == 0
    assert desk.sources()[0]["accept_terms"] is True


def test_a_dry_run_prints_toml_and_changes_nothing(desk: Desk) -> None:
    assert desk.add(Web(PAGES), "https://jobs.lever.co/acme", "https://jobs.lever.co/nobody", "--dry-run") == 1
    assert tomllib.loads(desk.out) == {"sources": [{"name": "Acme (Lever)", "kind": "lever", "site": "acme"}]}
    assert "nobody" in desk.err
    assert desk.path.read_text("utf-8") == CONFIG


def test_the_others_are_listed_with_the_command_that_adds_them(desk: Desk) -> None:
    page = '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script><a href="https://jobs.lever.co/acme">x</a>'
    web = Web({"www.acme.example/careers": f"<html>{page}</html>", **PAGES})
    assert desk.add(web, "https://www.acme.example/careers") == 0
    assert [row["kind"] for row in desk.sources()] == ["greenhouse"]
    assert "also      Lever (acme): job-alerts add https://jobs.lever.co/acme" in desk.out


def test_a_page_with_postings_is_added_as_a_page(desk: Desk) -> None:
    assert desk.add(Web({"shop.example/work": marked_up("Seller", "Buyer")}), "https://shop.example/work") == 0
    assert desk.sources() == [{"name": "Shop", "kind": "page", "url": "https://shop.example/work"}]


def test_a_kind_can_be_said(desk: Desk) -> None:
    web = Web({"jobs.acme.example/api/offers/": json.loads((GOLDEN / "recruitee" / "page.json").read_text("utf-8"))})
    assert desk.add(web, "https://jobs.acme.example/", "--kind", "recruitee") == 0
    assert desk.sources()[0] | {"name": ""} == {"name": "", "kind": "recruitee", "base_url": "https://jobs.acme.example"}


def test_json_is_one_value_a_place(desk: Desk) -> None:
    assert desk.add(Web(PAGES), "https://jobs.lever.co/acme", "https://jobs.lever.co/nobody", "--json") == 1
    first, second = [json.loads(line) for line in desk.out.splitlines()]
    assert first | {"toml": "", "reason": "", "others": []} == {
        "asked": "https://jobs.lever.co/acme",
        "state": "added",
        "why": "",
        "name": "Acme (Lever)",
        "kind": "lever",
        "options": {"site": "acme"},
        "reason": "",
        "company": "Acme",
        "openings": 2,
        "complete": True,
        "searches": {"Bakers": 1},
        "sample": ["Engineer", "Baker"],
        "terms": None,
        "toml": "",
        "others": [],
    }
    assert second["state"] == "not"
    assert "no such place" in second["why"]


OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Jobs"><outline text="Deep"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/jobs.rss"/></outline></outline>
<outline type="rss" title="Gone" xmlurl="https://gone.example/feed"/>
<outline type="rss" text="again" xmlUrl="https://a.example/jobs.rss"/>
<outline text="no feed" htmlUrl="https://x.example"/>
<outline type="rss" text="Lever board" xmlUrl="https://jobs.lever.co/acme"/>
</body></opml>"""


def test_a_readers_subscriptions_are_added_and_summed_up(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML, encoding="utf-8")
    web = Web({"a.example/jobs.rss": feed("a.example"), **PAGES})
    assert desk.add(web, "--opml", str(tmp_path / "feeds.opml")) == 1
    assert [(row["kind"], row["name"]) for row in desk.sources()] == [("rss", "A & B"), ("lever", "Acme (Lever)")]
    assert "2 added, 0 there already, 1 not added" in desk.out
    assert desk.add(Web({**web.pages}), "--opml", str(tmp_path / "feeds.opml")) == 1
    assert "0 added, 2 there already, 1 not added" in desk.out


def test_subscriptions_can_be_taken_unread(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML, encoding="utf-8")
    web = Web()
    assert desk.add(web, "--opml", str(tmp_path / "feeds.opml"), "--no-verify") == 0
    assert [row["kind"] for row in desk.sources()] == ["rss", "rss", "lever"]
    assert web.asked == []


def test_subscriptions_come_through_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OPML.encode())))
    assert desk.add(Web(), "--opml", "-", "--no-verify") == 0
    assert len(desk.sources()) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not xml",
        "<html></html>",
        "<rss/>",
        "<opml><body>",
        '<!DOCTYPE x [<!ENTITY a "b">]><opml><body><outline xmlUrl="&a;"/></body></opml>',
    ],
)
def test_what_is_no_list_of_subscriptions_is_refused(desk: Desk, tmp_path: Path, text: str) -> None:
    (tmp_path / "feeds.opml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="OPML"):
        desk.add(Web(), "--opml", str(tmp_path / "feeds.opml"))


def test_a_company_of_the_list_is_looked_at_and_added(desk: Desk) -> None:
    """1Password stands once in the shipped list, at Ashby."""
    assert desk.add(Web(ashby("1password")), "1Password") == 0
    assert desk.sources()[0]["kind"] == "ashby"
    assert desk.sources()[0]["board"] == "1password"


def test_a_company_that_nobody_knows_is_said(desk: Desk) -> None:
    assert desk.add(Web(), "Nobody Knows This Company Ltd Zzz") == 1
    assert "give the address" in desk.out


def test_names_that_only_resemble_are_listed_and_not_added(desk: Desk) -> None:
    web = Web()
    assert desk.add(web, "1Passwor") == 1
    assert "job-alerts add https://jobs.ashbyhq.com/1password" in desk.out
    assert desk.sources() == []
    assert web.asked == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to add"),
        (("a.example", "b.example", "--name", "x"), "one address"),
        (("a.example", "--every", "soon"), "--every"),
        (("a.example", "--no-verify"), "--opml"),
        (("--opml", "/nowhere/feeds.opml"), "cannot be read"),
    ],
)
def test_a_call_without_sense_is_status_2(desk: Desk, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        desk.add(Web(), *words)
    assert raised.value.exit_code == 2


def test_an_unknown_kind_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownKind, match="lever"):
        desk.add(Web(), "https://a.example", "--kind", "levr")


def test_a_broken_configuration_is_refused_before_anything_is_asked(desk: Desk) -> None:
    desk.path.write_text(CONFIG + "[[searches]]\nnme = 1\n", encoding="utf-8")
    web = Web(PAGES)
    with pytest.raises(ConfigError, match="name"):
        desk.add(web, "https://jobs.lever.co/acme")
    assert web.asked == []


def test_no_configuration_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "--config", str(tmp_path / "none.toml"), "https://jobs.lever.co/acme"]) == 2
    assert "job-alerts init" in capsys.readouterr().err


def test_the_whole_command_adds_a_feed_of_the_own_network(desk: Desk) -> None:
    """Through the command line, the real client and the reading process; nothing stands in."""
    with Site(lambda _asked: Given(feed("a.example").encode(), content_type="application/rss+xml")) as site:
        assert main(["add", "--config", str(desk.path), f"{site.url}/whatever"]) == 0
    assert desk.sources() == [{"name": "Jobs at a.example", "kind": "rss", "url": f"{site.url}/whatever"}]


JOBS = ("Software Engineer", "Data Analyst", "Registered Nurse", "Account Manager")
FIRMS = ("Globex", "Initech", "Umbrella Corp", "Hooli")


@pytest.mark.parametrize(
    ("shape", "learnt"),
    [
        ("{job} at {firm}", "role at company"),
        ("{job} @ {firm}", "role @ company"),
        ("{firm}: {job}", "company: role"),
        ("{job} at {firm} (Berlin)", "role at company (place)"),
        ("{job}: {firm}", None),
        ("{job}", None),
        ("London: {job}", None),
        ("Sales: {job}", None),
    ],
)
@pytest.mark.parametrize(("others", "certain"), [(0, True), (1, True), (4, False)])
def test_a_feeds_title_form_is_learnt_where_nine_of_ten_agree(
    desk: Desk, shape: str, learnt: str | None, others: int, certain: bool
) -> None:
    """Red before: rules on a company had only the title to go by, and nobody wrote the option."""
    titles = [shape.format(job=JOBS[number % 4], firm=FIRMS[number // 4 % 4]) for number in range(16)] + ["Baker"] * others
    with Site(lambda _asked: Given(feed("a.example", *titles).encode(), content_type="application/rss+xml")) as site:
        assert main(["add", "--config", str(desk.path), f"{site.url}/whatever"]) == 0
    (source,) = desk.sources()
    assert source.get("title") == (learnt if certain else None)
    said = desk.capsys.readouterr().out
    assert (f'title = "{source.get("title")}"' in said) == ("title" in source)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("https://acme.example/x y", False),
        ("https://acme.example/x", True),
        ("acme.example", True),
        ("acme.example:8080/jobs?x=1", True),
        ("http://127.0.0.1:8080/", True),
        ("Acme", False),
        ("Acme Inc.", False),
        ("Booking.com", True),
        ("J. Smith & Co", False),
    ],
)
def test_addresses_and_names_are_told_apart(place: str, expected: bool) -> None:
    assert is_address(place) is expected


GOLDEN = Path(__file__).parents[1] / "sources"


def test_the_documentation_names_commands_and_options_that_exist() -> None:
    text = (Path(__file__).parents[2] / "docs" / "adding.md").read_text("utf-8")
    calls = re.findall(r"^job-alerts (.+)$|`job-alerts ([^`]+)`", text, re.MULTILINE)
    assert len(calls) >= 7
    for call in calls:
        words = shlex.split(call[0] or call[1])
        parser(words[0]).parse_args(words)
    help_text = io.StringIO()
    with contextlib.redirect_stdout(help_text), pytest.raises(SystemExit):
        parser("add").parse_args(["add", "--help"])
    said = set(re.findall(r"--[a-z][a-z-]+", help_text.getvalue())) - {"--help", "--config", "--verbose"}
    assert set(re.findall(r"--[a-z][a-z-]+", text)) == said
