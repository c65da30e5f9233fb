"""A deadline is the day that the employer wrote, in messages and in the calendar, wherever the reader is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.channels import feed
from alerts.normalise import dates
from alerts.render import samples, webhook
from alerts.render.cards import card
from alerts.store.codec import posting_in, posting_out

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRITTEN = (
    "2026-12-15",
    "2026-12-15T23:59:59-08:00",
    "2026-12-15T00:00:00+01:00",
    "2026-12-15T00:00:00+05:30",
    "2026-12-15T23:59:59Z",
    "2026-12-15T23:59",
    "2026-12-15T18:00:00.000+1300",
    "Tue, 15 Dec 2026 23:59:00 -0800",
    "15 December 2026",
    "12/15/2026",
)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_the_deadline_is_the_day_that_the_employer_wrote(written, zone, tmp_path):
    expires = dates.until(written, now=NOW)
    assert expires is not None
    alert = samples.platform_manager(NOW)
    posting = posting_in(posting_out(replace(alert.posting, expires=expires)))
    assert posting.expires == expires
    alert = replace(alert, posting=posting, postings=(posting,))
    assert card(alert, now=NOW, zone=zone).deadline == "apply by 15 December"
    message = webhook.render(samples.batch(alert, timezone=zone))
    assert feed.send(message, feed.Options(folder=str(tmp_path / "feed"))).state == "sent"
    calendar = (tmp_path / "feed" / "deadlines.ics").read_text()
    assert "DTSTART;VALUE=DATE:20261215" in calendar
    assert "DTEND;VALUE=DATE:20261216" in calendar


def test_the_moment_stays_the_same():
    assert dates.until("2026-12-15T23:59:59-08:00", now=NOW) == datetime(2026, 12, 16, 7, 59, 59, tzinfo=UTC)
