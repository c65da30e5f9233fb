"""A flood of matches is a question or a digest, never a hundred messages, and no alert of it is lost.

``pytest tests/drills/test_noise.py -s`` prints the tallies.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest

from alerts.notify.hold import release
from tests.drills.house import job
from tests.drills.noise import CHANNELS, Noise

SEARCH = '[[searches]]\nname="engineers"\ntitle=["engineer"]\n'


@pytest.fixture
def noise(tmp_path):
    with ExitStack() as stack:
        yield Noise(tmp_path, stack)


def test_a_flood_of_new_matches_in_one_poll_is_one_question(noise):
    count = 600
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(1)]}
    noise.configure(SEARCH)
    noise.stage.poll()
    noise.stage.wait()
    noise.publish(count)
    noise.deliver()
    print(noise.said(f"{count} new matches in one poll"))
    for name in CHANNELS:
        assert (noise.tallies[name].messages, noise.tallies[name].questions) == (1, 1)
        assert noise.states()[name] == {"owed": count}
    for delivery, _, _, _ in noise.stage.means.store.floods.held():
        assert release(noise.stage.means.store, delivery, noise.stage.now, 10)
    noise.deliver()
    print(noise.said("… of which the operator wants the best ten"))
    assert all(noise.tallies[name].messages == 2 for name in CHANNELS)
    assert all(noise.states()[name] == {"sent": 10, "dropped": count - 10} for name in CHANNELS)


@pytest.mark.drill
@pytest.mark.parametrize("count", [5_000, 10_000])
def test_thousands_of_owed_alerts_are_one_question_and_no_long_transaction(noise, count):
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(1)]}
    noise.configure(SEARCH)
    noise.stage.poll()
    noise.owe(count, "engineers")
    noise.deliver(1)
    print(noise.said(f"{count} alerts owed to each channel"))
    for name in CHANNELS:
        assert (noise.tallies[name].messages, noise.tallies[name].questions) == (1, 1)
        assert noise.states()[name] == {"owed": count}


def test_the_first_day_of_a_new_user_is_one_digest(noise):
    """Six boards, 326 jobs that six searches tell of the last week."""
    sources = searches = ""
    for board in range(6):
        sources += f'[[sources]]\nname="B{board}"\nkind="greenhouse"\nboard="b{board}"\nbase_url="SITE"\n'
        searches += f'[[searches]]\nname="s{board}"\ntitle=["engineer"]\ncompanies=["Company{board}"]\nbackfill="30d"\n'
        jobs = [job(1000 * board + number) | {"company_name": f"Company{board}"} for number in range(54 + (board < 2))]
        noise.stage.pages[f"/v1/boards/b{board}/jobs"] = {"jobs": jobs}
    noise.configure(searches, sources)
    noise.stage.poll()
    noise.deliver(24)
    print(noise.said("the first day of a new user: 326 jobs on six boards"))
    for name in CHANNELS:
        states = noise.states()[name]
        assert set(states) == {"sent", "counted"}
        assert sum(states.values()) == 326
        assert noise.tallies[name].messages == 1
    hook = noise.tallies["hook"]
    assert (hook.shown, hook.counted) == (noise.states()["hook"]["sent"], noise.states()["hook"]["counted"])
    noise.stage.wait(timedelta(days=1))
