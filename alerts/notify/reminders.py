"""What of applications wants a word now: appointments, silence, last days. Pure; ``remind.py`` owes it to a channel.

Days are reckoned by the calendar of the person's zone, so that a day before ten o'clock is ten o'clock, whatever the clocks
do in between; hours are hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from alerts.model.application import BEFORE, OVER, WAITING, Application, Entry
from alerts.model.plan import Reminding
from alerts.model.schedule import Quiet
from alerts.parse.durations import say as words_of
from alerts.parse.durations import span

DAY = timedelta(days=1)
#: At this hour one is told what has no hour of its own.
MORNING = time(9)
#: So long a reminder that nobody called done wants one still.
UNDONE = timedelta(days=7)
#: So long before the last day to apply.
DEADLINE = timedelta(days=3)
#: What was told by a clock that ran ahead by more than this was told by a wrong clock, and is told again in time.
AHEAD = timedelta(hours=1)
OFF = "off"


@dataclass(frozen=True, slots=True)
class Due:
    """One word that is due."""

    kind: Literal["appointment", "silence", "deadline"]
    #: The row, and the keys under which it is told once.
    row: int
    keys: tuple[str, ...]
    #: The moment of the appointment or of the last day; since when it is silent.
    when: datetime
    entry: Entry | None = None


def due(
    known: Application,
    told: Mapping[tuple[int, str], datetime],
    how: Reminding,
    zone: str,
    now: datetime,
    quiet: Quiet | None = None,
) -> list[Due]:
    """All that is due of one application and was not told."""
    fresh = {key for key, at in told.items() if at <= now + AHEAD}
    found = [*_appointments(known, how, zone, now, quiet, fresh), *_silence(known, how, zone, now), *_deadline(known, zone, now)]
    return [one for one in found if any((one.row, key) not in fresh for key in one.keys)]


def wants(known: Application, how: Reminding, zone: str, now: datetime) -> list[Due]:
    """What of it wants the person today, told or not: what comes near, what was not done, silence, a last day."""
    return [one for one in due(known, {}, how, zone, now) if one.kind != "appointment" or _still(one, zone, now)]


def _still(one: Due, zone: str, now: datetime) -> bool:
    """Is it to come, of today, or a reminder of the last days that nobody called done?"""
    today = now.astimezone(ZoneInfo(zone)).date()
    if one.when > now or one.when.astimezone(ZoneInfo(zone)).date() == today:
        return True
    return one.entry is not None and one.entry.kind == "reminder" and one.when > now - UNDONE


def before(moment: datetime, length: timedelta, zone: str) -> datetime:
    """A moment so long before another: whole days by the calendar, else by the clock."""
    if length % DAY:
        return moment - length
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - length
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def morning_after(moment: datetime, length: timedelta, zone: str) -> datetime:
    """The morning of the day that lies so many days after a moment; less than a day is by the clock."""
    if length % DAY:
        return moment + length
    day = moment.astimezone(ZoneInfo(zone)).date() + length
    return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)


def _appointments(
    known: Application, how: Reminding, zone: str, now: datetime, quiet: Quiet | None, fresh: set[tuple[int, str]]
) -> list[Due]:
    found = []
    for when, entry in known.appointments:
        if entry.kind == "state" and known.state in OVER:
            continue
        lengths = how.remind if entry.kind == "state" else (timedelta(0),)
        times = {f"{entry.id}:{words_of(length)}": _spoken(before(when, length, zone), when, zone, quiet) for length in lengths}
        # Whoever wrote it down knows what was due then.
        reached = {key: at for key, at in times.items() if at <= now and not at <= entry.written <= now}
        # The last one covers those before it, and who was told once need not hear afterwards that it is over.
        new = [key for key in reached if (entry.application, key) not in fresh]
        if new and not (when <= now and len(new) < len(reached)):
            found.append(Due("appointment", entry.application, tuple(reached), when, entry))
    return found


def _spoken(at: datetime, when: datetime, zone: str, quiet: Quiet | None) -> datetime:
    """Not in quiet hours, unless those last until the appointment."""
    later = quiet.until(at, zone) if quiet else at
    return later if later < when else at


def _silence(known: Application, how: Reminding, zone: str, now: datetime) -> list[Due]:
    if known.state not in WAITING or any(when > now for when, entry in known.appointments if entry.kind == "state"):
        return []
    said = known.of("nudge")[-1:]
    length = _length(said[0].words) if said else how.nudge
    if length is None:
        return []
    starts = [(known.since, known.states[-1][1])]
    starts += [(when, entry) for when, entry in known.appointments if entry.kind == "state"]
    starts += [(entry.at, entry) for entry in said]
    since, entry = max(starts, key=lambda one: one[0])
    at = morning_after(since, length, zone)
    return [Due("silence", entry.application, (f"{entry.id}:silence",), since, entry)] if at <= now else []


def _length(words: str) -> timedelta | None:
    try:
        return None if words == OFF else span(words)
    except ValueError:
        return None


def _deadline(known: Application, zone: str, now: datetime) -> list[Due]:
    copy = known.copies[-1] if known.copies else None
    if known.state not in BEFORE or copy is None or copy.posting.expires is None:
        return []
    last = copy.posting.expires
    # A date without an hour is the same day everywhere.
    day = last if last.time() == time(0) else last.astimezone(ZoneInfo(zone))
    at = datetime.combine(day.date() - DEADLINE, MORNING, ZoneInfo(zone)).astimezone(UTC)
    over = datetime.combine(day.date() + DAY, time(0), ZoneInfo(zone)).astimezone(UTC)
    if not at <= now < over or at <= known.begun:
        return []
    return [Due("deadline", known.rows[0], (f"deadline:{day.date()}",), last)]
