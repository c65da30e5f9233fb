"""Recorded answers of boards and job sites are read in full, with the fields that the source gives.

The recordings lie beside the repository (``../shared/samples``) and are no part of it; without them these tests are skipped.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alerts import plugins
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import RawPosting

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
NOW = datetime(2026, 8, 15, tzinfo=UTC)
WORKDAY = {"host": "acme.wd5.myworkdayjobs.com", "site": "Careers"}
GUID = {"site": "add565e9-4cee-4334-8182-9de221ffb9e4"}

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no recordings in ../shared/samples")

#: kind, options, file, postings, fields that at least one (or, with "*", every) posting has
LISTS: list[tuple[str, dict[str, Any], str, int, str]] = [
    ("workday", WORKDAY, "workday/workday-cxs-list-nvidia-30plus.json", 2, "places* posted* requisition*"),
    ("workday", WORKDAY, "workday/workday-cxs-list-salesforce.json", 2, "places* posted* requisition*"),
    ("workable", {"site": "a"}, "workable/workable-v3-jobs-3.json", 3, "company* places* work* employment* posted* category*"),
    (
        "workable",
        {"site": "a"},
        "workable/workable-widget-4-details.json",
        4,
        "company* places* work employment* posted* html* level*",
    ),
    (
        "workable",
        {"site": "a"},
        "workable/workable-widget-vasion.json",
        2,
        "company* places* work employment* posted* html* industry*",
    ),
    (
        "smartrecruiters",
        {"site": "a"},
        "smartrecruiters/smartrecruiters-3.json",
        3,
        "company* places* work* employment* posted* level*",
    ),
    (
        "smartrecruiters",
        {"site": "a"},
        "smartrecruiters/smartrecruiters-automationanywhere-page0.json",
        3,
        "company* places* posted*",
    ),
    (
        "smartrecruiters",
        {"site": "a"},
        "smartrecruiters/smartrecruiters-visa-2.json",
        2,
        "company* places* work posted* category*",
    ),
    (
        "recruitee",
        {"site": "a"},
        "recruitee/recruitee-2-full-translations.json",
        2,
        "company* places* work* pay* posted* html* language*",
    ),
    ("recruitee", {"site": "a"}, "recruitee/recruitee-aikido.json", 3, "company* places* work* pay posted* html* employment*"),
    ("bamboohr", {"site": "a"}, "bamboohr/bamboohr-careers-list-2.json", 2, "places* employment* category*"),
    ("rippling", {"site": "a"}, "rippling/rippling-board-11fs-2.json", 2, "places* category*"),
    ("rippling", {"site": "a"}, "rippling/rippling-dup-uuid-per-location.json", 1, "places* category*"),
    ("gem", {"site": "a"}, "gem/gem-graphql-batch.json", 3, "company* places* work* employment* category*"),
    (
        "pinpoint",
        {"site": "a"},
        "pinpoint/pinpoint-postings-3.json",
        3,
        "places* work* employment* pay expires* html* requisition*",
    ),
    ("breezy", {"site": "a"}, "breezy/breezy-json-3.json", 3, "company* places* work employment* pay posted* category*"),
    (
        "comeet",
        {"site": "a", "uid": "72.008", "token": "x"},
        "comeet/comeet-careers-api-zim.json",
        80,
        "places employment updated* html* level",
    ),
    ("eightfold", {"host": "a.eightfold.ai"}, "eightfold/eightfold-albemarle.json", 2, "places* posted* category*"),
    ("phenom", {"base_url": "https://a.example"}, "phenom/phenom-search.html", 2, "places* employment* posted* category*"),
    ("paylocity", GUID, "paylocity/paylocity-board-fermi.html", 18, "company* places* posted* work category"),
    ("manatal", {"site": "a"}, "manatal/manatal-list-calqulate.json", 10, "places html*"),
    ("manatal", {"site": "a"}, "manatal/manatal-list-castelion-p2.json", 10, "places html*"),
    ("icims", {"host": "careers-a.icims.com"}, "icims/icims-search-wipfli.html", 2, "places* requisition*"),
    ("jobvite", {"site": "a"}, "jobvite/jobvite-feedingamerica.html", 2, "places*"),
    (
        "workatastartup",
        {"site": "a"},
        "workatastartup/workatastartup-list-diode.html",
        2,
        "company* places* employment* pay* tags* facts*",
    ),
    ("remoteok", {}, "remoteok/remoteok-full-100.json", 99, "company* places pay work* tags* posted* html*"),
    ("remoteok", {}, "remoteok/remoteok-4.json", 3, "company* places work* posted* html*"),
    (
        "himalayas",
        {},
        "himalayas/himalayas-page-20.json",
        20,
        "company* remote_areas* pay employment* level* posted* expires* html*",
    ),
    ("himalayas", {}, "himalayas/himalayas-3-salaryPeriod.json", 3, "company* remote_areas* pay posted* expires* html*"),
    ("remotive", {}, "remotive/remotive-5.json", 5, "company* remote_areas* pay employment category* posted* html*"),
    ("arbeitnow", {}, "arbeitnow/arbeitnow-3.json", 3, "company* places* employment posted* html*"),
    ("jobicy", {}, "jobicy/jobicy-3.json", 3, "company* remote_areas* employment* level* category* posted* html*"),
    ("workingnomads", {}, "workingnomads/workingnomads-4.json", 4, "company* remote_areas* category* tags* posted* html*"),
    ("usajobs", {"email": "a@b.c", "key": "x"}, "usajobs/usajobs-search-3.json", 3, "company* places* work pay* posted* html*"),
    (
        "adzuna",
        {"id": "x", "key": "x", "country": "us"},
        "adzuna/adzuna-us-4.json",
        4,
        "company* places* pay* employment posted* html*",
    ),
    (
        "jobtech",
        {},
        "jobtech-se/jobtech-search-result-eng.json",
        2,
        "company* places* employment* category* posted* expires* text*",
    ),
    ("themuse", {}, "themuse/themuse-3.json", 3, "company* places* level posted* html*"),
    ("eures", {}, "eures/eures-search-3.json", 3, "company* places* employment* posted* html* language*"),
    ("solidjobs", {}, "solidjobs/solidjobs-3.json", 3, "company* places* pay* work employment* level* posted* expires* html*"),
    ("torre", {}, "torre/torre-page0.json", 3, "company* remote_areas* pay employment* tags* posted* expires* apply_url*"),
    ("v2ex", {}, "v2ex/v2ex-topics-7.json", 6, "posted* html"),
    ("eleduck", {}, "eleduck/eleduck-posts-7.json", 6, "posted* category* employment* places"),
]

DETAILS: list[tuple[str, dict[str, Any], str, str]] = [
    ("workday", WORKDAY, "workday/workday-cxs-detail-gdit.json", "company places employment posted html requisition"),
    ("workday", WORKDAY, "workday/workday-cxs-detail-workday.json", "company places work employment posted html requisition"),
    (
        "smartrecruiters",
        {"site": "a"},
        "smartrecruiters/smartrecruiters-detail.json",
        "places work employment pay html apply_url",
    ),
    ("oracle", {"host": "a.example", "site": "CX"}, "oracle-orc/oracle-orc-detail-amex.json", "places html"),
    ("icims", {"host": "careers-a.icims.com"}, "icims/icims-detail-jsonld.html", "company places posted expires html"),
    ("paylocity", GUID, "paylocity/paylocity-detail-sendcutsend-jsonld.html", "company places pay posted html"),
    (
        "workatastartup",
        {"site": "a"},
        "workatastartup/workatastartup-detail-diode-senior.html",
        "company places pay posted html employment",
    ),
]


@pytest.mark.parametrize(("kind", "options", "file", "number", "fields"), LISTS, ids=[each[2] for each in LISTS])
def test_a_recorded_listing_is_read_in_full(kind: str, options: dict[str, Any], file: str, number: int, fields: str) -> None:
    module = plugins.load("sources", kind)
    chosen = module.Options.model_validate(options)
    request = module.first(chosen, Asking())[0]
    reading = module.read(Page(request, request.url, (SAMPLES / file).read_bytes(), NOW), chosen)
    assert len(reading.postings) == number
    assert reading.problems == ()
    for name in fields.split():
        has = [bool(getattr(posting, name.rstrip("*"))) for posting in reading.postings]
        assert all(has) if name.endswith("*") else any(has), name


@pytest.mark.parametrize(("kind", "options", "file", "fields"), DETAILS, ids=[each[2] for each in DETAILS])
def test_recorded_details_are_read_in_full(kind: str, options: dict[str, Any], file: str, fields: str) -> None:
    module = plugins.load("sources", kind)
    raw = RawPosting("1", "https://example.org/1", "Job", detailed=False)
    page = Page(Request(raw.url), raw.url, (SAMPLES / file).read_bytes(), NOW)
    found = module.read_detail(page, raw, module.Options.model_validate(options))
    assert found.detailed
    assert [name for name in fields.split() if not getattr(found, name)] == []
