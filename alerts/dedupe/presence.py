"""Closed, reopened, over: what it means that a listing no longer shows, or shows again, a posting. No clock here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: A posting is closed after this many complete listings without it …
MISSES = 3
#: … of which the first is at least this old: boards flap for hours.
LEAST_AGE = timedelta(hours=6)
#: A listing that lost more than one posting in so many must repeat before it counts.
SHARP_DROP = 3


@dataclass(frozen=True, slots=True)
class Presence:
    """How long a posting has been missing from its source's listings."""

    #: Complete listings in a row without it.
    missed: int = 0
    first_missed: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListingVerdict:
    """Does a listing count for what it does not show? And why."""

    counts: bool
    why: str


def judge_listing(known_open: int, seen: int, previous_seen: int | None, complete: bool) -> ListingVerdict:
    """May the postings that this listing lacks be counted as missing?

    ``known_open`` of the source were open before it, ``seen`` is how many it showed, ``previous_seen`` how many the
    listing before it showed (None: there was none, or it failed).
    """
    if not complete:
        return ListingVerdict(False, "the listing is not complete")
    if seen == 0 and known_open:
        return ListingVerdict(False, f"the listing is empty after {known_open} postings")
    if _sharp(seen, known_open):
        if previous_seen is None or not _sharp(previous_seen, known_open) or not _near(seen, previous_seen):
            return ListingVerdict(False, f"{seen} postings after {known_open}: a drop by more than a third must repeat first")
        return ListingVerdict(True, f"{seen} postings after {known_open}, twice in a row")
    return ListingVerdict(True, f"{seen} postings")


def seen(presence: Presence) -> Presence:
    """It is listed (again). Compare ``is_closed`` of before: a closed one that is seen is *reopened*, never new."""
    return Presence() if presence != Presence() else presence


def not_seen(presence: Presence, now: datetime) -> Presence:
    """A listing that counts does not show it; ``closed_at`` is set once it has been missing long enough."""
    if presence.closed_at:
        return presence
    missed = replace(presence, missed=presence.missed + 1, first_missed=presence.first_missed or now)
    return replace(missed, closed_at=now) if is_closed(missed, now) else missed


def is_closed(presence: Presence, now: datetime) -> bool:
    """Missing from enough complete listings, for long enough."""
    if presence.closed_at:
        return True
    since = presence.first_missed
    return presence.missed >= MISSES and since is not None and now - since >= LEAST_AGE


def is_over(expires: datetime | None, now: datetime, zone: str) -> bool:
    """Is the last moment to apply past? A date without a time of day is a whole day, in the time zone of the user."""
    if expires is None:
        return False
    if expires.astimezone(UTC).time() == time(0):
        return expires.astimezone(UTC).date() < now.astimezone(ZoneInfo(zone)).date()
    return expires <= now


def _sharp(seen: int, known_open: int) -> bool:
    return (known_open - seen) * SHARP_DROP > known_open


def _near(seen: int, previous: int) -> bool:
    return abs(seen - previous) <= max(2, previous // 5)
