"""Which job a posting is, what of that is kept, and what several pages or searches say together."""

from __future__ import annotations

import hashlib
import json

import pytest

from alerts.cli.demo.site import Given
from alerts.model.event import EventKind
from alerts.model.page import Asking
from alerts.model.search import Answer, Match
from alerts.notify.enqueue import enqueue
from alerts.plugins import load
from alerts.poll.crawl import crawl, request_key
from alerts.sandbox.reader import Reader
from tests.story.test_poll import BOARD, OUT, SEARCH, SMART, acme, board, detail, job, listed, told

__all__ = ["acme"]
TEXT = "You keep the machines of the hall running, plan their repair and teach the night crew how to care for them."
TITLE = "Machine Engineer"


@pytest.fixture
def twins(stage):
    """A job on one board; the same on a second one, of which the details are outstanding."""
    board(stage, job(1, "Old Engineer"))
    stage.pages["/v1/companies/acme/postings"] = listed()
    stage.configure(
        BOARD + SMART + SEARCH.replace("[[searches]]", '[[searches]]\nkeywords=["machines"]') + OUT.format(folder=stage.folder)
    )
    stage.round()
    stage.wait()
    board(stage, job(1, "Old Engineer"), job(2, TITLE, text=f"<p>{TEXT}</p>"))
    stage.pages["/v1/companies/acme/postings"] = listed(("1", TITLE))
    assert told(stage.round()) == [("new", TITLE)]
    stage.wait()
    stage.pages["/v1/companies/acme/postings/1"] = detail("1", TITLE, TEXT)
    return stage


def jobs(stage) -> list[int]:
    return [row["job"] for row in stage.means.store.ledger.rows("SELECT job FROM postings ORDER BY id")]


def test_what_turns_out_to_be_a_known_job_is_joined_with_it(twins):
    before = jobs(twins)
    assert twins.round() == []
    assert (len(set(before)), len(set(jobs(twins)))) == (3, 2)


def test_jobs_that_the_user_parted_are_not_joined_by_the_details_that_follow(twins):
    _, first, second = sorted(set(jobs(twins)))
    twins.means.store.postings.pair(first, second, "different", ["parted by the user"], twins.now, by_user=True)
    assert told(twins.round()) == [("new", TITLE)]
    assert len(set(jobs(twins))) == 3


def test_a_job_that_is_possibly_another_is_remembered_beside_it(acme):
    other = f"<p>{TEXT} Danish is spoken there.</p>"
    board(acme, job(1, "Old Engineer"), job(2, TITLE, text=f"<p>{TEXT}</p>", group=9))
    acme.round()
    acme.wait()
    board(acme, job(1, "Old Engineer"), job(2, TITLE, text=f"<p>{TEXT}</p>", group=9), job(3, f"{TITLE} II", text=other, group=9))
    assert len(acme.round()) == 1
    _, first, second = sorted(set(jobs(acme)))
    assert acme.means.store.postings.pairs_of(second) == [(first, "likely", False)]


def test_a_sentence_that_many_postings_begin_to_share_is_no_news_of_any(acme):
    """Not even to a search that would want them for it: the company, not the job, changed."""
    acme.configure(BOARD + '[[searches]]\nname="k"\nkeywords=["kubernetes"]\n' + OUT.format(folder=acme.folder))
    old = [job(number, f"Engineer {number}") for number in range(1, 5)]
    board(acme, *old)
    acme.round()
    acme.wait()
    about = "<p>About us: our whole platform and all of our many tools run on Kubernetes since last summer.</p>"
    board(acme, *(one | {"content": one["content"] + about} for one in old))
    assert acme.round() == []


@pytest.mark.parametrize("scores", [(1.0, 3.0), (3.0, 1.0)])
def test_of_two_matches_the_better_is_the_score(acme, scores):
    board(acme, job(1, "Old Engineer"), job(2))
    acme.poll()
    (saved,) = acme.means.plan.searches
    found = [(saved, Match(saved.name, True, Answer.YES, (), score)) for score in scores]
    assert enqueue(acme.means.store, acme.means.plan, 1, EventKind.NEW, found, acme.now, key="again") == 1
    assert [alert.score for alert in acme.means.store.outbox.told(1) if alert.key == "again"] == [3.0]


def test_the_first_of_several_pages_vouches_for_none_of_the_others(stage):
    """A source was asked for one word; now it is asked for two. The first answer is the old one, the second is news."""
    page = {"total": {"value": 0}, "hits": []}
    stage.pages["/search"] = lambda asked: Given(json.dumps(page | {"for": "nurse" * ("nurse" in asked.path)}).encode())
    words = '[[sources]]\nkind="jobtech"\nbase_url="SITE"\nsearch=["baker", "nurse"]\n'
    means = stage.configure(words + SEARCH + OUT.format(folder=stage.folder))
    (source,) = means.plan.sources
    asked, _ = load("sources", source.kind).first(source.options, Asking())
    body = hashlib.sha256(json.dumps(page | {"for": ""}).encode()).hexdigest()[:32]
    known = {request_key(asked): {"body": body}}
    listing = crawl(source, known, Asking(), means.fetcher, Reader(inline=True), stage.now)
    assert (listing.unchanged, listing.requests) == (False, 2)
    assert listing.validators == {}, "and neither will vouch for both the next time"
