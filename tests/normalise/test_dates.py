"""Dates: every way a source writes one, and nothing for nonsense."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.normalise import dates

NOW = datetime(2026, 8, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-08-11 20:45:29 UTC", "2026-08-11T20:45:29"),
        ("2026-08-11T20:45:29Z", "2026-08-11T20:45:29"),
        ("2026-08-11T20:45:29.123+02:00", "2026-08-11T18:45:29.123000"),
        ("2026-08-11T20:45:29-0430", "2026-08-12T01:15:29"),
        ("2026-08-11T20:45", "2026-08-11T20:45:00"),
        ("2026-08-11", "2026-08-11T00:00:00"),
        ("20260811", "2026-08-11T00:00:00"),
        ("2026/8/1", "2026-08-01T00:00:00"),
        ("2026年8月1日", "2026-08-01T00:00:00"),
        ("11.08.2026", "2026-08-11T00:00:00"),
        ("Tue, 11 Aug 2026 20:45:29 +0000", "2026-08-11T20:45:29"),
        ("11 Aug 2026 20:45:29 GMT", "2026-08-11T20:45:29"),
        ("Tue, 11 Aug 2026 20:45:29 -0500", "2026-08-12T01:45:29"),
        ("August 11, 2026", "2026-08-11T00:00:00"),
        ("Aug 11, 2026 8:45 PM", "2026-08-11T20:45:00"),
        ("11. August 2026", "2026-08-11T00:00:00"),
        ("11 de agosto de 2026", "2026-08-11T00:00:00"),
        ("11 août 2026", "2026-08-11T00:00:00"),
        ("3 juin 2026", "2026-06-03T00:00:00"),
        ("12-Aug-2026", "2026-08-12T00:00:00"),
        ("08/11/2026", "2026-08-11T00:00:00"),
        ("31/07/2026", "2026-07-31T00:00:00"),
        (1786480000, "2026-08-11T20:26:40"),
        (1786480000.5, "2026-08-11T20:26:40.500000"),
        (1786480000000, "2026-08-11T20:26:40"),
        ("1786480000", "2026-08-11T20:26:40"),
        ("1786480000000", "2026-08-11T20:26:40"),
    ],
)
def test_an_instant_is_read(value: str | float, expected: str) -> None:
    assert dates.when(value, now=NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("Posted Today", 0),
        ("Just posted", 0),
        ("Heute", 0),
        ("今天", 0),
        ("Posted Yesterday", 1),
        ("gestern", 1),
        ("Posted 3 Days Ago", 3),
        ("Posted 30+ Days Ago", 30),
        ("3d ago", 3),
        ("7d", 7),
        ("2 weeks ago", 14),
        ("a month ago", 30),
        ("Posted a day ago", 1),
        ("vor 3 Tagen", 3),
        ("vor einer Woche", 7),
        ("il y a 5 jours", 5),
        ("hace 2 semanas", 14),
        ("há 2 dias", 2),
        ("3 weken geleden", 21),
        ("för 3 dagar sedan", 3),
        ("3天前", 3),
        ("2週間前", 14),
        ("6 hours ago", 0.25),
    ],
)
def test_an_age_counts_from_now(value: str, days: float) -> None:
    assert dates.when(value, now=NOW) == NOW - timedelta(days=days)


@pytest.mark.parametrize(
    "value",
    [None, "", "  ", 0, -5, True, "1970-01-01", "0000-00-00", "0001-01-01T00:00:00Z", "9999-12-31", "2026-13-40", "2026-08-30",
     float("nan"), float("inf"), 10**40, "soon", "Rolling", "N/A", "2026", "12:30"],
)  # fmt: skip
def test_nonsense_is_unknown(value: str | float | None) -> None:
    assert dates.when(value, now=NOW) is None


def test_a_closing_date_may_lie_ahead() -> None:
    assert dates.until("2026-12-31", now=NOW) == datetime(2026, 12, 31, tzinfo=UTC)
    assert dates.until("9999-12-31", now=NOW) is None


@given(
    st.one_of(
        st.text(max_size=40),
        st.floats(),
        st.integers(),
        st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. :][0-9]{1,8}( ago)?"),
    )
)
@settings(max_examples=300, deadline=None)
def test_nothing_makes_it_raise(value: str | float) -> None:
    found = dates.when(value, now=NOW)
    assert found is None or (found.tzinfo is not None and found <= NOW + timedelta(days=2))


@given(st.datetimes(datetime(1996, 1, 1), datetime(2026, 8, 20)))  # noqa: DTZ001 - the zone is set below
@settings(max_examples=100, deadline=None)
def test_what_is_written_as_iso_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert dates.when(moment.isoformat(), now=NOW) == moment
    assert dates.when(moment.timestamp(), now=NOW) == moment


@pytest.mark.parametrize(
    "row", [row for row in (Path(__file__).parent / "dates.tsv").read_text("utf-8").splitlines() if row and row[0] != "#"]
)
def test_dates_of_feeds_and_boards_are_read_in_every_language(row: str) -> None:
    wanted, written = row.split("\t")
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    moment = now - timedelta(days=float(wanted)) if wanted.isdigit() else datetime.fromisoformat(wanted).replace(tzinfo=UTC)
    assert dates.when(written, now=now) == moment
