"""First half of the story: what a source says becomes alerts owed, once, and only for what is new, changed or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.config.load import load
from alerts.daemon.bootstrap import with_plan
from alerts.sandbox.reader import Reader

OUT = """
[channels.out]
kind = "file"
path = "{folder}/out.jsonl"
"""
BOARD = """
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "SITE"
"""
SEARCH = """
[[searches]]
name = "engineers"
title = ["engineer"]
"""


def job(
    number: int, title: str = "Software Engineer", place: str = "Berlin, Germany", *, group: int = 0, text: str = "", **more
) -> dict:
    return {
        "id": number,
        "internal_job_id": group or number + 90_000,
        "title": title,
        "location": {"name": place},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": text or f"<p>Work number {number} on our {title.lower()} team, with its own tasks and tools.</p>",
        "first_published": "2026-11-20T10:00:00-05:00",
        **more,
    }


def board(stage, *jobs: dict) -> None:
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": list(jobs)}


@pytest.fixture
def acme(stage):
    """A board with one job that was read for the first time."""
    board(stage, job(1, "Old Engineer"))
    stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder))
    assert stage.round() == [], "what was there before anybody asked is not told"
    stage.wait()
    return stage


def told(alerts: list[dict]) -> list[tuple[str, str]]:
    return sorted((alert["event"], alert["posting"]["title"]) for alert in alerts)


def test_a_new_job_is_told_once_with_the_reason(acme):
    board(acme, job(1, "Old Engineer"), job(2))
    alerts = acme.round()
    assert told(alerts) == [("new", "Software Engineer")]
    assert alerts[0]["reasons"]
    acme.wait()
    assert acme.round() == []


def test_what_no_search_wants_is_kept_and_not_told(acme):
    board(acme, job(1, "Old Engineer"), job(2, "Nurse"))
    assert acme.round() == []
    assert acme.means.store.postings.count() == (2, 2, 2)


def test_one_job_in_three_cities_is_one_alert_that_names_them(acme):
    cities = ["Berlin, Germany", "Paris, France", "Madrid, Spain"]
    board(acme, job(1, "Old Engineer"), *(job(10 + n, place=city, group=777) for n, city in enumerate(cities)))
    alerts = acme.round()
    assert told(alerts) == [("new", "Software Engineer")]
    assert len(alerts[0]["sources"]) == 3


def test_a_copy_on_another_board_is_not_told_again(acme):
    board(acme, job(1, "Old Engineer"), job(2))
    assert len(acme.round()) == 1
    acme.pages["/feed"] = Given(
        b"<rss version='2.0'><channel><title>All jobs</title><item><title>Software Engineer</title><guid>x</guid>"
        b"<link>https://www.acme.example/careers?gh_jid=2&amp;utm_source=x</link></item></channel></rss>",
        content_type="application/rss+xml",
    )
    acme.configure(BOARD + '[[sources]]\nkind="rss"\nurl="SITE/feed"\ncompany="Acme"\n' + SEARCH + OUT.format(folder=acme.folder))
    acme.wait()
    assert acme.round() == []
    acme.wait()
    assert acme.means.store.postings.count()[:2] == (2, 3), "two jobs, three listings"


def test_a_change_is_told_to_those_who_asked_with_before_and_after(acme):
    more = SEARCH.replace("[[searches]]", '[[searches]]\nevents = ["new", "changed"]')
    acme.configure(BOARD + more + OUT.format(folder=acme.folder))
    board(acme, job(1, "Old Engineer"), job(2, text="<p>Pay: €60,000 - €70,000 per year</p>"))
    assert told(acme.round()) == [("new", "Software Engineer")]
    acme.wait()
    board(acme, job(1, "Old Engineer"), job(2, text="<p>Pay: €80,000 - €90,000 per year</p>"))
    alerts = acme.round()
    assert told(alerts) == [("changed", "Software Engineer")]
    assert "60" in alerts[0]["changes"][0]["before"]
    assert "90" in alerts[0]["changes"][0]["after"]


def test_noise_is_no_change(acme):
    board(acme, job(1, "Old Engineer", updated_at="2026-11-23T10:00:00Z", company_name="ACME, Inc."))
    acme.round()
    assert [report.recorded.changed for report in acme.poll()] == [0]


def test_a_job_that_begins_to_match_after_a_change_is_told_as_new(acme):
    board(acme, job(1, "Old Engineer"), job(2, "Maintenance Technician"))
    assert acme.round() == []
    acme.wait()
    board(acme, job(1, "Old Engineer"), job(2, "Maintenance Engineer"))
    assert told(acme.round()) == [("new", "Maintenance Engineer")]


def closed_after(stage, listings: int, step: timedelta) -> list[dict]:
    alerts = []
    for _ in range(listings):
        stage.wait(step)
        alerts += stage.round()
    return alerts


@pytest.fixture
def closing(acme):
    acme.configure(
        BOARD
        + SEARCH.replace("[[searches]]", '[[searches]]\nevents = ["new", "closed", "reopened"]')
        + OUT.format(folder=acme.folder)
    )
    board(acme, *(job(n) for n in range(1, 6)))
    acme.round()
    return acme


def test_a_posting_is_closed_after_three_complete_listings_and_six_hours(closing):
    board(closing, *(job(n) for n in range(1, 5)))
    assert closed_after(closing, 2, timedelta(hours=5)) == []
    assert told(closed_after(closing, 1, timedelta(hours=2))) == [("closed", "Software Engineer")]


def test_an_id_that_vanishes_for_hours_and_comes_back_is_no_news(closing):
    board(closing, *(job(n) for n in range(1, 5)))
    assert closed_after(closing, 2, timedelta(hours=1)) == []
    board(closing, *(job(n) for n in range(1, 6)))
    assert closed_after(closing, 4, timedelta(hours=5)) == []


def test_a_closed_job_that_comes_back_is_reopened_never_new(closing):
    board(closing, *(job(n) for n in range(1, 5)))
    assert told(closed_after(closing, 3, timedelta(hours=4))) == [("closed", "Software Engineer")]
    board(closing, *(job(n) for n in range(1, 6)))
    assert told(closed_after(closing, 1, timedelta(hours=4))) == [("reopened", "Software Engineer")]


def test_an_unchanged_answer_still_counts_for_what_it_lacks(closing):
    """The board answers 304 after the job has gone: the listing without it is repeated all the same."""
    board(closing, *(job(n) for n in range(1, 5)))
    assert told(closed_after(closing, 4, timedelta(hours=4))) == [("closed", "Software Engineer")]
    assert [status for _, status in closing.site.journal][-2:] == [304, 304]


@pytest.mark.parametrize(
    "page",
    [
        {"jobs": []},
        {"jobs": [job(1)]},
        Given(b"<html><title>Sign in</title></html>", content_type="text/html"),
        Given(b"", 503),
        Given(b'{"jobs": [', 200),
    ],
    ids=["empty after many", "a sharp drop, once", "a login page", "an error", "cut off"],
)
def test_a_suspicious_answer_closes_nothing(closing, page):
    good = closing.pages["/v1/boards/acme/jobs"]
    for _ in range(3):
        closing.pages["/v1/boards/acme/jobs"] = page
        assert closed_after(closing, 1, timedelta(hours=8)) == []
        closing.pages["/v1/boards/acme/jobs"] = good
        assert closed_after(closing, 1, timedelta(hours=8)) == []
    assert closing.means.store.postings.count() == (5, 5, 5)


def test_a_sharp_drop_that_repeats_counts(closing):
    board(closing, job(1), job(2))
    assert told(closed_after(closing, 5, timedelta(hours=4))) == [("closed", "Software Engineer")] * 3


def test_a_failure_is_kept_with_its_reason_and_patience_grows(acme):
    acme.pages["/v1/boards/acme/jobs"] = Given(b"", 500)
    waits = []
    for _ in range(4):
        (report,) = acme.poll()
        assert "500" in report.error
        state = acme.means.store.sources.state(report.source.key)
        waits.append(state.due - acme.now)
    assert waits == sorted(waits)
    assert waits[-1] > waits[0] * 4
    assert state.failures == 4


def test_a_fault_of_our_own_is_a_failure_of_that_poll(acme):
    class Broken(Reader):
        def read(self, kind, page, options):
            raise ZeroDivisionError("oh")

    good = acme.means
    board(acme, job(1, "Old Engineer"), job(2))
    acme._means = replace(good, reader=Broken(inline=True))
    (report,) = acme.poll()
    assert "fault of job-alerts (ZeroDivisionError: oh)" in report.error
    assert acme.means.store.sources.state(report.source.key).failures == 1
    acme._means = good
    assert told(acme.round()) == [("new", "Software Engineer")]


def test_a_new_search_tells_nothing_old(acme):
    board(acme, job(1, "Old Engineer"), job(2, "Nurse"))
    acme.round()
    nurses = '[[searches]]\nname="nurses"\ntitle=["nurse"]\n'
    acme.configure(BOARD + SEARCH + nurses + OUT.format(folder=acme.folder))
    acme.wait()
    assert acme.round() == []


def test_backfill_tells_what_is_recent_the_first_time_in_one_message(acme):
    board(
        acme,
        job(1, "Old Engineer"),
        *(job(n, "Nurse") for n in range(2, 6)),
        job(9, "Nurse", first_published="2026-09-01T10:00:00Z"),
    )
    acme.round()
    nurses = '[[searches]]\nname="nurses"\ntitle=["nurse"]\nbackfill="7d"\n'
    acme.configure(BOARD + SEARCH + nurses + OUT.format(folder=acme.folder))
    assert told(acme.round()) == [("new", "Nurse")] * 4, "not the one of September"
    assert len(acme.means.store.outbox.deliveries()) == 1
    acme.configure(BOARD + SEARCH + nurses.replace('"7d"', '"8d"') + OUT.format(folder=acme.folder))
    assert acme.round() == [], "an edit keeps what was told"


def test_backfill_holds_for_a_new_source_too(stage):
    board(stage, job(1), job(2, first_published="2026-01-01T10:00:00Z"))
    stage.configure(BOARD + SEARCH + 'backfill = "7d"\n' + OUT.format(folder=stage.folder))
    alerts = stage.round()
    assert told(alerts) == [("new", "Software Engineer")]


def test_two_searches_that_want_one_job_make_one_alert_that_names_both(acme):
    acme.configure(BOARD + SEARCH + '[[searches]]\nname="software"\ntitle=["software"]\n' + OUT.format(folder=acme.folder))
    acme.round()
    board(acme, job(1, "Old Engineer"), job(2))
    alerts = acme.round()
    assert len(alerts) == 1
    assert alerts[0]["search"] == "engineers · software"


def test_a_crash_before_the_last_commit_means_that_the_poll_is_done_again(acme):
    """What was recorded until then is known, and told once; what vouches for the list is not remembered."""
    vouching = acme.means.store.sources.validators(acme.means.plan.sources[0].key)
    board(acme, job(1, "Old Engineer"), job(2))
    store = acme.means.store
    keep_good = store.sources.keep_good

    class CutOffError(BaseException):
        pass

    def cut(*_args, **_more):
        raise CutOffError

    store.sources.keep_good = cut
    with pytest.raises(CutOffError):
        acme.poll()
    store.sources.keep_good = keep_good
    store.sources.release_all()
    assert store.sources.validators(acme.means.plan.sources[0].key) == vouching
    assert store.postings.count() == (2, 2, 2)
    assert told(acme.round()) == [("new", "Software Engineer")]
    acme.wait()
    assert acme.round() == []


# --- details --------------------------------------------------------------------------------------------------------

SMART = '[[sources]]\nname="Smart"\nkind="smartrecruiters"\nsite="acme"\nbase_url="SITE"\n'


def listed(*rows: tuple[str, str]) -> dict:
    content = [
        {
            "id": number,
            "name": title,
            "company": {"identifier": "acme", "name": "Acme"},
            "releasedDate": "2026-11-20T10:00:00.000Z",
        }
        | {"location": {"city": "Berlin", "country": "de"}}
        for number, title in rows
    ]
    return {"offset": 0, "limit": 100, "totalFound": len(content), "content": content}


def detail(number: str, title: str, text: str) -> dict:
    row = listed((number, title))["content"][0]
    return row | {"active": True, "jobAd": {"sections": {"jobDescription": {"title": "Job", "text": f"<p>{text}</p>"}}}}


def asked(stage) -> list[str]:
    return [one.path.rsplit("/", 1)[1] for one, _ in stage.site.journal if one.path.rsplit("/", 1)[1][:1].isdigit()]


@pytest.fixture
def smart(stage):
    stage.pages["/v1/companies/acme/postings"] = listed()
    search = '[[searches]]\nname="x"\ntitle=["engineer"]\nkeywords=["kubernetes"]\n'
    stage.configure(SMART + search + OUT.format(folder=stage.folder))
    stage.round()
    return stage


def test_details_are_asked_for_only_where_a_search_could_still_want_the_posting(smart):
    smart.pages["/v1/companies/acme/postings"] = listed(("1", "Platform Engineer"), ("2", "Nurse"))
    smart.pages["/v1/companies/acme/postings/1"] = detail("1", "Platform Engineer", "We run Kubernetes.")
    alerts = smart.round()
    assert told(alerts) == [("new", "Platform Engineer")]
    assert asked(smart) == ["1"]
    (state,) = smart.means.store.sources.states()
    assert state.saved == 1, "the request that was saved is counted"


def test_details_that_do_not_come_are_asked_for_again_at_the_next_poll(smart):
    smart.pages["/v1/companies/acme/postings"] = listed(("1", "Platform Engineer"))
    assert smart.round() == [], "without its text nobody knows yet"
    smart.wait()
    smart.pages["/v1/companies/acme/postings/1"] = detail("1", "Platform Engineer", "We run Kubernetes.")
    assert told(smart.round()) == [("new", "Platform Engineer")]


def test_details_are_bounded_and_taken_up_at_the_next_poll(stage):
    stage.pages["/v1/companies/acme/postings"] = listed()
    text = SMART + '[[searches]]\nname="x"\ntitle=["engineer"]\n' + OUT.format(folder=stage.folder)
    stage.configure(text)
    with_details(stage, 2)
    stage.round()
    rows = [(str(n), f"Engineer {n}") for n in range(1, 6)]
    stage.pages["/v1/companies/acme/postings"] = listed(*rows)
    for number, title in rows:
        stage.pages[f"/v1/companies/acme/postings/{number}"] = detail(number, title, f"Number {number} does its own work.")
    counts = []
    for _ in range(3):
        stage.wait()
        counts.append(len(stage.round()))
    assert counts == [2, 2, 1]


def with_details(stage, most: int) -> None:
    """Take the configuration once more, with so many details a poll."""
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace('gather="0s"', f'gather="0s"\ndetails={most}'))
    stage._means = with_plan(stage.means, load(path, {}), stage.now)


def serve(stage, *rows: tuple[str, str], details: bool = True) -> None:
    stage.pages["/v1/companies/acme/postings"] = listed(*rows)
    for number, title in rows:
        page = detail(number, title, f"We run Kubernetes, and number {number} does its own work.")
        stage.pages[f"/v1/companies/acme/postings/{number}"] = page if details else Given(b"", 500)


@pytest.fixture
def technicians(smart):
    """Four jobs that no search wants, their details never asked for."""
    serve(smart, *((str(n), f"Technician {n}") for n in range(1, 5)))
    assert smart.round() == []
    smart.wait()
    return smart


def later(stage, polls: int) -> list[dict]:
    alerts = []
    for _ in range(polls):
        stage.wait()
        alerts += stage.round()
    return alerts


def test_changed_postings_beyond_the_room_for_details_are_told_at_later_polls(technicians):
    """Red before: what found no room was forgotten, the list's validators being kept for it."""
    with_details(technicians, 2)
    serve(technicians, *((str(n), f"Engineer {n}") for n in range(1, 5)))
    alerts = technicians.round() + later(technicians, 3)
    assert told(alerts) == [("new", f"Engineer {n}") for n in range(1, 5)]


def test_a_changed_posting_whose_details_fail_once_is_told_at_the_next_poll(technicians):
    serve(technicians, *((str(n), f"Engineer {n}") for n in range(1, 5)), details=False)
    assert technicians.round() == []
    technicians.wait()
    serve(technicians, *((str(n), f"Engineer {n}") for n in range(1, 5)))
    assert told(technicians.round()) == [("new", f"Engineer {n}") for n in range(1, 5)]


def test_the_tries_for_the_details_of_a_change_are_counted_and_end(technicians):
    """What never comes is not asked for without end; the posting is judged by what its list says."""
    serve(technicians, ("1", "Engineer 1"), ("2", "Technician 2"), details=False)
    later(technicians, 12)
    first = len(asked(technicians))
    later(technicians, 3)
    assert 3 <= len(asked(technicians)) == first
    (known,) = technicians.means.store.postings.known(technicians.means.plan.sources[0].key, ["1"]).values()
    assert technicians.means.store.postings.get(known.id).posting.title == "Engineer 1"


def test_a_change_that_is_taken_back_before_its_details_came_is_no_news(technicians):
    serve(technicians, ("1", "Engineer 1"), ("2", "Technician 2"), details=False)
    technicians.round()
    technicians.wait()
    serve(technicians, ("1", "Technician 1"), ("2", "Technician 2"))
    assert technicians.round() + later(technicians, 2) == []
    assert technicians.means.store.postings.pending_of(technicians.means.plan.sources[0].key) == []


def test_an_edited_search_does_not_make_an_outstanding_job_an_old_one(smart):
    """A reload while details are outstanding: the job is as new as it was (it was taken for one of the first day)."""
    serve(smart, ("1", "Platform Engineer"), details=False)
    assert smart.round() == []
    more = '[[searches]]\nname="x"\ntitle=["engineer"]\nkeywords=["kubernetes", "nomad"]\n'
    smart.configure(SMART + more + OUT.format(folder=smart.folder))
    smart.wait()
    serve(smart, ("1", "Platform Engineer"))
    assert told(smart.round()) == [("new", "Platform Engineer")]
