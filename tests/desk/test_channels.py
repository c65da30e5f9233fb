"""Channels at the desk: what was sent, waits, failed and why; tests and pauses as wishes, the outbox as the commands do it."""

from __future__ import annotations

import json
from datetime import timedelta

from alerts.config.load import load
from alerts.daemon import wishes
from alerts.daemon.bootstrap import at_work
from alerts.notify.deliver import deliver
from alerts.sandbox.reader import Reader


def daemon_takes(house):
    """The daemon comes to its chores; what it has to send goes out."""
    with at_work(load(house.path, {}), house.now, Reader(inline=True)) as means:
        wishes.take(means, house.now)
        wishes.take_tests(means, house.now)
        while deliver(means.plan.channels["out"], means, house.now):
            pass


def sent(house, start="n1"):
    """How many messages went out whose id begins so; the file has a line for each of their entries."""
    lines = (house.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if (entry := json.loads(line))["delivery"].startswith(start)]
    return max(sum(entry["entry"] == one["entry"] for entry in entries) for one in entries) if entries else 0


def notice(house, number="n1", state="waiting"):
    """A message that waits, or was given up after one try."""
    with house.store() as store:
        store.outbox.notice(number, "out", "A <b>word</b>", "line one\n<script>alert(1)</script>", house.now)
        if state == "dead":
            store.outbox.claim("out", house.now, timedelta(minutes=5))
            store.outbox.mark_dead(number, house.now + timedelta(seconds=3), "552 too large <i>for</i> us")


def test_the_room_says_what_was_sent_and_that_all_is_well(house):
    person = house.person()
    text = person.get("/channels").text
    assert "All is well (1)" in text
    assert "Sent lately" in text
    channel = person.get("/channels.json").json()["channels"]["out"]
    assert channel["sent"] > 0
    assert channel["trouble"] is None


def test_a_channel_in_trouble_is_first_with_what_to_do(house):
    with house.store() as store:
        store.channels.bad("out", house.now, "404 no_service <b>", house.now + timedelta(hours=1))
    text = house.person().get("/channels").text
    assert "Needs attention (1)" in text
    assert "404 no_service &lt;b&gt;" in text
    assert "send a test" in text
    assert "Nothing is lost" in text


def test_a_test_is_sent_by_the_daemon_alone_and_lifts_the_failure(house):
    person = house.person()
    with house.store() as store:
        store.channels.bad("out", house.now, "disk full", house.now + timedelta(hours=1))
    assert "A test is sent through out" in person.do("/channels/out", {"do": "test"}, on="/channels").text
    assert sent(house, "test-") == 0, "the desk sends nothing"
    daemon_takes(house)
    assert sent(house, "test-") == 1
    daemon_takes(house)
    assert sent(house, "test-") == 1, "once"
    with house.store() as store:
        assert store.channels.state("out").failures == 0
    assert "send a test. sent" in person.get("/channels").text


def test_while_a_channel_rests_nothing_is_sent_and_nothing_lost(house):
    person = house.person()
    person.do("/channels/out", {"do": "pause"}, on="/channels")
    daemon_takes(house)
    notice(house)
    daemon_takes(house)
    assert sent(house) == 0
    text = person.get("/channels").text
    assert "Paused by you until" in text
    assert "Being sent (1)" in text
    person.do("/channels/out", {"do": "resume"}, on="/channels")
    daemon_takes(house)
    assert sent(house) == 1


def test_a_pause_ends_by_itself(house):
    house.person().do("/channels/out", {"do": "pause"})
    notice(house)
    daemon_takes(house)
    house.now += timedelta(days=1, seconds=1)
    daemon_takes(house)
    assert sent(house) == 1


def test_a_message_given_up_has_a_page_with_its_tries(house):
    notice(house, state="dead")
    person = house.person()
    assert "Given up (1)" in person.get("/channels").text
    text = person.get("/deliveries/n1").text
    assert "552 too large &lt;i&gt;for&lt;/i&gt; us" in text
    assert "<script>alert" not in text
    tries = person.get("/deliveries/n1.json").json()["tries"]
    assert [one["said"] for one in tries] == ["552 too large <i>for</i> us"]


def test_try_again_sends_it_and_keeps_both_tries(house):
    notice(house, state="dead")
    person = house.person()
    assert "It goes out with the next round." in person.do("/deliveries/n1", {"do": "retry"}).text
    house.now += timedelta(minutes=1)
    daemon_takes(house)
    assert sent(house) == 1
    tries = person.get("/deliveries/n1.json").json()["tries"]
    assert [one["said"] for one in tries] == ["552 too large <i>for</i> us", "sent"]
    assert "Nothing was done" in person.do("/deliveries/n1", {"do": "retry"}).text


def test_dropped_is_told_to_nobody(house):
    notice(house)
    person = house.person()
    assert "Dropped" in person.do("/deliveries/n1", {"do": "drop"}).text
    daemon_takes(house)
    assert sent(house) == 0


def test_what_is_held_is_told_as_the_command_does(house):
    with house.store() as store:
        store.floods.hold("held1", "out", house.now, {"heading": "too much", "scopes": [["channel", "out"]]})
    person = house.person()
    assert "Waits for your word (1)" in person.get("/channels").text
    assert "job-alerts deliveries release" in person.do("/deliveries/held1", {"do": "retry"}).text, "it says what to do instead"
    assert "0 alerts go out with the next round" in person.do("/deliveries/held1", {"do": "best", "best": "3"}).text


def test_only_whole_ids_and_known_acts_lead_anywhere(house):
    notice(house, "n123456")
    person = house.person()
    assert person.get("/deliveries/n1234").status_code == 404
    assert person.get("/deliveries/n123456").status_code == 200
    assert person.do("/deliveries/n123456", {"do": "explode"}).status_code == 404
    assert person.do("/channels/nobody", {"do": "test"}).status_code == 404


def test_alerts_of_a_channel_that_is_gone_are_said_to_be_parked(house):
    with house.store() as store, store.transaction():
        store.ledger.write("UPDATE alerts SET channel = 'old', state = 'owed', delivery = NULL")
    text = house.person().get("/channels").text
    assert "parked: the channel “old”" in text
    assert "the channel is not in the configuration" in text
