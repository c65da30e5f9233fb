"""Schedules ring exactly once a day in the user's zone, through both clock changes; quiet hours hold, then let go."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model import schedule
from alerts.parse import durations


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
@pytest.mark.parametrize("clock", ["01:30", "02:00", "02:30", "03:00", "00:00", "08:00", "23:59"])
def test_a_daily_digest_rings_once_each_day_of_a_year_with_both_clock_changes(zone, clock):
    daily = schedule.read(f"daily {clock}")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    while len(days) < 366:
        moment = daily.next(moment, zone)
        days.append(moment.astimezone(ZoneInfo(zone)).date())
    assert len(set(days)) == 366, "no day twice"
    assert (days[-1] - days[0]).days == 365, "no day missed"


def test_asking_again_between_the_two_passes_of_one_hour_does_not_ring_twice():
    """In Berlin 02:30 comes twice on 25 October 2026: the ring of the first pass is not repeated in the second."""
    daily = schedule.read("daily 02:30")
    first = daily.next(datetime(2026, 10, 24, 12, tzinfo=UTC), "Europe/Berlin")
    later = daily.next(first + timedelta(minutes=40), "Europe/Berlin")
    assert later - first > timedelta(hours=20)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("now", "2026-11-23T12:00"),
        ("hourly", "2026-11-23T13:00"),
        ("daily 08:00", "2026-11-24T07:00"),
        ("weekdays 8:00", "2026-11-24T07:00"),
        ("mon,thu 18:00", "2026-11-23T17:00"),
        ("Monday 08:00", "2026-11-30T07:00"),
        ("weekend 10:00", "2026-11-28T09:00"),
        ("cron: 0 8 * * 0", "2026-11-29T07:00"),
        ("cron: 0 8 * * 1-5", "2026-11-24T07:00"),
    ],
)
def test_words_are_read_in_the_users_zone_and_day_0_of_cron_is_sunday(words, expected):
    ring = schedule.read(words).next(datetime(2026, 11, 23, 12, tzinfo=UTC), "Europe/Berlin")
    assert f"{ring:%Y-%m-%dT%H:%M}" == expected


@pytest.mark.parametrize(
    "words", ["", "often", "daily", "daily 24:00", "daily 8", "moonday 08:00", "cron: 99 * * * *", "cron:", "8:00"]
)
def test_what_is_no_schedule_says_what_one_looks_like(words):
    with pytest.raises(ValueError, match="daily 08:00"):
        schedule.read(words)


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        ("22:00-07:00", "2026-11-23T21:30", "2026-11-24T06:00"),  # 22:30 in Berlin: held until 07:00 there
        ("22:00-07:00", "2026-11-23T03:00", "2026-11-23T06:00"),
        ("22:00-07:00", "2026-11-23T12:00", "2026-11-23T12:00"),
        ("22:00-07:00", "2026-11-23T06:00", "2026-11-23T06:00"),
        ("12:00-13:00", "2026-11-23T11:15", "2026-11-23T12:00"),
        ("22:00-02:30", "2026-03-28T23:00", "2026-03-29T01:30"),  # the night in which 02:30 does not exist
    ],
)
def test_quiet_hours_hold_until_they_end(hours, at, until):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert f"{schedule.quiet(hours).until(moment, 'Europe/Berlin'):%Y-%m-%dT%H:%M}" == until


@given(st.times(), st.times(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_end_of_quiet_hours_is_never_quiet_and_never_more_than_a_day_away(start, end, moment):
    start, end = (time(t.hour, t.minute) for t in (start, end))
    if start == end:
        return
    quiet = schedule.Quiet(start, end)
    after = quiet.until(moment, "Europe/Berlin")
    assert quiet.until(after, "Europe/Berlin") == after
    assert timedelta(0) <= after - moment <= timedelta(hours=25)


@given(st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_span_that_is_written_is_read_back(length):
    assert durations.span(durations.say(length)) == length


@pytest.mark.parametrize("words", ["", "5", "m", "-5m", "5 fortnights", "1e9d", "nan", "5m5m"])
def test_what_is_no_span_says_what_one_looks_like(words):
    with pytest.raises(ValueError, match="30m"):
        durations.span(words)
