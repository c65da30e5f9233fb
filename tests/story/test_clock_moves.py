"""A clock that ran ahead, or behind, and was put right: nothing waits for it, and nothing looks old because of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.notify import awake, health
from tests.story.test_deliver import FILE, HOUR, begin, publish

HOOK = '[channels.hook]\nkind="webhook"\nurl="SITE/hook"\nsecret="a secret of some length"\n'
JUMPS = [HOUR, 24 * HOUR, 3650 * 24 * HOUR]


def run_ahead(stage, jump: timedelta) -> None:
    stage.now += jump
    stage.means.store.clock_moved(stage.now, jump)


def put_right(stage, jump: timedelta) -> None:
    stage.now -= jump
    stage.means.store.clock_moved(stage.now, -jump)


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("failures", [1, 6])
def test_a_message_that_failed_by_a_clock_that_ran_ahead_is_tried_by_the_right_one(stage, jump, failures):
    """Its next try, and the pause of the channel, stood hours or years away."""
    stage.hook = lambda _asked: Given(status=503)
    begin(stage, HOOK)
    publish(stage, 2)
    assert [one.state for one in stage.deliver()] == ["later"]
    run_ahead(stage, jump)
    for _ in range(failures):
        stage.wait(2 * HOUR)
        stage.deliver()
    stage.hook = lambda _asked: Given(status=204)
    put_right(stage, jump + failures * 2 * HOUR)
    assert [one.state for one in stage.deliver()] == ["sent"]


@pytest.mark.parametrize("jump", JUMPS[1:])
def test_also_where_the_daemon_did_not_run_when_it_was_put_right(stage, jump):
    stage.hook = lambda _asked: Given(status=503)
    begin(stage, HOOK)
    publish(stage, 2)
    stage.wait(jump)
    awake.awake(stage.means.store, stage.now)
    stage.deliver()
    stage.now -= jump
    stage.hook = lambda _asked: Given(status=204)
    stage.restart()
    assert [one.state for one in stage.deliver()] == ["sent"]


@pytest.mark.parametrize("jump", JUMPS)
def test_what_was_sent_by_a_clock_that_ran_ahead_fills_no_hour(stage, jump):
    begin(stage, FILE + "max_per_hour = 2\n")
    run_ahead(stage, jump)
    for number in (2, 3):
        publish(stage, number)
        assert [one.state for one in stage.deliver()] == ["sent"]
    put_right(stage, jump)
    stage.wait(timedelta(minutes=2))
    publish(stage, 4)
    assert [one.state for one in stage.deliver()] == ["sent"]


def test_a_start_in_the_past_makes_no_source_look_old(stage):
    """A small computer boots years ago, and learns the time a moment later."""
    begin(stage, FILE)
    publish(stage, *range(2, 30))
    run_ahead(stage, 3650 * 24 * HOUR)
    stage.wait(HOUR)
    stage.poll()
    assert health.watch(stage.means, stage.now) == []


def test_nor_failing_for_years(stage):
    begin(stage, FILE)
    stage.pages["/v1/boards/acme/jobs"] = Given(b"", 500)
    stage.wait()
    stage.poll()
    run_ahead(stage, 3650 * 24 * HOUR)
    stage.poll()
    assert health.watch(stage.means, stage.now) == []
