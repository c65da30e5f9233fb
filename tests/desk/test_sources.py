"""Sources at the desk: trouble first and in words, what was read as a table, wishes that the daemon's chore does and answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.config.load import load
from alerts.daemon import wishes
from alerts.daemon.bootstrap import at_work
from alerts.desk.facets import source_code
from alerts.desk.picture import spark
from alerts.sandbox.reader import Reader

BLUEFIN = "Bluefin Analytics"


def key_of(house, name=BLUEFIN):
    with house.store() as store:
        return next(state.key for state in store.sources.states() if state.name == name)


def daemon_takes(house):
    """The daemon comes to its chore."""
    with at_work(load(house.path, {}), house.now, Reader(inline=True)) as means:
        wishes.take(means, house.now)


def test_every_source_is_there_with_what_it_brought(house):
    person = house.person()
    text = person.get("/sources").text
    assert BLUEFIN in text
    assert 'role="img" aria-label="Postings listed over' in text
    with house.store() as store:
        assert len(person.get("/sources.json").json()["sources"]) == len(store.sources.states())
    one = person.get(f"/sources/{source_code(key_of(house))}").text
    assert "Day by day" in one
    assert "The last readings" in one
    rows = person.get(f"/sources/{source_code(key_of(house))}.json").json()["readings"]
    assert [row["listed"] for row in rows] == [1, 3, 3, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("HTTP 410 Gone", "The page is gone"),
        ("HTTP 503", "The server itself has a fault"),
        ("HTTP 403", "It does not let us in"),
        ("could not connect", "job-alerts doctor"),
        ("<script>alert(1)</script> nothing we know", "nothing we know"),
    ],
)
def test_trouble_is_first_in_words_and_says_what_to_do(house, error, advice):
    with house.store() as store:
        store.sources.keep_bad(key_of(house), house.now, house.now + timedelta(hours=1), error)
    text = house.person().get("/sources").text
    assert "Needs attention (" in text
    assert text.index("Needs attention (") < text.index(BLUEFIN)
    assert advice in text
    assert "<script>alert" not in text
    assert "in trouble</span>" in text, "the room says so from everywhere"


def test_what_is_late_is_said_of_each_source_only_while_something_works(house):
    """Where nothing runs, that is one bar on every page, and no source is in trouble for it."""
    house.now += timedelta(days=1)
    assert "Needs attention" not in house.person().get("/sources").text
    with at_work(load(house.path, {}), house.now, Reader(inline=True)):
        text = house.person().get("/sources").text
    assert "Needs attention (" in text
    assert "ago and not done" in text


def test_read_now_is_a_wish_that_the_daemon_does_and_answers(house):
    key, person = key_of(house), house.person()
    with house.store() as store:
        store.sources.keep_bad(key, house.now, house.now + timedelta(days=1), "HTTP 503")
        before = store.sources.state(key)
    answer = person.do(f"/sources/{source_code(key)}", {"do": "read"}, on="/sources")
    assert "is being read now" in answer.text
    assert "job-alerts is not running: it is done at its next start" in answer.text
    with house.store() as store:
        assert store.sources.state(key) == before, "the desk itself changes nothing of a source"
        assert [wish.what for wish in store.requests.open()] == ["read"]
    daemon_takes(house)
    with house.store() as store:
        assert store.sources.due_at(key, house.now) == house.now
        assert store.requests.last("read", key).state == "done"
    assert "It is read now." in person.get("/sources").text


def test_a_pressed_button_twice_is_one_wish(house):
    person = house.person()
    for _ in range(2):
        person.do(f"/sources/{source_code(key_of(house))}", {"do": "read"})
    with house.store() as store:
        assert len(store.requests.open()) == 1


def test_a_pause_has_an_end_and_outlives_a_reading_under_way(house):
    key, person = key_of(house), house.person()
    person.do(f"/sources/{source_code(key)}", {"do": "pause"})
    daemon_takes(house)
    with house.store() as store:
        store.sources.keep_good(key, house.now, house.now, changed=False, listed=2, requests=1, saved=0)
        week = house.now + timedelta(days=7)
        assert store.sources.due_at(key, house.now + timedelta(hours=2)) == week
        assert store.sources.due_times(house.now + timedelta(hours=2))[key] == week
        assert key not in store.sources.due(week - timedelta(minutes=1))
        assert key in store.sources.due(week)
    assert "Paused by you until" in person.get("/sources").text
    person.do(f"/sources/{source_code(key)}", {"do": "resume"})
    daemon_takes(house)
    with house.store() as store:
        assert key in store.sources.due(house.now + timedelta(hours=2))


def test_a_wish_about_what_is_gone_is_refused_in_words(house):
    with house.store() as store:
        number = store.requests.add("", "read", "rss:gone", house.now)
        store.requests.add("", "dance", "rss:gone", house.now)
    daemon_takes(house)
    with house.store() as store:
        assert store.requests.open() == []
        found = store.requests.last("read", "rss:gone")
        assert (found.id, found.state) == (number, "refused")
        assert "not in the configuration any more" in found.answer


def test_unknown_sources_and_acts_are_not_there(house):
    person = house.person()
    assert person.get("/sources/0000").status_code == 404
    assert person.get("/sources/..%2f..%2fetc").status_code == 404
    assert person.do(f"/sources/{source_code(key_of(house))}", {"do": "explode"}).status_code == 404


@pytest.mark.parametrize("values", [[], [None], [0], [5], [None, 3], [3, None, 4], [0, 0, 0], list(range(20))])
def test_a_picture_stays_within_its_frame(values):
    found = spark(values, "Postings")
    known = [value for value in values if value is not None]
    assert (found is None) == (not known)
    if found:
        numbers = [float(one.strip("MLZ")) for one in found.path.replace("L", " ").replace("M", "").split()]
        assert all(0 <= x <= 120 for x in numbers[::2])
        assert all(0 <= y <= 32 for y in numbers[1::2])
        assert str(max(known)) in found.said
