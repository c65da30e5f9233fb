"""``poll`` for cron: one round sends what is owed, at the pace that each channel wants, and says what it leaves."""

from __future__ import annotations

from datetime import timedelta

from alerts.cli.commands._round import deliver_all, still_owed
from alerts.cli.demo.site import Given
from tests.story.test_deliver import FILE, SEARCH, begin, publish

SLACK = '[channels.slack]\nkind="slack"\nurl="SITE/services/T/B/x"\n'


def owe_five_messages(stage, channels: str = SLACK) -> None:
    stage.hook = lambda _asked: Given(b"ok", content_type="text/plain")
    searches = "".join(f'[[searches]]\nname="s{n}"\ntitle=["engineer {n}"]\n' for n in range(2, 7))
    begin(stage, channels, searches)
    publish(stage, *range(2, 7))


def round_of(stage, most: timedelta) -> tuple[list[str], list[float]]:
    """The states of its attempts, and how long it slept."""
    states: list[str] = []
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        stage.now += timedelta(seconds=seconds)

    deliver_all(stage.means, lambda: stage.now, most, lambda result: states.append(f"{result.channel} {result.state}"), sleep)
    return states, slept


def test_one_round_waits_out_the_pace(stage):
    owe_five_messages(stage)
    states, slept = round_of(stage, timedelta(minutes=5))
    assert states == ["slack sent"] * 5
    assert [round(seconds) for seconds in slept if seconds] == [1] * 4 or len(slept) >= 4
    assert list(still_owed(stage.means, stage.now)) == []


def test_it_ends_at_its_limit_and_says_what_stays_owed(stage):
    owe_five_messages(stage)
    states, _ = round_of(stage, timedelta(seconds=2.5))
    assert states == ["slack sent"] * 3
    assert list(still_owed(stage.means, stage.now)) == ["slack: messages stay owed; they go out with the next round"]


def test_a_slow_channel_holds_up_no_other(stage):
    owe_five_messages(stage, SLACK + FILE)
    states, _ = round_of(stage, timedelta(0))
    assert states.count("out sent") == 5
    assert states.count("slack sent") == 1


def test_a_channel_in_trouble_is_left_to_the_next_round(stage):
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, SLACK, SEARCH)
    publish(stage, 2)
    assert round_of(stage, timedelta(minutes=5)) == (["slack later"], [])
