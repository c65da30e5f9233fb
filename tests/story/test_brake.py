"""Too many alerts at once: one digest with the best and a count of the others; far too many: the operator is asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.cli.main import main
from alerts.notify.brake import decide
from alerts.store.floods import DueAlert, Recent
from tests.story.test_deliver import BOARD, FILE, HOOK, SEARCH, begin, publish
from tests.story.test_owed import ask

SMALL = "digest_above=5\nask_above=12\n"
NOTIFY = '[channels.log]\nkind="file"\npath="{folder}/log.jsonl"\n'


def flood(stage, count: int, channels: str = HOOK, search: str = SEARCH + 'channels=["hook"]\n' + SMALL) -> list:
    """So many new matches in one poll; what was sent."""
    stage.hook = lambda _asked: Given(status=204)
    begin(stage, channels, search)
    publish(stage, *range(2, count + 2))
    return stage.deliver()


def messages(stage) -> list[dict]:
    """What the hook took."""
    taken = [asked.body for asked, status in stage.site.journal if asked.method == "POST" and status == 204]
    return [json.loads(body)["data"] for body in taken]


def test_up_to_the_number_each_alert_is_told(stage):
    results = flood(stage, 5)
    assert [result.alerts for result in results] == [5]
    assert messages(stage)[0]["more"] == 0


def test_beyond_it_there_is_one_digest_and_nothing_is_dropped_in_silence(stage, capsys):
    """Slack and mail carry fewer; here a hook that takes three: the best three, and a count of the others."""
    text = SEARCH + 'channels=["hook"]\nprefer=["number 7"]\n' + SMALL
    import alerts.channels.webhook as kind

    usual = kind.LIMITS
    kind.LIMITS = type(usual)(items=3, size=usual.size)
    try:
        results = flood(stage, 9, search=text)
    finally:
        kind.LIMITS = usual
    assert [(result.state, result.alerts) for result in results] == [("sent", 3)]
    (message,) = messages(stage)
    assert message["more"] == 6
    assert message["alerts"][0]["posting"]["title"] == "Engineer 7", "the best first"
    assert stage.means.store.outbox.counts()["hook"] == {"sent": 3, "counted": 6}
    shown = ask(stage, capsys, "deliveries", "show", results[0].delivery[:8])
    assert shown.count("Engineer") == 9, "all of them are seen there"
    assert "the best 3 shown" in ask(stage, capsys, "deliveries")
    told = {alert["posting"]["source_id"] for alert in message["alerts"]}
    other = next(number for number in map(str, range(2, 11)) if number not in told)
    said = ask(stage, capsys, "explain", f"https://job-boards.greenhouse.io/acme/jobs/{other}")
    assert "counted by hook" in said, "explain does not say that it was sent"
    assert results[0].delivery[:8] in said


def test_after_a_digest_the_next_one_comes_an_hour_later(stage):
    flood(stage, 9)
    for number in (20, 21):
        stage.wait(timedelta(minutes=20))
        publish(stage, number)
        assert stage.deliver() == []
    stage.wait(timedelta(minutes=25))
    assert [result.alerts for result in stage.deliver()] == [2]


def test_far_too_many_wait_for_the_operators_word(stage, capsys):
    results = flood(stage, 15)
    assert [result.alerts for result in results] == [0], "only the question is sent"
    (question,) = messages(stage)
    assert "15 alerts of all are due on hook at once" in question["notes"][0]
    assert any("--best 40" in note for note in question["notes"])
    assert len([note for note in question["notes"] if note.startswith("– Engineer")]) == 5
    assert stage.means.store.outbox.counts()["hook"] == {"owed": 15}
    stage.wait(timedelta(days=3))
    assert stage.deliver() == [], "it waits"
    said = ask(stage, capsys, "status")
    assert "15 alerts of all wait for your word" in said
    assert "held" in ask(stage, capsys, "deliveries", "--state", "held")


ANSWERS = {"all": (["release", "ID"], 15), "best": (["release", "ID", "--best", "4"], 4), "none": (["drop", "ID"], 0)}


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_operators_word_is_carried_out(stage, capsys, answer):
    flood(stage, 15)
    (held,) = stage.means.store.floods.held()
    words, count = ANSWERS[answer]
    ask(stage, capsys, "deliveries", *(held[0][:8] if word == "ID" else word for word in words))
    stage.now = datetime.now(UTC)
    stage.deliver()
    told = [alert["posting"]["source_id"] for message in messages(stage) for alert in message["alerts"]]
    assert len(told) == len(set(told)) == count
    states = stage.means.store.outbox.counts()["hook"]
    assert states == {name: number for name, number in (("sent", count), ("dropped", 15 - count)) if number}
    assert stage.deliver() == []
    assert "wait for your word" not in ask(stage, capsys, "status")
    if answer == "best":
        gone = next(number for number in map(str, range(2, 17)) if number not in told)
        assert "the best 4 only" in ask(stage, capsys, "explain", f"https://job-boards.greenhouse.io/acme/jobs/{gone}")


def test_what_comes_in_the_same_hour_joins_what_is_held_and_asks_nothing_again(stage):
    flood(stage, 15)
    publish(stage, *range(30, 34))
    assert stage.deliver() == []
    assert [count for _, _, count, _ in stage.means.store.floods.held()] == [19]
    stage.wait(timedelta(hours=2))
    publish(stage, 40)
    assert [result.alerts for result in stage.deliver()] == [1], "the search goes on"


def test_the_question_goes_to_the_operators_channel(stage):
    stage.hook = lambda _asked: Given(status=204)
    begin(stage, HOOK + NOTIFY, SEARCH + 'channels=["hook"]\n' + SMALL)
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace("[settings]\n", '[settings]\nnotify="log"\n'))
    from alerts.config.load import load
    from alerts.daemon.bootstrap import with_plan

    stage._means = with_plan(stage.means, load(path, {}), stage.now)
    publish(stage, *range(2, 17))
    results = stage.deliver()
    assert [(result.channel, result.alerts) for result in results if result.state == "sent"] == [("log", 0)]


def test_a_hide_that_comes_before_the_word_is_heeded(stage, capsys):
    flood(stage, 15)
    (held,) = stage.means.store.floods.held()
    stage.means.store.marks.add("hide", "company", "acme", stage.now)
    ask(stage, capsys, "deliveries", "release", held[0])
    stage.now = datetime.now(UTC)
    assert stage.deliver() == []
    assert stage.means.store.outbox.counts()["hook"] == {"dropped": 15}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["release"], "name the delivery"),
        (["release", "zz"], "no single delivery"),
        (["release", "SENT"], "is not held, it is sent"),
        (["retry", "HELD"], "waits for your word"),
    ],
)
def test_a_call_that_fits_nothing_says_what_to_do(stage, capsys, words, said):
    flood(stage, 15)
    ids = {one.state.upper(): one.id for one in stage.means.store.outbox.deliveries()}
    status = main(["deliveries", "--config", str(stage.folder / "config.toml"), *(ids.get(word, word) for word in words)])
    assert status == 2
    assert said in capsys.readouterr().err


def test_a_limit_may_stand_in_settings_a_source_a_search_and_a_channel(stage):
    from alerts.notify.brake import allowed_by

    board = BOARD + "digest_above = 7\n"
    stage.configure(board + SEARCH + "ask_above = 90\n" + FILE.format(folder=stage.folder) + "digest_above = 30\n")
    allowed = allowed_by(stage.means.plan, stage.means.plan.channels["out"])
    key = stage.means.plan.sources[0].key
    assert allowed(("source", key)) == (7, 500)
    assert allowed(("search", "all")) == (50, 90)
    assert allowed(("channel", "out")) == (30, 1000)
    assert allowed(("source", "gone")) == (50, 500)


def due(count: int, search: str = "s", source: str = "a") -> list[DueAlert]:
    return [DueAlert(f"{search}{source}{number}", number, search, source) for number in range(count)]


def test_the_rule_is_one_for_sources_searches_and_channels():
    """Many searches with few alerts each are too many for a channel; many sources of one search for the search."""
    limits = {"source": (10, 100), "search": (10, 100), "channel": (20, 200)}

    def becomes(alerts, recent=Recent()):  # noqa: B008
        found = decide(alerts, "c", lambda scope: limits[scope[0]], recent)
        return (len(found.tell), {s: len(i) for s, i in found.digest.items()}, {s: len(i) for s, i in found.hold.items()})

    assert becomes(due(10)) == (10, {}, {})
    assert becomes(due(11)) == (0, {("source", "a"): 11}, {})
    assert becomes(due(101)) == (0, {}, {("source", "a"): 101})
    several = [one for number in range(3) for one in due(4, source=str(number))]
    assert becomes(several) == (0, {("search", "s"): 12}, {})
    many = [one for number in range(5) for one in due(5, str(number), str(number))]
    assert becomes(many) == (0, {("channel", "c"): 25}, {})
    assert becomes(due(11) + due(3, "t", "b")) == (3, {("source", "a"): 11}, {}), "a flood holds up no other"
    assert becomes(due(3), Recent(told={("search", "s"): 8})) == (0, {("search", "s"): 3}, {})
    now = datetime(2026, 1, 1, tzinfo=UTC)
    waits = decide(due(3), "c", lambda scope: limits[scope[0]], Recent(digests={("source", "a"): now}))
    assert [(when, len(ids)) for when, ids in waits.wait.values()] == [(now + timedelta(hours=1), 3)]


def test_the_brake_waits_for_the_end_of_a_poll(stage):
    """Red before: what the first portions had recorded was sent meanwhile, and the brake saw a part of the flood only."""
    stage.hook = lambda _asked: Given(status=204)
    begin(stage, HOOK, SEARCH + 'channels=["hook"]\n' + SMALL)
    store, (source,), sent = stage.means.store, stage.means.plan.sources, []
    usual = store.sources.keep_good

    def meanwhile(*args, **named):
        sent.extend(stage.deliver())
        usual(*args, **named)

    store.sources.keep_good = meanwhile
    stage.wait()
    publish(stage, *range(2, 16))
    assert sent == [], "the poll is under way"
    assert [result.alerts for result in stage.deliver()] == [0], "one question"
    assert store.outbox.counts()["hook"] == {"owed": 14}
    assert store.sources.state(source.key).read is not None
