"""A day or an hour as a person writes it, in the person's zone; one that no clock shows is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.model.errors import UsageError

FORMS = 'write for example "2026-12-03", "2026-12-03T10:00" or "tomorrow 10:00"'
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
#: What lies further away than this is a slip of the pen.
FURTHEST = timedelta(days=5 * 366)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Day:
    """What was said: the moment, what the clock on the wall shows then, and whether an hour was named."""

    moment: datetime
    wall: datetime
    zone: str
    with_hour: bool

    @property
    def more(self) -> dict[str, str]:
        """As it is kept: what the wall shows, and where; an offset that was said stays."""
        return {"when": self.wall.isoformat(timespec="minutes"), "zone": self.zone}


def read(words: str, zone: str, now: datetime, *, hour: time = NOON) -> Day:
    """The day or hour; raises UsageError saying what was expected, or that there is no such hour. ``hour``: of a bare day."""
    wall, with_hour = _wall(words, zone, now, hour)
    try:
        moment = (wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (OverflowError, ValueError):
        raise UsageError(f"{words!r} is not a day that can be reckoned with; {FORMS}") from None
    if abs(moment - now) > FURTHEST:
        raise UsageError(f"{words!r} is more than five years away; {FORMS}")
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if wall.tzinfo is None and shown != wall:
        raise UsageError(f"{words!r} is an hour that {zone} leaves out, because its clocks go on; write {shown:%Y-%m-%dT%H:%M}")
    return Day(moment, wall, zone, with_hour)


def there(wall: datetime, zone: str) -> str:
    """An hour on the wall as ``read`` takes it; one that the clocks leave out is that after it."""
    shown = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    return shown.replace(tzinfo=None).isoformat(timespec="minutes")


def _wall(words: str, zone: str, now: datetime, bare: time) -> tuple[datetime, bool]:
    name, _, hour = words.strip().lower().partition(" ")
    if name in _NAMED:
        words = f"{now.astimezone(ZoneInfo(zone)).date() + timedelta(days=_NAMED[name])} {hour}"
    text = words.strip()
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{words.strip()!r} is not a day; {FORMS}") from None
    with_hour = len(text) > 10
    return (wall if with_hour else datetime.combine(wall.date(), bare)).replace(second=0, microsecond=0), with_hour
