"""Adding a place at the desk: looked at by the daemon, shown, and written by one press; the desk fetches nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from alerts.config.load import load
from alerts.daemon import wishes
from alerts.daemon.bootstrap import at_work
from alerts.fetch.fetcher import Fetcher
from alerts.sandbox.reader import Reader
from tests.discover.elsewhere import Web, greenhouse

PLACE = "https://boards.greenhouse.io/acme"


def daemon_looks(house, web: Web) -> None:
    """The daemon comes to its chore."""
    with at_work(load(house.path, {}), house.now, Reader(inline=True)) as means, web.site, web.client() as client:
        wishes.take_looks(replace(means, fetcher=Fetcher(client, pace=0)), house.now)


def ask(person, address=PLACE, do="look"):
    return person.do("/sources/add", {"address": address, "do": do}, on="/sources")


def wish_of(page) -> str:
    return re.search(r"wish=(\d+)", str(page.url))[1]


def test_a_pasted_address_is_looked_at_shown_and_written(house):
    person, before = house.person(), house.path.read_text()
    assert 'action="/sources/add"' in person.get("/sources").text
    waits = ask(person)
    assert "Still looking" in waits.text
    assert "job-alerts is not running" in waits.text
    daemon_looks(house, Web(greenhouse("acme")))
    shown = person.get(f"/sources/add?wish={wish_of(waits)}")
    assert "What is there" in shown.text
    assert "openings" in shown.text
    assert "[[sources]]" in shown.text
    assert house.path.read_text() == before, "looking writes nothing"
    assert "dry run" not in shown.text
    done = person.do("/sources/add", {"wish": wish_of(waits), "do": "write"}, on="/sources/add")
    assert "is watched" in done.text
    left = iter(house.path.read_text().splitlines())
    assert all(line in left for line in before.splitlines()), "every line stays where it was"
    assert any(source.kind == "greenhouse" for source in load(house.path, {}).sources)
    with house.store() as store:
        assert store.requests.last("reload", "").state == "open"
    again = ask(person)
    daemon_looks(house, Web(greenhouse("acme")))
    assert "It is watched already" in person.get(f"/sources/add?wish={wish_of(again)}").text


def test_nothing_found_says_so_and_writes_nothing(house):
    person, before = house.person(), house.path.read_text()
    page = ask(person, "https://nothing.example/<script>alert(1)</script>")
    daemon_looks(house, Web({}))
    shown = person.get(f"/sources/add?wish={wish_of(page)}")
    assert "It cannot be watched" in shown.text
    assert "<script>alert" not in shown.text
    assert person.do("/sources/add", {"wish": wish_of(page), "do": "write"}).status_code == 404
    assert house.path.read_text() == before


def test_what_nobody_looked_at_cannot_be_written(house):
    person = house.person()
    with house.store() as store:
        other = store.requests.add("bob", "look", PLACE, house.now)
        store.requests.settle(other, house.now, '{"state": "would", "table": {"url": "https://evil.example"}}')
        reading = store.requests.add("", "read", "x", house.now)
    open_one = wish_of(ask(person))
    for wish in (str(other), str(reading), open_one, "0", "x", "9" * 30, ""):
        assert person.do("/sources/add", {"wish": wish, "do": "write"}).status_code == 404, wish
    assert person.do("/sources/add", {"address": " ", "do": "look"}).status_code == 422
    assert person.do("/sources/add", {"address": PLACE, "do": "format"}).status_code == 404
    assert "evil.example" not in house.path.read_text()
