"""Trouble that lasts is told once, and its end once; by a channel that works."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.daemon import rates
from alerts.notify import health
from alerts.notify.digest import summarise, words
from alerts.poll import interval
from alerts.render.tongue import speaking

BOARD = '[[sources]]\nname="Acme"\nkind="greenhouse"\nboard="acme"\nbase_url="SITE"\n'
SEARCH = '[[searches]]\nname="all"\ntitle=["engineer"]\nchannels=["hook"]\n'
CHANNELS = '[channels.hook]\nkind="webhook"\nurl="SITE/hook"\n[channels.out]\nkind="file"\npath="{folder}/out.jsonl"\n'
HOUR = timedelta(hours=1)


def job(number: int) -> dict:
    address = f"https://e.org/{number}"
    return {"id": number, "title": f"Engineer {number}", "absolute_url": address, "location": {"name": "Berlin"}}


@pytest.fixture
def house(stage):
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(n) for n in range(1, 6)]}
    configure(stage)
    stage.poll()
    return stage


def configure(stage, settings: str = "") -> None:
    stage.configure(BOARD + SEARCH + CHANNELS.format(folder=stage.folder))
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace("[settings]\n", f'[settings]\nnotify="out"\n{settings}'))
    from alerts.config.load import load
    from alerts.daemon.bootstrap import with_plan

    stage._means = with_plan(stage.means, load(path, {}), stage.now)


def notices(stage) -> list[tuple[str, str]]:
    return [(d.channel, d.notice["subject"]) for d in reversed(stage.means.store.outbox.deliveries()) if d.notice]


def hours(stage, count: int, step: timedelta = HOUR) -> list[str]:
    lines = []
    for _ in range(count):
        stage.wait(step)
        stage.poll()
        lines += health.watch(stage.means, stage.now)
    return lines


def test_a_source_that_fails_for_a_day_is_told_once_and_its_recovery_once(house):
    good = house.pages["/v1/boards/acme/jobs"]
    house.pages["/v1/boards/acme/jobs"] = Given(b"", 500)
    assert hours(house, 20) == []
    hours(house, 20)
    assert notices(house) == [("out", "job-alerts: source Acme needs a look")]
    house.pages["/v1/boards/acme/jobs"] = good
    hours(house, 3)
    assert [subject.removeprefix("job-alerts: source Acme ") for _, subject in notices(house)] == ["needs a look", "is back"]


def test_a_board_that_turns_empty_is_told_and_closes_nothing(house):
    house.pages["/v1/boards/acme/jobs"] = {"jobs": []}
    hours(house, 30)
    assert notices(house) == [("out", "job-alerts: source Acme needs a look")]
    assert house.means.store.postings.count() == (5, 5, 5)


def test_a_source_that_published_nothing_for_long_is_told(house):
    hours(house, 50, timedelta(days=1))
    (_, subject), *rest = notices(house)
    assert (subject, rest) == ("job-alerts: source Acme needs a look", [])


def test_a_board_that_published_daily_is_told_of_sooner(house):
    for day in range(30):
        house.pages["/v1/boards/acme/jobs"]["jobs"].append(job(100 + day))
        hours(house, 1, timedelta(days=1))
    hours(house, 30, timedelta(days=1))
    (told,) = [one for one in house.means.store.outbox.deliveries() if one.notice and "needs" in one.notice["subject"]]
    assert house.now - told.created > timedelta(days=10), "long before the 45 days of a board without a habit"
    assert "published nothing" in told.notice["text"]


def test_a_server_that_calls_its_answer_fresh_is_not_asked_sooner_by_auto(house):
    config = house.folder / "config.toml"
    config.write_text(config.read_text().replace('board="acme"', 'board="acme"\nevery="auto"'))
    from alerts.config.load import load
    from alerts.daemon.bootstrap import with_plan

    house._means = with_plan(house.means, load(config, {}), house.now)
    body = json.dumps(house.pages["/v1/boards/acme/jobs"] | {"x": 1}).encode()
    house.pages["/v1/boards/acme/jobs"] = Given(body, headers={"Cache-Control": "public, max-age=14400"})
    house.poll()
    (state,) = house.means.store.sources.states()
    assert state.due - house.now >= timedelta(hours=4)


def test_a_channel_in_trouble_is_told_by_another_and_its_end_too(house):
    house.hook = lambda _asked: Given(status=503)
    for number in range(6, 9):
        house.pages["/v1/boards/acme/jobs"]["jobs"].append(
            {
                "id": number,
                "title": f"Engineer {number}",
                "absolute_url": f"https://e.org/{number}",
                "location": {"name": "Berlin"},
            }
        )
        house.poll()
        house.deliver()
        house.wait(HOUR)
        health.watch(house.means, house.now)
    assert notices(house) == [("out", "job-alerts: channel hook needs a look")]
    house.hook = lambda _asked: Given(status=204)
    house.wait(3 * HOUR)
    house.deliver()
    health.watch(house.means, house.now)
    assert notices(house)[-1] == ("out", "job-alerts: channel hook is back")


def test_a_message_that_is_given_up_is_told(house):
    house.hook = lambda _asked: Given(b"no", 422)
    house.pages["/v1/boards/acme/jobs"]["jobs"].append(job(9))
    house.poll()
    house.deliver()
    assert notices(house) == [("out", "job-alerts: hook did not take a message")]


def test_a_source_that_moved_is_told_once_for_each_new_address(house):
    for address in ("https://new.example.org", "https://new.example.org", "https://newer.example.org"):
        health.moved(house.means, "greenhouse:acme", "Acme", address, house.now)
        house.wait(2 * HOUR)
    assert len(notices(house)) == 2


def test_the_week_is_summed_up_at_its_hour_and_not_at_the_first_start(house):
    configure(house, 'summary="mon 08:00"\n')
    assert not summarise(house.means, house.now)
    house.now = datetime(2026, 11, 30, 7, 59, tzinfo=UTC)
    assert not summarise(house.means, house.now)
    house.now = datetime(2026, 11, 30, 8, 1, tzinfo=UTC)
    assert summarise(house.means, house.now)
    assert not summarise(house.means, house.now)
    (delivery,) = house.means.store.outbox.deliveries()
    assert "1 source was watched; 5 postings are open" in delivery.notice["text"]
    assert "All sources are well" in delivery.notice["text"]


@pytest.mark.parametrize(
    ("language", "subject", "text"),
    [
        ("de", "job-alerts: bitte nach der Quelle Acme sehen", "konnte seit"),
        ("fr", "job-alerts: la source Acme est à vérifier", "n’a pas pu être lue"),
        ("es", "job-alerts: hay que mirar la fuente Acme", "no se ha podido leer"),
    ],
)
def test_trouble_is_told_in_the_language_of_the_channel_and_kept_in_english(house, language, subject, text):
    configure(house, f'language="{language}"\nsummary="mon 08:00"\n')
    house.pages["/v1/boards/acme/jobs"] = Given(b"", 500)
    lines = hours(house, 30)
    assert any(line.startswith("source Acme could not be read since") for line in lines)
    (told,) = [delivery.notice for delivery in house.means.store.outbox.deliveries() if delivery.notice]
    assert told["subject"] == subject
    assert text in told["text"]
    assert "could not" not in told["text"]
    assert (house.means.store.sources.states()[0].trouble or "").startswith("could not be read since")
    with speaking(language):
        summary = words(house.means, house.now)
    assert not [english for english in ("watched", "This week", "matched", "in all", "Needs a look") if english in summary]


def test_exchange_rates_are_fetched_once_a_day_and_the_last_ones_go_on_when_that_fails(house):
    configure(house, 'rates="ecb"\n')
    table = b"Date, USD, CAD, \n23 November 2026, 1.25, 1.60, \n"
    house.pages["/rates"] = Given(table, content_type="text/csv")
    address = f"{house.site.url}/rates"
    assert "2026-11-23" in (rates.refresh(house.means, house.now, address) or "")
    assert rates.refresh(house.means, house.now + HOUR, address) is None
    assert rates.kept(house.means.store).between("EUR", "USD") == 1.25
    house.pages["/rates"] = Given(b"<html>", content_type="text/html")
    assert "last ones go on" in (rates.refresh(house.means, house.now + 24 * HOUR, address) or "")
    assert rates.kept(house.means.store).between("EUR", "USD") == 1.25


def test_auto_learns_the_pace_within_bounds(house):
    state = house.means.store.sources.states()[0]
    every = timedelta(minutes=30)
    assert interval.learn(state, every, changed=True) < every < interval.learn(state, every, changed=False)
    assert interval.learn(state, timedelta(seconds=5), changed=True) >= interval.SHORTEST_AUTO
    assert interval.learn(state, timedelta(days=9), changed=False) <= interval.LONGEST


def test_terms_set_the_least_time_between_two_readings_of_the_public_place(stage):
    plan = stage.configure('[[sources]]\nkind="remotive"\nevery="1m"\n').plan
    assert interval.least(plan.sources[0]) >= timedelta(hours=1)
    plan = stage.configure('[[sources]]\nkind="remotive"\nevery="1m"\nbase_url="SITE"\n').plan
    assert interval.least(plan.sources[0]) == timedelta(0)
