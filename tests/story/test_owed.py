"""What is owed is asked for again, outlives a sleep, and no row that was damaged holds it up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.cli.main import main
from alerts.notify import health
from tests.story.test_deliver import BOARD, FILE, HOOK, HOUR, SEARCH, begin, job, publish

DAY = timedelta(days=1)


def titles(told: list[dict]) -> list[str]:
    return sorted(alert["posting"]["title"] for alert in told)


def damage(stage, statement: str) -> None:
    stage.means.store.ledger.write(statement)


def ask(stage, capsys, *words: str) -> str:
    """A command, as a person calls it beside a daemon."""
    capsys.readouterr()
    main([words[0], "--config", str(stage.folder / "config.toml"), *words[1:]])
    return capsys.readouterr().out


def wait_in_a_delivery(stage) -> None:
    """Two alerts are owed, and are in a message that was tried once in vain."""
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, HOOK)
    publish(stage, 2, 3)
    assert [result.state for result in stage.deliver()] == ["later"]
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(2 * HOUR)


@pytest.mark.parametrize(
    ("of", "subject", "named"),
    [("company", "acme", "company Acme"), ("search", "all", "search all"), ("job", "2", "the job ")],
)
def test_a_hide_stops_what_waits_in_a_message_and_explain_names_the_mark(stage, capsys, of, subject, named):
    wait_in_a_delivery(stage)
    stage.means.store.marks.add("hide", of, subject, stage.now)
    sent = [result.alerts for result in stage.deliver()]
    assert sent == ([1] if of == "job" else [])
    said = ask(stage, capsys, "explain", "https://job-boards.greenhouse.io/acme/jobs/2")
    assert "dropped by hook" in said
    assert named in said
    assert "--undo" in said


def test_a_rule_that_was_added_meanwhile_stops_what_waits_in_a_message(stage, capsys):
    wait_in_a_delivery(stage)
    stage.configure(BOARD + SEARCH + 'exclude_companies=["Acme"]\n' + HOOK)
    assert stage.deliver() == []
    said = ask(stage, capsys, "explain", "https://job-boards.greenhouse.io/acme/jobs/2")
    assert "did not want it any more (exclude_companies)" in said


def test_a_message_that_waited_does_not_outlive_the_age_that_its_search_allows(stage):
    begin(stage, FILE, SEARCH + 'max_age="7d"\nwhen="cron: 0 8 1 12 *"\n')
    publish(stage, 2)
    stage.now += timedelta(days=9)
    assert [result.alerts for result in stage.deliver()] == [1]


def test_a_sleep_of_a_week_costs_a_message_no_try(stage):
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, HOOK)
    publish(stage, 2)
    assert [result.state for result in stage.deliver()] == ["later"]
    stage.wait(7 * DAY)
    assert [result.state for result in stage.deliver()] == ["later"], "it was asleep, not refused"
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(HOUR)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_channel_that_is_down_for_three_waking_days_gives_up(stage):
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, HOOK)
    publish(stage, 2)
    states = []
    for _ in range(90):
        states += [result.state for result in stage.deliver()]
        health.watch(stage.means, stage.now)
        stage.wait(timedelta(minutes=55))
    assert states[-1] == "dead"
    assert 30 < len(states) < 80


def test_a_good_answer_lifts_the_pause_for_all_that_waits(stage, capsys):
    """An hour's pause and an hour's wait of each message end when ``test hook`` is answered well."""
    stage.hook = lambda _asked: Given(status=410)
    begin(stage, HOOK)
    publish(stage, 2)
    for _ in range(4):
        assert [result.state for result in stage.deliver()] == ["later"]
        stage.wait(2 * HOUR)
    stage.deliver()
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(timedelta(minutes=1))
    assert stage.deliver() == [], "still paused"
    ask(stage, capsys, "test", "hook")
    stage.now = datetime.now(UTC)
    assert [result.state for result in stage.deliver()] == ["sent"]


DAMAGES = {
    "an alert's reasons": "UPDATE alerts SET reasons = '{broken' WHERE job = 2",
    "an alert's event": "UPDATE alerts SET event = 'vanished' WHERE job = 2",
    "an alert's time": "UPDATE alerts SET at = 'noon' WHERE job = 2",
    "an alert's searches": "UPDATE alerts SET also = '7' WHERE job = 2",
}


@pytest.mark.parametrize("what", DAMAGES)
def test_an_alert_that_cannot_be_read_is_put_aside_and_holds_up_no_other(stage, capsys, what):
    begin(stage, FILE)
    publish(stage, 2, 3, 4)
    damage(stage, DAMAGES[what])
    stage.deliver()
    assert titles(stage.told()) == ["Engineer 3", "Engineer 4"]
    assert stage.means.store.outbox.counts()["out"] == {"sent": 2, "unreadable": 1}
    assert "cannot be read" in ask(stage, capsys, "status")


@pytest.mark.parametrize("column", ["batch = '{broken'", "batch = '[]'", "notice = '{}'", "recipients = 'x'", "attempts = 'x'"])
def test_a_delivery_that_cannot_be_read_is_put_aside_and_its_alerts_are_sent(stage, capsys, column):
    if "attempts" in column and "postgresql" in stage.database:
        pytest.skip("a column of numbers takes no word there")
    wait_in_a_delivery(stage)
    damage(stage, f"UPDATE deliveries SET {column}")
    assert [(result.state, result.alerts) for result in stage.deliver()] == [("sent", 2)]
    assert stage.means.store.outbox.counts()["hook"] == {"sent": 2}
    listed = ask(stage, capsys, "deliveries")
    assert "unreadable" in listed
    assert "sent" in listed
    assert "unreadable" in ask(stage, capsys, "deliveries", "show", stage.means.store.outbox.deliveries()[1].id)


def test_the_operator_hears_of_a_row_that_was_put_aside(stage):
    begin(stage, FILE + HOOK, settings="")
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace("[settings]\n", '[settings]\nnotify="hook"\n'))
    from alerts.config.load import load
    from alerts.daemon.bootstrap import with_plan

    stage._means = with_plan(stage.means, load(path, {}), stage.now)
    publish(stage, 2)
    damage(stage, "UPDATE alerts SET reasons = '{' WHERE channel = 'out'")
    stage.deliver()
    notices = [one.notice["subject"] for one in stage.means.store.outbox.deliveries() if one.notice]
    assert notices == ["job-alerts: rows of the database cannot be read"]


@pytest.mark.parametrize("column", ["until = 'soon'", "at = 'noon'", "subject = 'x', of = 'job'"])
def test_a_mark_that_cannot_be_read_holds_up_nothing(stage, capsys, column):
    begin(stage, FILE)
    stage.means.store.marks.add("hide", "company", "bluefin", stage.now)
    stage.means.store.marks.add("saved", "job", "1", stage.now)
    damage(stage, f"UPDATE marks SET {column}")
    publish(stage, 2)
    stage.deliver()
    assert titles(stage.told()) == ["Engineer 2"]
    ask(stage, capsys, "hide")
    ask(stage, capsys, "status")


def test_a_posting_that_cannot_be_read_ends_no_command(stage, capsys):
    begin(stage, FILE)
    publish(stage, 2, 3)
    stage.deliver()
    damage(stage, "UPDATE postings SET posting = '{broken' WHERE source_id = '3'")
    assert "Engineer 2" in ask(stage, capsys, "preview", "all")
    delivery = stage.means.store.outbox.deliveries()[0].id
    assert "cannot be read" in ask(stage, capsys, "deliveries", "show", delivery)
    for words in (["deliveries"], ["status"], ["explain", "https://job-boards.greenhouse.io/acme/jobs/2"]):
        assert ask(stage, capsys, *words)


def test_a_job_with_one_damaged_listing_is_told_by_its_others(stage):
    begin(stage, FILE, SEARCH + 'when="daily 08:00"\n')
    twin = job(2) | {
        "id": 22,
        "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/22",
        "location": {"name": "Paris, France"},
    }
    stage.pages["/v1/boards/acme/jobs"]["jobs"] += [job(2), twin]
    stage.poll()
    damage(stage, "UPDATE postings SET posting = '{broken' WHERE source_id = '22'")
    stage.wait(DAY)
    stage.deliver()
    assert titles(stage.told()) == ["Engineer 2"]
