"""Pasted addresses of boards and jobs are recognised as theirs, and others are not."""

from __future__ import annotations

import pytest

from alerts import plugins

RECOGNISED = [
    ("workday", "https://acme.wd5.myworkdayjobs.com/Careers", {"host": "acme.wd5.myworkdayjobs.com", "site": "Careers"}),
    (
        "workday",
        "https://acme.wd5.myworkdayjobs.com/en-US/Ext/job/Oslo/Cook_R1?q=x",
        {"host": "acme.wd5.myworkdayjobs.com", "site": "Ext"},
    ),
    (
        "workday",
        "https://wd3.myworkdaysite.com/fr-CA/recruiting/acme/Jobs/job/a/b_R1",
        {"host": "wd3.myworkdaysite.com", "tenant": "acme", "site": "Jobs"},
    ),
    (
        "workday",
        "https://acme.wd1.myworkdayjobs.com/wday/cxs/acme/Ext/jobs",
        {"host": "acme.wd1.myworkdayjobs.com", "tenant": "acme", "site": "Ext"},
    ),
    ("workable", "https://apply.workable.com/acme/j/1A2B3C/", {"site": "acme"}),
    ("workable", "acme.workable.com", {"site": "acme"}),
    ("smartrecruiters", "https://jobs.smartrecruiters.com/Acme/744000-cook", {"site": "Acme"}),
    ("smartrecruiters", "https://careers.smartrecruiters.com/Acme", {"site": "Acme"}),
    ("recruitee", "https://acme.recruitee.com/o/cook", {"site": "acme"}),
    ("recruitee", "https://jobs.acme.example/api/offers/", {"base_url": "https://jobs.acme.example"}),
    ("bamboohr", "https://acme.bamboohr.com/careers/41", {"site": "acme"}),
    ("rippling", "https://ats.rippling.com/en-GB/acme/jobs/0b0b", {"site": "acme"}),
    ("gem", "https://jobs.gem.com/acme/4f0a", {"site": "acme"}),
    ("pinpoint", "https://acme.pinpointhq.com/en/postings/aa-bb", {"site": "acme"}),
    ("breezy", "https://acme.breezy.hr/p/aa11-cook", {"site": "acme"}),
    ("comeet", "https://www.comeet.com/jobs/acme/77.001/cook/AA.001", {"site": "acme", "uid": "77.001"}),
    ("icims", "https://careers-acme.icims.com/jobs/12/cook/job", {"host": "careers-acme.icims.com"}),
    ("jibe", "https://careers.acme.example/api/jobs?page=1&limit=10", {"base_url": "https://careers.acme.example"}),
    ("jobvite", "https://jobs.jobvite.com/careers/acme/job/oAAA", {"site": "acme"}),
    (
        "oracle",
        "https://acme.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_2/job/1",
        {"host": "acme.fa.us2.oraclecloud.com", "site": "CX_2"},
    ),
    ("eightfold", "https://acme.eightfold.ai/careers?domain=acme.org", {"host": "acme.eightfold.ai", "domain": "acme.org"}),
    (
        "phenom",
        "https://careers.acme.example/us/en/search-results",
        {"base_url": "https://careers.acme.example", "place": "us/en"},
    ),
    (
        "paylocity",
        "https://recruiting.paylocity.com/recruiting/jobs/All/00000000-1111-2222-3333-444444444444/Acme",
        {"site": "00000000-1111-2222-3333-444444444444"},
    ),
    ("manatal", "https://www.careers-page.com/acme/job/7X7X", {"site": "acme"}),
    ("join", "https://join.com/companies/acme/123-cook", {"site": "acme"}),
    ("workatastartup", "https://www.ycombinator.com/companies/acme/jobs/aBc-cook", {"site": "acme"}),
    ("remoteok", "https://remoteok.com/remote-python-jobs", {"tags": ["python"]}),
    ("himalayas", "https://himalayas.app/jobs", {}),
    ("jobicy", "https://jobicy.com/jobs", {}),
    ("arbeitnow", "https://www.arbeitnow.com/", {}),
    ("remotive", "https://remotive.com/remote-jobs/design", {}),
    ("workingnomads", "https://www.workingnomads.com/jobs", {}),
    ("v2ex", "https://www.v2ex.com/go/jobs", {"node": "jobs"}),
    ("solidjobs", "https://solid.jobs/public-api/offers/hr", {"division": "HR"}),
    ("bundesagentur", "https://www.arbeitsagentur.de/jobsuche/suche?was=Koch&wo=Ulm", {"search": ["Koch"], "place": "Ulm"}),
    ("jobtech", "https://arbetsformedlingen.se/platsbanken/annonser?q=kock", {"search": ["kock"]}),
]


@pytest.mark.parametrize(("kind", "address", "options"), RECOGNISED)
def test_an_address_becomes_the_options_of_its_kind(kind: str, address: str, options: dict[str, object]) -> None:
    assert plugins.load("sources", kind).recognise(address) == options


@pytest.mark.parametrize(("kind", "address", "options"), RECOGNISED)
def test_no_other_kind_claims_the_address(kind: str, address: str, options: dict[str, object]) -> None:
    others = [
        each for each in plugins.kinds("sources") if each != kind and plugins.load("sources", each).recognise(address) is not None
    ]
    assert others == []


@pytest.mark.parametrize(
    "address",
    [
        "https://apply.workable.com/j/1A2B3C",
        "https://jobs.workable.com/view/abc",
        "https://www.workday.com/en-us/company/careers.html",
        "https://acme.wd1.myworkdayjobs.com/",
        "https://www.bamboohr.com/careers",
        "https://evil.example/?x=acme.recruitee.com",
        "https://acme.recruitee.com.evil.example/o/cook",
        "https://jobs.gem.com/",
        "https://recruiting.paylocity.com/Recruiting/Jobs/Details/5001",
        "https://remotive.com/remote-jobs/feed",
        "https://jobicy.com/?feed=job_feed",
        "https://www.v2ex.com/t/1300001",
        "https://join.com/",
    ],
)
def test_an_address_that_tells_no_board_is_not_recognised(address: str) -> None:
    ours = {kind for kind, _, _ in RECOGNISED}
    assert [kind for kind in ours if plugins.load("sources", kind).recognise(address) is not None] == []
