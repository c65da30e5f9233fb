"""An address that a search names is read while the daemon works: its start and its reload wait for no server."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator

import pytest

from alerts.cli.demo.site import Given
from tests.drills.house import BOARD, HOOK, House

pytestmark = [pytest.mark.drill, pytest.mark.timeout(120)]
#: Another name of the same server: a page that hangs holds up its own host, and the board is on another.
LIKE = '[[searches]]\nname="alike"\nlike=["ELSEWHERE/jobs/7"]\n'
#: In the table [network]: longer than a machine that others use takes for two readings.
PATIENT = 'deadline="90s"\n'
MARKS = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Engineer",
    "description": "Work of its own, number 7.",
}


@pytest.fixture
def slow() -> Iterator[threading.Event]:
    """The page is answered when this is set."""
    answer = threading.Event()
    yield answer
    answer.set()


@pytest.fixture
def house(slow: threading.Event) -> Iterator[House]:
    def page() -> Given:
        slow.wait(80)
        body = f"<html><head><script type='application/ld+json'>{json.dumps(MARKS)}</script></head></html>"
        return Given(body.encode(), 200, "text/html")

    with House() as house:
        house.others["/jobs/7"] = page
        yield house


def elsewhere(house: House) -> str:
    return LIKE.replace("ELSEWHERE", house.site.url.replace("127.0.0.1", "localhost"))


def test_ready_comes_before_the_page_and_what_came_meanwhile_is_told(house: House, slow: threading.Event):
    house.configure(PATIENT + BOARD + elsewhere(house) + HOOK)
    with house.start() as daemon:
        daemon.ready()
        daemon.until(lambda: house.reads > 1)
        assert not slow.is_set()
        assert "the search rests until it is" in daemon.log()
        house.published.append(1002)
        reads = house.reads
        daemon.until(lambda: house.reads > reads + 1)
        assert house.hooked == []
        slow.set()
        daemon.until(lambda: house.hooked)
        assert [numbers for _, numbers in house.hooked] == [[1002]]


def test_a_reload_waits_for_no_page(house: House, slow: threading.Event):
    house.configure(BOARD + HOOK)
    with house.start() as daemon:
        daemon.ready()
        house.configure(PATIENT + BOARD + elsewhere(house) + HOOK)
        daemon.signal(signal.SIGHUP)
        daemon.ready()
        assert not slow.is_set()
        slow.set()
        daemon.signal(signal.SIGTERM)
        assert daemon.ended() == 0
