"""Nothing is forgotten after "applied": each word comes once and in time, over clock changes, outages, clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from alerts.acts import applications
from alerts.acts.application_catch_up import catch_up
from alerts.model.application import State
from alerts.model.plan import Reminding
from alerts.model.schedule import quiet
from alerts.notify.remind import remind
from alerts.notify.reminders import before
from tests.drills.receivers import Smtp
from tests.story.test_deliver import FILE, begin, job

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = "Europe/Berlin"
OTHER = '[[searches]]\nname="nurses"\ntitle=["nurse"]\n'


@pytest.fixture
def house(stage):
    begin(stage, FILE, OTHER)
    zone(stage, BERLIN)
    return stage


def zone(stage, name: str, **how: object) -> None:
    plan = stage.means.plan
    settings = replace(plan.settings, timezone=name)
    stage._means = replace(stage.means, plan=replace(plan, settings=settings, applications=Reminding(**how)))


def at(words: str, name: str = BERLIN) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(name)).astimezone(UTC)


def state(stage, state: State, on: str | None = None) -> applications.Done:
    return applications.set_state(stage.means.store, 1, state, stage.now, stage.means.plan.settings.timezone, on=on)


def look(stage) -> list[str]:
    """What the daemon does every minute, and what arrives: the headings."""
    catch_up(stage.means.store, stage.now)
    remind(stage.means, stage.now)
    if not stage.means.store.outbox.channels_ready(stage.now):
        return []
    stage.deliver()
    return [said["heading"] for said in stage.told() if said["entry"] == "note-0"]


def walk(stage, until: datetime, step: timedelta = HOUR / 2) -> list[tuple[str, str]]:
    """Look again and again; what came, and when by the person's clock."""
    came = []
    while stage.now < until:
        came += [(f"{stage.now.astimezone(ZoneInfo(BERLIN)):%d %b %H:%M}", said) for said in look(stage)]
        stage.wait(step)
    return came


@pytest.mark.parametrize(
    ("now", "interview", "expected"),
    [
        ("2027-03-25T12:00", "2027-03-28T10:00", ["27 Mar 10:00", "28 Mar 09:00"]),
        ("2027-03-25T12:00", "2027-03-29T02:30", ["28 Mar 03:30", "29 Mar 01:30"]),
        ("2027-10-28T12:00", "2027-10-31T10:00", ["30 Oct 10:00", "31 Oct 09:00"]),
        ("2027-10-28T12:00", "2027-11-01T02:30", ["31 Oct 02:30", "01 Nov 01:30"]),
    ],
    ids=["spring", "a day before is an hour that is left out", "autumn", "a day before is an hour that comes twice"],
)
def test_an_interview_is_told_the_day_before_and_the_hour_before_over_both_clock_changes(house, now, interview, expected):
    house.now = at(now)
    state(house, State.INTERVIEW, interview)
    came = walk(house, at(interview) + 3 * DAY)
    assert [when for when, _ in came] == expected
    assert came[0][1].startswith(f"Interview tomorrow, {interview[11:]}: Engineer 1")
    assert came[1][1].startswith(f"Interview today, {interview[11:]}: Engineer 1")


@pytest.mark.parametrize("change", ["2027-03-28", "2027-10-31"])
def test_silence_is_told_once_in_the_morning_of_its_day(house, change):
    house.now = at(f"{change}T12:00") - 5 * DAY
    state(house, State.APPLIED)
    came = walk(house, house.now + 40 * DAY, DAY / 24)
    assert [when[-5:] for when, _ in came] == ["09:00"]
    assert came[0][1] == "No answer for 13 days: Engineer 1 at Acme"
    assert at(f"{change}T12:00") + 9 * DAY - house.now < 40 * DAY


def test_an_answer_ends_the_silence_and_begins_another(house):
    state(house, State.APPLIED)
    house.wait(10 * DAY)
    state(house, State.ANSWERED)
    assert walk(house, house.now + 13 * DAY, DAY / 8) == []
    assert len(walk(house, house.now + 30 * DAY, DAY / 8)) == 1


def test_nudges_are_settable_and_off_by_a_press_or_a_command(house):
    state(house, State.APPLIED)
    applications.nudge(house.means.store, 1, "off", house.now)
    assert walk(house, house.now + 60 * DAY, DAY / 4) == []
    applications.nudge(house.means.store, 1, "7d", house.now)
    assert walk(house, house.now + 6 * DAY, DAY / 4) == []
    assert len(walk(house, house.now + 30 * DAY, DAY / 4)) == 1
    zone(house, BERLIN, nudge=None)
    state(house, State.ANSWERED)
    applications.undo(house.means.store, 1, house.now, next(e.id for e in _entries(house) if e.words == "1w"))
    applications.undo(house.means.store, 1, house.now, next(e.id for e in _entries(house) if e.words == "off"))
    assert walk(house, house.now + 60 * DAY, DAY / 4) == []


def _entries(house):
    return house.means.store.applications.of_job(1).entries


def test_what_was_applied_for_long_ago_is_one_message_and_no_flood(house):
    house.pages["/v1/boards/acme/jobs"]["jobs"] += [job(n) for n in range(2, 12)]
    house.poll()
    for n in range(1, 12):
        house.means.store.marks.add("applied", "job", str(n), house.now - 90 * DAY)
    assert look(house) == ["11 applications without an answer"]
    assert walk(house, house.now + 30 * DAY, DAY / 2) == []


def test_nothing_was_running_it_is_told_late_once_and_says_so(house):
    state(house, State.INTERVIEW, f"{house.now + 3 * DAY:%Y-%m-%dT%H:%M}")
    house.wait(10 * DAY)
    assert [said.partition(",")[0] for said in look(house)] == ["Interview was 26 November"]
    assert walk(house, house.now + 3 * DAY) == []


def test_who_was_told_in_time_need_not_hear_that_it_is_over(house):
    state(house, State.INTERVIEW, f"{house.now + 3 * DAY:%Y-%m-%dT%H:%M}")
    house.wait(2 * DAY + 2 * HOUR)
    assert len(look(house)) == 1
    house.wait(5 * DAY)
    assert look(house) == []


def test_a_clock_that_runs_ahead_loses_no_reminder(house):
    begun = house.now
    state(house, State.INTERVIEW, f"{house.now + 3 * DAY:%Y-%m-%dT%H:%M}")
    house.now += 1500 * DAY
    house.means.store.clock_moved(house.now, 1500 * DAY)
    assert look(house)[0].startswith("Interview was"), "by that clock it is long over"
    house.now = begun + HOUR
    house.means.store.clock_moved(house.now, -1500 * DAY)
    came = walk(house, begun + 6 * DAY)
    assert [said.partition(",")[0] for _, said in came] == ["Interview tomorrow", "Interview today"]


def test_a_small_step_back_tells_nothing_twice(house):
    state(house, State.INTERVIEW, f"{house.now + 2 * DAY:%Y-%m-%dT%H:%M}")
    house.wait(DAY)
    assert len(look(house)) == 1
    house.wait(timedelta(seconds=-90))
    house.means.store.clock_moved(house.now, timedelta(seconds=-90))
    assert look(house) == []
    house.wait(timedelta(seconds=120))
    assert look(house) == []


def test_a_restart_or_a_crash_before_sending_loses_nothing_and_tells_nothing_twice(house):
    state(house, State.INTERVIEW, f"{house.now + 2 * DAY:%Y-%m-%dT%H:%M}")
    house.wait(DAY)
    remind(house.means, house.now)
    house.restart()
    assert len(look(house)) == 1
    house.restart()
    assert look(house) == []


def test_reminders_of_ones_own_and_quiet_hours(house):
    channel = replace(house.means.plan.channels["out"], quiet=quiet("22:00-07:00"))
    house._means = replace(house.means, plan=replace(house.means.plan, channels={"out": channel}))
    house.now = at("2026-12-01T12:00")
    state(house, State.INTERVIEW, "2026-12-03T07:30")
    applications.remind(house.means.store, 1, "2026-12-02T15:00", "send the thank-you", house.now, BERLIN)
    came = walk(house, at("2026-12-05T12:00"))
    assert [(when, said.partition(":")[0]) for when, said in came] == [
        ("02 Dec 07:30", "Interview tomorrow, 07"),
        ("02 Dec 15:00", "Reminder"),
        ("03 Dec 07:00", "Interview today, 07"),
    ]


@pytest.mark.parametrize("after", ["rejected", "undone"])
def test_an_interview_that_is_off_is_not_told(house, after):
    state(house, State.INTERVIEW, f"{house.now + 3 * DAY:%Y-%m-%dT%H:%M}")
    if after == "rejected":
        state(house, State.REJECTED)
    else:
        applications.undo(house.means.store, 1, house.now)
    assert walk(house, house.now + 5 * DAY) == []


def test_the_last_day_to_apply_is_told_while_one_has_not(house):
    house.pages["/v1/boards/acme/jobs"]["jobs"] = [job(1) | {"application_deadline": "2026-12-10T23:59:00+01:00"}]
    house.poll()
    state(house, State.SAVED)
    assert walk(house, house.now + 30 * DAY, DAY / 8)[0][1] == "Apply by 10 December: Engineer 1 at Acme"


def test_a_job_that_changes_closes_and_comes_again_is_a_word_though_no_search_wants_it(house):
    state(house, State.APPLIED)
    applications.nudge(house.means.store, 1, "off", house.now)
    board = house.pages["/v1/boards/acme/jobs"]
    board["jobs"] = [job(1, "Engineer of another kind"), job(2)]
    house.wait()
    house.poll()
    assert look(house) == ["You applied, and it changed: Engineer 1 at Acme"]
    board["jobs"] = [job(2)]
    for _ in range(5):
        house.wait(4 * HOUR)
        house.poll()
    assert look(house) == ["You applied, and it is closed: Engineer 1 at Acme"]
    board["jobs"] = [job(1, "Engineer of another kind"), job(2)]
    house.wait(DAY)
    house.poll()
    (again,) = look(house)
    assert again.partition(":")[0] in ("It is open again", "It is posted again")
    assert look(house) == []


def test_what_an_alert_of_a_search_tells_is_not_told_twice(stage):
    begin(stage, FILE)
    state(stage, State.APPLIED)
    stage.pages["/v1/boards/acme/jobs"]["jobs"] = [job(1, "Engineer of another kind")]
    stage.wait()
    stage.poll()
    catch_up(stage.means.store, stage.now)
    assert remind(stage.means, stage.now) == 0
    stage.deliver()
    assert [alert["event"] for said in stage.told() for alert in said.get("alerts", [said])] == ["changed"]


def test_without_a_channel_nothing_is_told_and_all_of_it_stays_due(house):
    channels = house.means.plan.channels
    state(house, State.INTERVIEW, f"{house.now + 2 * DAY:%Y-%m-%dT%H:%M}")
    house._means = replace(house.means, plan=replace(house.means.plan, channels={}))
    house.wait(DAY)
    assert remind(house.means, house.now) == 0
    house._means = replace(house.means, plan=replace(house.means.plan, channels=channels))
    assert len(look(house)) == 1


def test_a_mail_brings_the_appointment_for_the_calendar(stage, tmp_path):
    mails: list[EmailMessage] = []

    def take(mail: EmailMessage) -> str:
        mails.append(mail)
        return "250 taken"

    with Smtp(take) as smtp:
        mail = f'[channels.mail]\nkind="email"\nserver="smtp://{smtp.address}"\nfrom="a@example.org"\nto=["me@example.org"]\n'
        begin(stage, mail, OTHER)
        zone(stage, BERLIN)
        stage.now = at("2026-12-01T12:00")
        state(stage, State.INTERVIEW, "2026-12-03T10:00")
        stage.wait(DAY)
        remind(stage.means, stage.now)
        stage.deliver()
    (sent,) = mails
    files = {part.get_filename(): part for part in sent.walk() if part.get_filename()}
    text = files["appointment.ics"].get_content()
    assert files["appointment.ics"].get_content_type() == "text/calendar"
    assert "DTSTART:20261203T090000Z" in text
    assert "SUMMARY:Interview: Engineer 1 at Acme" in text


def test_reminders_speak_the_language_of_the_channel(house):
    channel = replace(house.means.plan.channels["out"], language="de")
    house._means = replace(house.means, plan=replace(house.means.plan, channels={"out": channel}))
    state(house, State.INTERVIEW, f"{house.now + 2 * DAY:%Y-%m-%dT%H:%M}")
    house.wait(DAY)
    assert look(house)[0].startswith("Gespräch morgen")


def test_days_are_days_of_the_calendar_and_hours_are_hours():
    monday = at("2027-03-29T10:00")
    assert before(monday, DAY, BERLIN) == monday - DAY
    assert before(at("2027-03-28T10:00"), DAY, BERLIN) == at("2027-03-27T10:00")
    assert before(at("2027-03-28T10:00"), 10 * HOUR, BERLIN) == at("2027-03-27T23:00")
