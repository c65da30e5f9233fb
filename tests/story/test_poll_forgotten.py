"""What was closed for so long that its text, or all but its name, is gone comes back as known, and is not told again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.daemon import retention
from tests.story.test_poll import BOARD, OUT, SEARCH, board, job, told

TEXTS = '[[searches]]\nname="pumps"\nkeywords=["pumps"]\n'
FRAME = '[[searches]]\nname="berlin"\nlocations=["Berlin"]\n[[searches]]\nname="data"\ntitle=["data"]\n'
LONG = timedelta(days=800)


@pytest.fixture
def acme(stage):
    """Job 2 was told and job 3 was there before anybody asked; both were closed for long, and are forgotten."""
    board(stage, job(1, "Nurse"), job(3, "Old Engineer", text="<p>Work on pumps.</p>"))
    stage.configure(BOARD + SEARCH + TEXTS + FRAME + OUT.format(folder=stage.folder))
    assert stage.round() == []
    stage.wait()
    board(stage, job(1, "Nurse"), job(2, "Software Engineer"), job(3, "Old Engineer", text="<p>Work on pumps.</p>"))
    assert told(stage.round()) == [("new", "Software Engineer")]
    board(stage, job(1, "Nurse"))
    for _ in range(4):
        stage.wait(timedelta(days=1))
        assert stage.round() == []
    assert stage.means.store.postings.count()[2] == 1
    return stage


def come_back(stage, *jobs: dict) -> list[tuple[str, str]]:
    board(stage, job(1, "Nurse"), *jobs)
    return told(stage.round())


@pytest.mark.parametrize("times", [1, 2], ids=["without its text", "a tombstone"])
def test_what_comes_back_is_known_and_not_told_again(acme, times):
    """Though two searches find only now what they ask for: in the text, in the place."""
    acme.wait(times * LONG)
    assert retention.tend(acme.means, acme.now)
    acme.wait()
    old = job(3, "Old Engineer", text="<p>Work on pumps.</p>")
    assert come_back(acme, job(2, "Software Engineer"), old) == []
    postings = acme.means.store.postings
    assert postings.count() == (3, 3, 3)
    (again,) = postings.find("3", [])
    assert "pumps" in again.posting.text, "it is whole again"
    acme.wait()
    changed = job(3, "Old Engineer", place="Paris, France", text="<p>Work on pumps.</p>")
    assert come_back(acme, job(2, "Software Engineer"), changed) in ([], [("changed", "Old Engineer")])


def test_another_title_under_an_id_that_comes_back_is_another_job(acme):
    acme.wait(2 * LONG)
    assert retention.tend(acme.means, acme.now)
    acme.wait()
    assert come_back(acme, job(3, "Data Engineer", text="<p>Something else.</p>")) == [("new", "Data Engineer")]


def test_it_is_done_once_a_day_and_a_clock_in_1970_harms_nothing(acme):
    acme.wait(LONG)
    assert "2 postings lost their text" in (retention.tend(acme.means, acme.now) or "")
    assert retention.tend(acme.means, acme.now + timedelta(hours=1)) is None
    start = acme.now.replace(year=1970, month=1, day=1)
    assert retention.tend(acme.means, start) is None
