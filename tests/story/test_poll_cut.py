"""A source that has more than is read in one go: it is said, and nothing that was left unread counts as closed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.cli.demo.site import Asked, Given
from alerts.daemon.report_lines import of_report
from alerts.notify import health
from alerts.poll.crawl import Bounds
from alerts.poll.poll import Poller, Report
from tests.story.test_poll import BOARD, OUT, SEARCH, board, job

ARBEIT = '[[sources]]\nname="Acme"\nkind="arbeitnow"\npages=50\nbase_url="SITE"\n'


def poll(stage, bounds: Bounds) -> Report:
    """One poll of the only source, within those bounds."""
    means = stage.means
    poller = Poller(
        store=means.store, plan=means.plan, matcher=means.matcher, fetcher=means.fetcher, reader=means.reader, bounds=bounds
    )
    stage.wait()
    if acme := stage.pages.get("/v1/boards/acme/jobs"):
        # Another body each time: an equal one is not read at all.
        acme["meta"] = stage.now.isoformat()
    return poller.poll(means.plan.sources[0], stage.now)


@pytest.fixture
def acme(stage):
    """A board of six jobs, all of them known."""
    board(stage, *(job(number, f"Engineer {number}") for number in range(1, 7)))
    stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder))
    stage.poll()
    return stage


def test_what_was_left_unread_is_said_and_never_closed(acme):
    """Red before: a page was taken whole whatever its size, and a list cut between pages said nothing."""
    for _ in range(30):
        report = poll(acme, Bounds(postings=4))
    assert report.listed == 4
    assert report.cut == "only the first 4 postings are read"
    assert report.cut in of_report(report)
    assert acme.means.store.postings.count() == (6, 6, 6), "jobs, postings, open ones"


def test_the_operator_hears_of_it_once_and_when_it_is_over(acme):
    poll(acme, Bounds(postings=4))
    (line,) = health.watch(acme.means, acme.now)
    assert line.startswith("source Acme has more than is read in one go: only the first 4 postings are read")
    key = acme.means.plan.sources[0].key
    assert acme.means.store.sources.state(key).trouble is not None, "status shows it"
    poll(acme, Bounds(postings=4))
    assert health.watch(acme.means, acme.now) == []
    board(acme, job(1, "Engineer 1"))
    poll(acme, Bounds())
    assert health.watch(acme.means, acme.now) == ["source Acme works again"]
    assert acme.means.store.sources.state(key).trouble is None


def test_pages_beyond_the_most_are_said_too(stage):
    """Each page of this list names another one."""

    def page(asked: Asked) -> Given:
        number = int(asked.path.partition("page=")[2].partition("&")[0] or 1)
        jobs = [{"slug": f"j{number}", "title": "Engineer", "url": f"https://e.org/{number}", "company_name": "Acme"}]
        return Given(json.dumps({"data": jobs, "links": {"next": f"page={number + 1}"}}).encode())

    stage.pages["/api/job-board-api"] = page
    stage.configure(ARBEIT + SEARCH + OUT.format(folder=stage.folder))
    report = poll(stage, Bounds(pages=3))
    assert (report.requests, report.cut) == (3, "only the first 3 pages are read")


def test_a_whole_listing_at_the_bound_is_not_cut(acme):
    assert poll(acme, replace(Bounds(), postings=6)).cut is None
    acme.wait(timedelta(days=1))
    assert health.watch(acme.means, acme.now) == []
