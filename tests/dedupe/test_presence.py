"""When a posting that is no longer listed is closed, and when one that comes back is not new."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.dedupe.presence import Presence, is_closed, is_over, judge_listing, not_seen, seen

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def missing(*hours: float) -> Presence:
    """After listings without it at these hours after noon."""
    presence = Presence()
    for hour in hours:
        presence = not_seen(presence, NOON + timedelta(hours=hour))
    return presence


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ((), False),
        ((0,), False),
        ((0, 100), False),
        ((0, 1, 2), False),
        ((0, 1, 5.9), False),
        ((0, 3, 6), True),
        ((0, 0.5, 1, 1.5, 7), True),
        ((0, 24, 48), True),
    ],
)
def test_closed_needs_three_listings_and_six_hours(hours: tuple[float, ...], closed: bool) -> None:
    presence = missing(*hours)
    assert (presence.closed_at is not None) == closed
    assert is_closed(presence, NOON + timedelta(hours=max(hours, default=0))) == closed


def test_once_closed_it_keeps_the_hour_of_its_closing() -> None:
    assert missing(0, 3, 6, 12).closed_at == NOON + timedelta(hours=6)


def test_seen_again_nothing_is_missing() -> None:
    assert seen(missing(0, 3, 6)) == Presence()
    assert not_seen(seen(missing(0, 3)), NOON).missed == 1


@pytest.mark.parametrize(
    ("known", "listed", "before", "complete", "counts"),
    [
        (100, 95, 100, True, True),
        (100, 95, None, True, True),
        (100, 95, 100, False, False),
        (100, 0, 100, True, False),
        (100, 0, 0, True, False),
        (0, 0, 0, True, True),
        (0, 50, 0, True, True),
        (90, 60, 90, True, True),
        (90, 59, 90, True, False),
        (90, 59, None, True, False),
        (90, 59, 58, True, True),
        (90, 20, 59, True, False),
        (3, 1, 3, True, False),
        (3, 1, 1, True, True),
    ],
)
def test_a_listing_counts_unless_it_is_partial_empty_or_a_first_sharp_drop(
    known: int, listed: int, before: int | None, complete: bool, counts: bool
) -> None:
    verdict = judge_listing(known, listed, before, complete)
    assert verdict.counts == counts
    assert verdict.why


@pytest.mark.parametrize(
    ("expires", "now", "zone", "over"),
    [
        ("2026-11-25T00:00Z", "2026-11-27T08:00Z", "UTC", True),
        ("2026-11-26T00:00Z", "2026-11-26T23:59Z", "UTC", False),
        ("2026-11-26T00:00Z", "2026-11-27T00:01Z", "UTC", True),
        # A day without a time of day ends where the user is.
        ("2026-11-26T00:00Z", "2026-11-27T03:00Z", "America/New_York", False),
        ("2026-11-26T00:00Z", "2026-11-26T23:30Z", "Europe/Berlin", True),
        ("2026-11-26T12:00Z", "2026-11-26T12:00Z", "UTC", True),
        ("2026-11-26T12:00Z", "2026-11-26T11:59Z", "UTC", False),
        ("2026-11-26T23:00+01:00", "2026-11-26T22:30Z", "UTC", True),
    ],
)
def test_a_posting_is_over_after_its_last_day(expires: str, now: str, zone: str, over: bool) -> None:
    assert is_over(datetime.fromisoformat(expires), datetime.fromisoformat(now), zone) == over


def test_what_names_no_end_is_never_over() -> None:
    assert not is_over(None, NOON, "UTC")
