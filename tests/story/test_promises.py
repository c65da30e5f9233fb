"""Promises that no test saw broken when the fault was put in on purpose (tests/mutants.toml)."""

from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.config.load import load
from alerts.daemon.bootstrap import at_work
from alerts.daemon.daemon import Daemon
from alerts.daemon.polls import HANGS
from alerts.poll.record import ECHO
from alerts.sandbox.reader import Reader

OUT = '[channels.out]\nkind="file"\npath="{folder}/out.jsonl"\n'
BOARD = '[[sources]]\nname="Acme"\nkind="greenhouse"\nboard="acme"\nevery="30m"\nbase_url="SITE"\n'
SEARCH = '[[searches]]\nname="engineers"\ntitle=["engineer"]\nevents=["new", "changed"]\n'
PAY = "<p>We build bridges together. Pay: €{}0,000 - €{}5,000 per year</p>"


def job(number: int, place: str = "Berlin, Germany", pay: int = 6, group: int = 0) -> dict:
    return {
        "id": number,
        "internal_job_id": group or number + 9000,
        "title": "Software Engineer",
        "location": {"name": place},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": PAY.format(pay, pay),
        "first_published": "2026-11-20T10:00:00-05:00",
    }


def serve(stage, *jobs: dict) -> None:
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": list(jobs)}


def cities(berlin: int, munich: int) -> list[dict]:
    return [job(2, pay=berlin, group=5), job(3, "Munich, Germany", pay=munich, group=5)]


@pytest.fixture
def two_cities(stage):
    """One job in two cities, told as new."""
    serve(stage)
    stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    stage.wait()
    serve(stage, *cities(6, 6))
    assert [alert["event"] for alert in stage.round()] == ["new"]
    stage.wait()
    return stage


def test_a_change_of_both_listings_of_a_job_is_told_once(two_cities):
    serve(two_cities, *cities(8, 6))
    assert [alert["event"] for alert in two_cities.round()] == ["changed"]
    two_cities.wait()
    serve(two_cities, *cities(8, 8))
    assert two_cities.round() == []


def test_a_change_that_comes_weeks_after_its_like_is_told(two_cities):
    serve(two_cities, *cities(8, 6))
    assert len(two_cities.round()) == 1
    two_cities.wait(ECHO + timedelta(hours=1))
    serve(two_cities, *cities(8, 8))
    assert [alert["event"] for alert in two_cities.round()] == ["changed"]


def test_of_two_searches_the_one_that_may_speak_first_decides_the_hour(stage):
    serve(stage)
    late = '[[searches]]\nname="a-late"\ntitle=["engineer"]\nwhen="daily 08:00"\n'
    stage.configure(BOARD + late + SEARCH + OUT.format(folder=stage.folder))
    stage.round()
    stage.wait()
    serve(stage, job(2))
    assert len(stage.round()) == 1, "at once, not in the morning"


def test_a_site_whose_robots_txt_forbids_a_page_is_not_asked_for_it(stage):
    stage.pages["/robots.txt"] = Given(b"User-agent: *\nDisallow: /jobs", 200, "text/plain")
    stage.pages["/jobs"] = Given(b"<html><body>jobs</body></html>", 200, "text/html")
    stage.configure('[[sources]]\nkind="page"\nurl="SITE/jobs"\n' + SEARCH + OUT.format(folder=stage.folder))
    (report,) = stage.poll()
    assert "robots.txt" in report.error
    assert [asked.path for asked, _ in stage.site.journal] == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_source_is_not_due_before_the_time_that_its_server_asked_for(stage, status):
    stage.pages["/v1/boards/acme/jobs"] = Given(b"", status, headers={"Retry-After": "36000"})
    stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder))
    assert stage.poll()[0].error
    (state,) = stage.means.store.sources.states()
    assert state.due >= stage.now + timedelta(hours=10)


def test_a_start_takes_up_what_a_killed_process_had_claimed(stage):
    serve(stage)
    path = stage.folder / "config.toml"
    frame = '[settings]\ndatabase="b.db"\ngather="0s"\n[network]\nallow_private=["127.0.0.1"]\npace="0s"\n'
    path.write_text(frame + (BOARD + SEARCH + OUT).replace("SITE", stage.site.url).format(folder=stage.folder))
    plan = load(path, {})
    with at_work(plan, stage.now, Reader(inline=True)) as means:
        means.store.outbox.notice("n1", "out", "subject", "text", stage.now)
        assert means.store.outbox.claim("out", stage.now, timedelta(hours=5))
    with at_work(plan, stage.now, Reader(inline=True)) as means:
        assert means.store.outbox.claim("out", stage.now, timedelta(hours=5))


@pytest.fixture
def daemon(stage):
    serve(stage)
    stage.configure(BOARD + SEARCH + OUT.format(folder=stage.folder))
    return Daemon(stage.folder / "config.toml", stage.means, tick=0.01)


def say_end(path) -> None:
    """A last word of our own, so that all that was said before can be read without waiting."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
        last.sendto(b"END", str(path))


def test_the_watchdog_is_not_fed_while_nothing_gets_done(daemon, tmp_path, monkeypatch):
    """The scheduler was never started."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "n"))
        heard.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "n"))
        monkeypatch.setenv("WATCHDOG_USEC", "20000")
        watch = threading.Thread(target=daemon._watch)
        watch.start()
        said = [heard.recv(4096)]
        daemon.stop()
        watch.join(30)
        say_end(tmp_path / "n")
        while (one := heard.recv(4096)) != b"END":
            said.append(one)
    assert b"nothing gets done" in said[0]
    assert not [one for one in said if b"WATCHDOG=1" in one]


def test_a_poll_that_hangs_counts_as_a_failure_of_its_source(daemon, stage):
    (source,) = stage.means.plan.sources
    daemon._polls._begun[source.key] = time.monotonic() - HANGS - 1
    daemon._polls.look()
    daemon._polls.look()
    state = stage.means.store.sources.state(source.key)
    assert state.failures == 1, "told once"
    assert "not come to an end" in state.error


def test_a_try_after_a_failed_write_that_a_wrong_clock_planned_is_planned_anew(daemon, stage):
    """The job ended just after the clock was put right, and counted from the old one."""
    (source,) = stage.means.plan.sources
    polls = daemon._polls
    polls._failed_writes[source.key] = 1
    polls._planned[source.key] = daemon._clock() + timedelta(days=3650)
    polls.plan()
    assert polls._planned[source.key] <= daemon._clock() + timedelta(minutes=5)
