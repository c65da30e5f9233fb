"""When a message may go out: schedules and quiet hours, in the user's time zone.

Everything that is not *now* becomes a cron line read by cronsim, whose rules at clock changes are those of Debian's cron:
a time that is skipped in spring runs right after the change, a time that comes twice in autumn runs once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
EXPECTED = 'write "now", "hourly", "daily 08:00", "weekdays 08:00", "mon,thu 18:00" or "cron: 0 8 * * 1-5"'


@dataclass(frozen=True, slots=True)
class Schedule:
    """A reading of ``when``; ``cron`` is None for *now*."""

    words: str
    cron: str | None

    def next(self, now: datetime, zone: str) -> datetime:
        """The first moment after ``now`` (aware, UTC) at which the schedule rings; ``now`` itself for *now*."""
        if self.cron is None:
            return now
        from cronsim import CronSim

        # In the second pass of an hour that comes twice, cronsim may name the first pass, which is over.
        rings = (ring.astimezone(UTC) for ring in CronSim(self.cron, now.astimezone(ZoneInfo(zone))))
        return next(ring for ring in rings if ring > now)


def read(words: str) -> Schedule:
    """Read ``when``; raises ValueError that says what was expected."""
    text = " ".join(words.lower().split())
    if text == "now":
        return Schedule(words, None)
    if text == "hourly":
        return Schedule(words, "0 * * * *")
    if text.startswith("cron:"):
        return Schedule(words, _checked(text.removeprefix("cron:").strip()))
    days, _, clock = text.rpartition(" ")
    at = _CLOCK.fullmatch(clock)
    numbers = _weekdays(days)
    if at is None or numbers is None:
        raise ValueError(f"{words!r} is not a schedule; {EXPECTED}")
    return Schedule(words, f"{int(at[2])} {int(at[1])} * * {numbers}")


def _weekdays(words: str) -> str | None:
    named = {"daily": "*", "weekdays": "1-5", "weekend": "0,6", "weekly": "1"}
    if words in named:
        return named[words]
    days = [day.strip()[:3] for day in words.split(",")]
    return ",".join(str(_DAYS.index(day)) for day in days) if all(day in _DAYS for day in days) else None


def _checked(line: str) -> str:
    from cronsim import CronSim, CronSimError

    try:
        CronSim(line, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(f"{line!r} is not a cron line ({error}); {EXPECTED}") from None
    return line


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which a channel is silent; they may run over midnight."""

    start: time
    end: time

    def until(self, moment: datetime, zone: str) -> datetime:
        """``moment``, or the end of the quiet hours that it falls into (aware, UTC)."""
        local = moment.astimezone(ZoneInfo(zone))
        clock = local.time().replace(tzinfo=None)
        over_midnight = self.start > self.end
        inside = (clock >= self.start or clock < self.end) if over_midnight else (self.start <= clock < self.end)
        if not inside:
            return moment
        day = local.date() + timedelta(days=1 if over_midnight and clock >= self.start else 0)
        return datetime.combine(day, self.end, local.tzinfo).astimezone(UTC)


def quiet(words: str) -> Quiet:
    """Read ``22:00-07:00``; raises ValueError."""
    start, _, end = words.replace("–", "-").partition("-")
    clocks = [_CLOCK.fullmatch(part.strip()) for part in (start, end)]
    if not all(clocks):
        raise ValueError(f'{words!r} are not quiet hours; write for example "22:00-07:00"')
    hours = [time(int(clock[1]), int(clock[2])) for clock in clocks if clock]
    if hours[0] == hours[1]:
        raise ValueError(f"{words!r} would be quiet for ever; start and end must differ")
    return Quiet(*hours)
