"""Addresses that need a read: the board, feed, page or map behind them is found and looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alerts import plugins
from alerts.cli.demo.site import Given
from alerts.discover.choose import Choice, choose
from alerts.discover.trail import follow
from alerts.discover.verify import Verifier
from alerts.fetch.fetcher import Fetcher
from alerts.model.page import Asking
from alerts.sandbox.reader import Reader
from tests.discover.elsewhere import Web, ashby, feed, greenhouse, lever, marked_up

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOME = "https://www.acme.example/careers"
GH = {"board": "acme"}


def find(web: Web, address: str, reader: Reader) -> Choice:
    with web.site, web.client() as client:
        fetcher = Fetcher(client, pace=0)
        trail = follow(address, fetcher, reader, NOW)
        return choose(trail.candidates, address, Verifier(fetcher, reader, NOW))


def body(inner: str) -> str:
    return f"<html><head><title>Acme</title></head><body>{inner}</body></html>"


# What stands in the employer's page → the board that must be found.
EMBEDS: dict[str, tuple[str, str, dict[str, object]]] = {
    "greenhouse script": ('<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>', "greenhouse", GH),
    "greenhouse frame": ('<iframe src="//boards.greenhouse.io/embed/job_board?for=acme&amp;b=1"></iframe>', "greenhouse", GH),
    "greenhouse job form": (
        '<iframe src="https://boards.greenhouse.io/embed/job_app?for=acme&token=1"></iframe>',
        "greenhouse",
        GH,
    ),
    "greenhouse api": (
        '<script>fetch("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true")</script>',
        "greenhouse",
        GH,
    ),
    "greenhouse escaped": (
        r'<script>var u="https:\/\/boards-api.greenhouse.io\/v1\/boards\/acme\/jobs";</script>',
        "greenhouse",
        GH,
    ),
    "greenhouse unicode": (r'<script>{"u":"https:\u002F\u002Fjob-boards.greenhouse.io\u002Facme"}</script>', "greenhouse", GH),
    "greenhouse link": ('<a href="https://job-boards.greenhouse.io/acme/jobs/101">Engineer</a>', "greenhouse", GH),
    "greenhouse europe": ('<a href="https://job-boards.eu.greenhouse.io/acme">Jobs</a>', "greenhouse", GH),
    "greenhouse name": ('<script>window.cfg = {"boardToken": "acme"};</script>', "greenhouse", GH),
    "greenhouse attribute": ('<div id="jobs" data-board-token="acme"></div>', "greenhouse", GH),
    "greenhouse in a parameter": (
        '<a href="https://out.example/?to=https%3A%2F%2Fboards.greenhouse.io%2Facme">Jobs</a>',
        "greenhouse",
        GH,
    ),
    "greenhouse without scheme": ("<script>load('boards.greenhouse.io/acme')</script>", "greenhouse", GH),
    "greenhouse refresh": ('<meta http-equiv="refresh" content="0; url=https://boards.greenhouse.io/acme">', "greenhouse", GH),
    "lever link": ('<a href="https://jobs.lever.co/acme">Open roles</a>', "lever", {"site": "acme"}),
    "lever apply": ('<a href="https://jobs.lever.co/acme/1b-2/apply">Apply</a>', "lever", {"site": "acme"}),
    "lever api": ("<script>$.getJSON('https://api.lever.co/v0/postings/acme?mode=json')</script>", "lever", {"site": "acme"}),
    "lever options": (
        "<script>window.leverJobsOptions = {accountName: 'acme', includeCss: true};</script>",
        "lever",
        {"site": "acme"},
    ),
    "ashby embed": ('<script src="https://jobs.ashbyhq.com/acme/embed?version=2"></script>', "ashby", {"board": "acme"}),
    "ashby link": ('<a href="https://jobs.ashbyhq.com/acme/b1-c2">Baker</a>', "ashby", {"board": "acme"}),
    "ashby name": ('<script>{"ashbyBoardName":"acme"}</script>', "ashby", {"board": "acme"}),
}
BOARDS = {**greenhouse("acme"), **lever("acme"), **ashby("acme")}


@pytest.mark.parametrize("case", EMBEDS)
def test_the_board_in_an_employers_page_is_found(case: str, reader: Reader) -> None:
    inner, kind, options = EMBEDS[case]
    choice = find(Web({"www.acme.example/careers": body(inner), **BOARDS}), HOME, reader)
    assert choice.best is not None, [each.why for each in choice.looked]
    assert (choice.best.candidate.kind, choice.best.candidate.options) == (kind, options)
    assert choice.best.state == "good"
    assert choice.best.openings == 2
    assert choice.best.complete


# Boards that are named in a page, of systems whose answers are told elsewhere: the first thing looked at is the right one.
NAMED: dict[str, tuple[str, str, dict[str, object]]] = {
    "workday": (
        '<a href="https://acme.wd5.myworkdayjobs.com/en-US/External">Jobs</a>',
        "workday",
        {"host": "acme.wd5.myworkdayjobs.com", "site": "External"},
    ),
    "workable embed": (
        "<script>whr(document).ready(function(){ whr_embed(12345, {detail:'titles'}); });</script>",
        "workable",
        {"site": "12345"},
    ),
    "workable link": ('<a href="https://apply.workable.com/acme/">Jobs</a>', "workable", {"site": "acme"}),
    "smartrecruiters link": ('<a href="https://careers.smartrecruiters.com/Acme">Jobs</a>', "smartrecruiters", {"site": "Acme"}),
    "smartrecruiters widget": ('<script>widget({"company_code": "Acme1"});</script>', "smartrecruiters", {"site": "Acme1"}),
    "recruitee link": ('<a href="https://acme.recruitee.com/o/baker">Baker</a>', "recruitee", {"site": "acme"}),
    "personio link": ('<a href="https://acme.jobs.personio.de/job/5">Baker</a>', "personio", {"site": "acme"}),
    "teamtailor link": ('<a href="https://acme.teamtailor.com/jobs">Jobs</a>', "teamtailor", {"site": "acme"}),
    "bamboohr embed": (
        '<div id="BambooHR" data-domain="acme.bamboohr.com" data-version="1.0.0"></div>',
        "bamboohr",
        {"site": "acme"},
    ),
    "bamboohr script": ('<script src="https://acme.bamboohr.com/js/embed.js"></script>', "bamboohr", {"site": "acme"}),
    "breezy": ('<a href="https://acme.breezy.hr">Jobs</a>', "breezy", {"site": "acme"}),
    "pinpoint": ('<a href="https://acme.pinpointhq.com/en/postings/1">Jobs</a>', "pinpoint", {"site": "acme"}),
    "rippling": ('<iframe src="https://ats.rippling.com/acme/jobs"></iframe>', "rippling", {"site": "acme"}),
    "gem": ('<a href="https://jobs.gem.com/acme">Jobs</a>', "gem", {"site": "acme"}),
    "jazzhr": ('<a href="https://acme.applytojob.com/apply">Jobs</a>', "jazzhr", {"site": "acme"}),
    "jazzhr widget": ('<script src="https://app.jazz.co/widgets/basic/create/acme"></script>', "jazzhr", {"site": "acme"}),
    "icims": (
        '<iframe src="https://careers-acme.icims.com/jobs/search?in_iframe=1"></iframe>',
        "icims",
        {"host": "careers-acme.icims.com"},
    ),
    "jobvite": ('<a href="https://jobs.jobvite.com/careers/acme/jobs">Jobs</a>', "jobvite", {"site": "acme"}),
    "comeet": ('<a href="https://www.comeet.com/jobs/acme/30.005">Jobs</a>', "comeet", {"site": "acme", "uid": "30.005"}),
    "oracle": (
        '<a href="https://eabc.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1">Jobs</a>',
        "oracle",
        {"host": "eabc.fa.us2.oraclecloud.com", "site": "CX_1"},
    ),
    "join": ('<a href="https://join.com/companies/acme">Jobs</a>', "join", {"site": "acme"}),
    "softgarden": ('<a href="https://acme.career.softgarden.de/">Jobs</a>', "softgarden", {"site": "acme"}),
    "paylocity": (
        '<a href="https://recruiting.paylocity.com/recruiting/jobs/All/0a1b2c3d-0000-4000-8000-0123456789ab/Acme">Jobs</a>',
        "paylocity",
        {"site": "0a1b2c3d-0000-4000-8000-0123456789ab"},
    ),
    "manatal": ('<a href="https://www.careers-page.com/acme">Jobs</a>', "manatal", {"site": "acme"}),
    "own teamtailor": (
        '<link href="https://assets-aws.teamtailor-cdn.com/a.css">',
        "teamtailor",
        {"base_url": "https://www.acme.example"},
    ),
    "own recruitee": (
        '<script src="https://careers.recruiteecdn.com/a.js">',
        "recruitee",
        {"base_url": "https://www.acme.example"},
    ),
    "own personio": ('<img src="https://assets.cdn.personio.de/logo.png">', "personio", {"base_url": "https://www.acme.example"}),
    "own jibe": ('<script src="https://app.jibecdn.com/prod/a.js">', "jibe", {"base_url": "https://www.acme.example"}),
    "own eightfold": (
        '<code id="pcsx-data">{"domain": "acme.com"}</code>',
        "eightfold",
        {"host": "www.acme.example", "domain": "acme.com"},
    ),
    "own phenom": ('<script src="https://cdn.phenompeople.com/a.js">', "phenom", {"base_url": "https://www.acme.example"}),
    "own successfactors": (
        '<link href="https://rmkcdn.successfactors.com/a.css">',
        "successfactors",
        {"base_url": "https://www.acme.example"},
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_the_first_thing_looked_at_is_the_named_board(case: str, reader: Reader) -> None:
    inner, kind, options = NAMED[case]
    choice = find(Web({"www.acme.example/careers": body(inner)}), HOME, reader)
    first = choice.looked[0].candidate
    assert (first.kind, first.options) == (kind, options)
    assert choice.best is None
    assert choice.looked[0].state in ("unknown", "failed"), "a board that does not answer is not taken"


LEADS: dict[str, tuple[str, dict[str, Any], str, dict[str, object]]] = {
    "short link": (
        "https://grnh.example/x1",
        {"grnh.example/x1": "->boards.greenhouse.io/acme/jobs/101", "boards.greenhouse.io/acme/jobs/101": body("Engineer")},
        "greenhouse",
        GH,
    ),
    "two short links": (
        "https://bit.example/1",
        {"bit.example/1": "->t.example/2", "t.example/2": "->jobs.lever.co/acme", "jobs.lever.co/acme": body("Jobs")},
        "lever",
        {"site": "acme"},
    ),
    "short link that lost its page": (
        "https://bit.example/1",
        {"bit.example/1": "->jobs.lever.co/acme"},
        "lever",
        {"site": "acme"},
    ),
    "home page to careers page": (
        "acme.example",
        {
            "acme.example": body('<a href="/about">About</a><a href="/careers">Careers</a>'),
            "acme.example/careers": body('<iframe src="https://boards.greenhouse.io/embed/job_board?for=acme"></iframe>'),
        },
        "greenhouse",
        GH,
    ),
    "careers page on a host of its own": (
        "https://www.acme.example/",
        {
            "www.acme.example": body('<a href="https://jobs.acme.example/">Join us</a>'),
            "jobs.acme.example": body('<a href="https://jobs.ashbyhq.com/acme">See all</a>'),
        },
        "ashby",
        {"board": "acme"},
    ),
    "home page to careers page to list of openings": (
        "https://www.acme.example/",
        {
            "www.acme.example": body('<a href="/about">About</a><a href="/careers">Careers</a>'),
            "www.acme.example/careers": body('<p>We are nice.</p><a href="/careers/openings">Open positions</a>'),
            "www.acme.example/careers/openings": body('<a href="https://jobs.lever.co/acme">Baker</a>'),
        },
        "lever",
        {"site": "acme"},
    ),
    "careers page past a link to a partner": (
        "https://www.acme.example/",
        {
            "www.acme.example": body('<a href="https://jobs.lever.co/partner">Partner</a><a href="/careers">Careers</a>'),
            "www.acme.example/careers": body('<a href="https://jobs.ashbyhq.com/acme">Baker</a>'),
            **lever("partner"),
        },
        "ashby",
        {"board": "acme"},
    ),
    "frame of the own site": (
        HOME,
        {
            "www.acme.example/careers": body('<iframe src="/jobs-frame.html"></iframe>'),
            "www.acme.example/jobs-frame.html": body("<script>window.leverJobsOptions={accountName:'acme'}</script>"),
        },
        "lever",
        {"site": "acme"},
    ),
    "link that leads to a board": (
        HOME,
        {
            "www.acme.example/careers": body('<a href="/go/open-positions">Open positions</a>'),
            "www.acme.example/go/open-positions": "->jobs.ashbyhq.com/acme",
            "jobs.ashbyhq.com/acme": body("board"),
        },
        "ashby",
        {"board": "acme"},
    ),
    "job by gh_jid": (
        "https://www.acme.example/job?gh_jid=101",
        {"www.acme.example/job": body('<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>')},
        "greenhouse",
        GH,
    ),
    "job by gh_jid on a page that tells nothing": (
        "https://careers.acme.example/job?gh_jid=102",
        {"careers.acme.example/job": body("loading …")},
        "greenhouse",
        GH,
    ),
    "job by gh_jid on a page that refuses us": (
        "https://careers.acme.example/job?gh_jid=102",
        {"careers.acme.example/job": Given(b"go away", 403, "text/plain")},
        "greenhouse",
        GH,
    ),
    "job by ashby_jid": (
        "https://acme.example/jobs?ashby_jid=a1",
        {"acme.example/jobs": body("loading …")},
        "ashby",
        {"board": "acme"},
    ),
    "feed that the page names": (
        "https://blog.example/jobs",
        {
            "blog.example/jobs": body('<link rel="alternate" type="application/rss+xml" title="Jobs" href="/jobs/rss.php">'),
            "blog.example/jobs/rss.php": feed("blog.example"),
        },
        "rss",
        {"url": "https://blog.example/jobs/rss.php"},
    ),
    "feed by its content": (
        "https://x.example/export?id=3",
        {"x.example/export": feed("x.example")},
        "rss",
        {"url": "https://x.example/export?id=3"},
    ),
    "page with several postings": (
        "https://shop.example/work-here",
        {"shop.example/work-here": marked_up("Seller", "Buyer", "Packer")},
        "page",
        {"url": "https://shop.example/work-here"},
    ),
    "map of the site": (
        "https://shop.example/work-here",
        {
            "shop.example/work-here": body("<p>Nothing but pictures.</p>"),
            "shop.example/robots.txt": Given(b"User-agent: *\nAllow: /\nSitemap: /sitemap-jobs.xml\n", 200, "text/plain"),
            "shop.example/sitemap-jobs.xml": '<?xml version="1.0"?><urlset><url><loc>https://shop.example/jobs/100-seller-in-rome</loc></url></urlset>',
            "shop.example/jobs/100-seller-in-rome": marked_up("Seller"),
        },
        "sitemap",
        {"url": "https://shop.example"},
    ),
    "repository of lists": (
        "https://github.com/somebody/jobs-2027",
        {
            "raw.githubusercontent.com/somebody/jobs-2027/HEAD/README.md": "# Jobs\n\n"
            "| Company | Role | Location | Application |\n|---|---|---|---|\n"
            "| Acme | Engineer | Berlin | [Apply](https://acme.example/j/1) |\n"
        },
        "readme",
        {"url": "https://raw.githubusercontent.com/somebody/jobs-2027/HEAD/README.md"},
    ),
}


@pytest.mark.parametrize("case", LEADS)
def test_an_address_leads_to_its_source(case: str, reader: Reader) -> None:
    address, pages, kind, options = LEADS[case]
    choice = find(Web({**BOARDS, **pages}), address, reader)
    assert choice.best is not None, [(each.candidate.kind, each.why) for each in choice.looked]
    assert (choice.best.candidate.kind, choice.best.candidate.options) == (kind, options)


def test_a_job_that_is_not_on_the_board_refuses_the_guess(reader: Reader) -> None:
    """gh_jid names a job; a board of the same name without that job is another employer's."""
    web = Web({"acme.example/job": body("loading …"), **BOARDS})
    choice = find(web, "https://acme.example/job?gh_jid=999", reader)
    assert choice.best is None
    assert "999 is not there" in choice.looked[0].why


def test_the_board_with_the_job_wins(reader: Reader) -> None:
    inner = '<a href="https://boards.greenhouse.io/partner">P</a><a href="https://boards.greenhouse.io/acmeco">A</a>'
    pages = {"www.acme.example/j": body(inner), **greenhouse("partner", "One"), **greenhouse("acmeco", "One", "Two")}
    choice = find(Web(pages), "https://www.acme.example/j?gh_jid=102", reader)
    assert choice.best
    assert choice.best.candidate.options == {"board": "acmeco"}
    assert [each.candidate.options for each in choice.looked] == [{"board": "acmeco"}, {"board": "partner"}, GH]


def test_a_board_named_like_the_host_wins_over_a_partners(reader: Reader) -> None:
    inner = '<a href="https://jobs.lever.co/partner">Partner</a><a href="https://jobs.lever.co/acme-careers">Us</a>'
    pages = {"www.acme.example/careers": body(inner), **lever("partner"), **lever("acme-careers", "Baker")}
    choice = find(Web(pages), HOME, reader)
    assert choice.best
    assert choice.best.candidate.options == {"site": "acme-careers"}


def test_a_dead_board_gives_way_to_a_living_one(reader: Reader) -> None:
    inner = '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acmeold"></script><a href="https://jobs.lever.co/acme">J</a>'
    choice = find(Web({"www.acme.example/careers": body(inner), **lever("acme")}), HOME, reader)
    assert choice.best
    assert choice.best.candidate.kind == "lever"
    assert choice.looked[0].state == "unknown"


def test_nobody_is_taken_from_a_directory_of_employers(reader: Reader) -> None:
    names = ["one", "two", "three", "four", "five", "six", "seven"]
    inner = "".join(f'<a href="https://jobs.lever.co/{name}">{name}</a>' for name in names)
    web = Web({"fund.example/portfolio": body(inner)})
    choice = find(web, "https://fund.example/portfolio", reader)
    assert choice.best is None
    assert choice.directory
    assert len(choice.left) == 7
    assert web.asked == ["fund.example/portfolio"], "no board was asked"


def test_a_blogs_feed_is_told_but_not_taken(reader: Reader) -> None:
    inner = '<link rel="alternate" type="application/rss+xml" title="Acme news" href="/feed/">'
    web = Web({"www.acme.example/careers": body(inner), "www.acme.example/feed/": feed("acme.example")})
    choice = find(web, HOME, reader)
    assert choice.best is None
    assert "https://www.acme.example/feed/" in [each.address for each in choice.left]


def test_a_map_whose_pages_are_no_jobs_is_not_taken(reader: Reader) -> None:
    pages = {
        "shop.example/work": body("<p>pictures</p>"),
        "shop.example/robots.txt": Given(b"Sitemap: /sitemap.xml\n", 200, "text/plain"),
        "shop.example/sitemap.xml": '<?xml version="1.0"?><urlset><url><loc>https://shop.example/careers/our-life-in-rome</loc></url></urlset>',
        "shop.example/careers/our-life-in-rome": body("<p>Rome is nice.</p>"),
    }
    choice = find(Web(pages), "https://shop.example/work", reader)
    assert choice.best is None
    assert any("no job that can be read" in each.why for each in choice.looked)


def test_robots_txt_is_heeded_on_the_way(reader: Reader) -> None:
    web = Web(
        {
            "acme.example": body('<a href="/careers">Careers</a>'),
            "acme.example/careers": body('<a href="https://jobs.lever.co/acme">x</a>'),
            "acme.example/robots.txt": Given(b"User-agent: *\nDisallow: /careers\n", 200, "text/plain"),
            **lever("acme"),
        }
    )
    choice = find(web, "https://acme.example/", reader)
    assert choice.best is None
    assert "acme.example/careers" not in web.asked


def test_an_empty_board_is_empty_and_an_unknown_one_unknown(reader: Reader) -> None:
    web = {"boards-api.greenhouse.io/v1/boards/acme/jobs": {"jobs": []}}
    assert find(Web(web), "https://boards.greenhouse.io/acme", reader).looked[0].state == "empty"
    assert find(Web(), "https://boards.greenhouse.io/acme", reader).looked[0].state == "unknown"


def test_terms_come_before_the_first_request(reader: Reader) -> None:
    web = Web()
    choice = find(web, "https://weworkremotely.com/categories/remote-programming-jobs.rss", reader)
    assert choice.best
    assert choice.best.state == "terms"
    assert web.asked == []


@pytest.mark.parametrize("host", ["www.linkedin.com", "de.indeed.com", "www.glassdoor.co.uk", "www.usajobs.gov"])
def test_sites_that_refuse_programs_or_want_a_key_are_not_asked(host: str, reader: Reader) -> None:
    web = Web()
    assert find(web, f"https://{host}/jobs?q=baker", reader).best is None
    assert web.asked == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.adzuna.co.uk/search?q=baker", "key of your own"),
        ("https://www.usajobs.gov/search", "key of your own"),
        ("https://candidat.francetravail.fr/offres", "key of your own"),
        ("https://acme.avature.net/careers", "Avature"),
        ("https://acme.taleo.net/careersection/2/jobsearch.ftl", "Taleo"),
        ("https://www.linkedin.com/company/acme/jobs", "LinkedIn"),
        ("ftp://acme.example", "no http"),
        ("https://acme.example/api/v9/things", "no kind reads by itself"),
    ],
)
def test_what_cannot_be_read_is_said(address: str, words: str, reader: Reader) -> None:
    web = Web({"acme.example/api/v9/things": {"things": [1, 2]}})
    with web.site, web.client() as client:
        trail = follow(address, Fetcher(client, pace=0), reader, NOW)
    assert words in " ".join(trail.notes)


def test_a_hostile_page_costs_little(reader: Reader) -> None:
    """A hundred thousand addresses and a deep tree: an answer within the test's patience, and no board out of nothing."""
    inner = "".join(f"<div><a href='https://h{number}.example/{number}'>" for number in range(60_000))
    choice = find(Web({"evil.example/x": body(inner)}), "https://evil.example/x", reader)
    assert choice.best is None


# Systems on the employer's own host: what gives them away in the page; their own recorded answer stands behind it.
OWN = {
    "teamtailor": '<link href="https://assets-aws.teamtailor-cdn.com/a.css">',
    "recruitee": '<script src="https://careers.recruiteecdn.com/a.js"></script>',
    "personio": '<img src="https://assets.cdn.personio.de/logo.png">',
    "pinpoint": '<img src="https://cdn.pinpointhq.com/logo.png">',
    "softgarden": '<script src="https://static.softgarden.io/a.js"></script>',
    "jibe": '<script src="https://app.jibecdn.com/prod/a.js"></script>',
    "eightfold": '<code id="pcsx-data">{"domain": "acme.com"}</code>',
    "phenom": '<script src="https://cdn.phenompeople.com/a.js"></script>',
    "successfactors": '<link href="https://rmkcdn.successfactors.com/a.css">',
    "workable": '<script src="https://apply.workable.com/acme/a.js"></script>',
}
GOLDEN = Path(__file__).parents[1] / "sources"


@pytest.mark.parametrize("kind", OWN)
def test_a_system_on_the_employers_own_host_is_read(kind: str, reader: Reader) -> None:
    web = Web({"www.acme.example/careers": body(OWN[kind])})
    with web.site, web.client() as client:
        fetcher = Fetcher(client, pace=0)
        candidate = follow(HOME, fetcher, reader, NOW).candidates[0]
        module = plugins.load("sources", kind)
        page = min((GOLDEN / kind).glob("page*.*"), key=lambda each: (len(each.stem), each.name))
        asked = module.first(module.Options.model_validate(dict(candidate.options)), Asking())[0].url.partition("://")[2]
        web.pages[asked] = web.pages[asked.partition("?")[0]] = Given(page.read_bytes(), 200, "application/octet-stream")
        found = Verifier(fetcher, reader, NOW).look(candidate)
    assert candidate.kind == kind
    assert found.state == "good", found.why
    assert found.titles


def test_a_short_link_of_workable_leads_to_the_account(reader: Reader) -> None:
    """apply.workable.com/j/CODE names no account; where it leads does."""
    pages = {"apply.workable.com/j/0A1B2C": "->apply.workable.com/acme/j/0A1B2C/"}
    pages["apply.workable.com/acme/j/0A1B2C/"] = body("job")
    with (web := Web(pages)).site, web.client() as client:
        trail = follow("https://apply.workable.com/j/0A1B2C", Fetcher(client, pace=0), reader, NOW)
    assert [(each.kind, each.options) for each in trail.candidates] == [("workable", {"site": "acme"})]


def test_a_job_of_workables_own_market_leads_to_the_account(reader: Reader) -> None:
    inner = '<a href="https://apply.workable.com/acme/j/0A1B2C/apply">Apply</a>'
    with (web := Web({"jobs.workable.com/view/xYz/baker": body(inner)})).site, web.client() as client:
        trail = follow("https://jobs.workable.com/view/xYz/baker", Fetcher(client, pace=0), reader, NOW)
    assert (trail.candidates[0].kind, trail.candidates[0].options) == ("workable", {"site": "acme"})


def test_a_form_that_names_only_the_job_leads_to_the_board(reader: Reader) -> None:
    pages = {"boards.greenhouse.io/embed/job_app": "->job-boards.greenhouse.io/embed/job_app?for=acme&token=101"}
    pages["job-boards.greenhouse.io/embed/job_app"] = body("form")
    choice = find(Web({**pages, **greenhouse("acme")}), "https://boards.greenhouse.io/embed/job_app?token=101", reader)
    assert choice.best
    assert choice.best.candidate.options == GH
