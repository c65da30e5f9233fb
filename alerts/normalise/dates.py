"""Dates: whatever a source calls one, as an aware datetime in UTC; nonsense is unknown."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from alerts.normalise import dates_words

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_FURTHEST = timedelta(days=2)
#: A number larger than this is milliseconds (as seconds it would be beyond the year 5000), then micro-, then nanoseconds.
_SECONDS_END = 1e11

_ISO = re.compile(
    r"^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$", re.I
)
#: The day of the year, the week of the year.
_ORDINAL = re.compile(r"^(\d{4})-(\d{3})$")
_WEEK = re.compile(r"^(\d{4})-?W(\d\d)(?:-?(\d))?$", re.I)
_YMD = re.compile(r"^(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일.]?(?=$|[ T,])")
_DMY = re.compile(r"^(?:[^\W\d_]{2,12}\.?,?\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?=$|[ T,])")
_OFFSET = re.compile(r"\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*([+-])(\d\d):?(\d\d)?$")
_RFC822 = re.compile(r"^(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4}\s+\d\d?:\d\d(?!\S* ?[AaPp]\.?[Mm])")
_AGO = re.compile(
    r"\b(\d{1,4}|an?|one|ein(?:e[mnr]?)?|une?|een|un[ao]?|en|ett)\+?\s*"
    r"(minutes?|mins?|minuten?|minutos?|minuut|hours?|hrs?|h|stunden?|heures?|horas?|uur|uren|timmar|"
    r"days?|d|tag(?:en?)?|jours?|d[ií]as?|dias?|dag(?:en|ar)?|weeks?|w|wochen?|semaines?|semanas?|weken|week|veckor|"
    r"months?|mo|monat(?:en)?|mois|mes(?:es)?|maand(?:en)?|månader|years?|y|jahr(?:en)?|ans?|años?|anos?|jaar|år)\b",
    re.I,
)
_AGO_CUE = re.compile(
    r"\bago\b|\bvor\b|\bil y a\b|\bhace\b|\bhá\b|\bgeleden\b|\bsedan\b|^\d+\+?\s?(?:d|h|w|mo|y|days?|hours?)$|posted", re.I
)
_CJK_AGO = re.compile(r"(\d{1,4})\s*(分钟|分鐘|分|小时|小時|時間|天|日|周|週間|个月|個月|ヶ月|か月|年)\s*前")
_TODAY = re.compile(
    r"\b(?:today|just now|just posted|new|heute|aujourd.hui|hoy|hoje|vandaag|i ?dag|oggi|dzisiaj|dziś)\b|今天|刚刚|本日|今日",
    re.I,
)
_YESTERDAY = re.compile(r"\b(?:yesterday|gestern|hier|ayer|ontem|gisteren|i ?går|ieri|wczoraj)\b|昨天|昨日", re.I)
_UNITS = (
    ("minu", 1 / 1440), ("min", 1 / 1440), ("分", 1 / 1440), ("小", 1 / 24), ("時", 1 / 24), ("ho", 1 / 24), ("hr", 1 / 24),
    ("stun", 1 / 24), ("heu", 1 / 24), ("uu", 1 / 24), ("ur", 1 / 24), ("timm", 1 / 24), ("mo", 30), ("mes", 30), ("maan", 30),
    ("mån", 30), ("个", 30), ("個", 30), ("ヶ", 30), ("か", 30), ("week", 7), ("wek", 7), ("woch", 7), ("sem", 7), ("veck", 7),
    ("周", 7), ("週", 7), ("year", 365), ("jahr", 365), ("jaar", 365), ("an", 365), ("añ", 365), ("år", 365), ("年", 365),
)  # fmt: skip

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:\.|st|nd|rd|th)?[ -](?:de )?([^\W\d_]{3,12})\.?,?[ -](?:de )?(\d{4})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})\.?\s+([^\W\d_]{3,12})\.?\s+(\d{1,2})\b")
_CLOCK = re.compile(
    r"[T,]?\s*(?:-\s+)?(?:at\s+|um\s+|à\s+|kl\.?\s+|o\s+)?(\d{1,2})[:.](\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:\s*([AaPp])\.?[Mm])?"
    r"\s*([+-]\d\d:?\d\d|[A-Za-z]{2,5}\b)?"
)
#: By the first three letters, or four where three are not enough (juin, juillet).
_MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "mär": 3, "mrz": 3, "maa": 3, "mrt": 3, "apr": 4,
    "abr": 4, "avr": 4, "may": 5, "mai": 5, "mei": 5, "maj": 5, "mag": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7,
    "lug": 7, "aug": 8, "ago": 8, "aoû": 8, "aou": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10,
    "nov": 11, "dec": 12, "déc": 12, "dez": 12, "dic": 12, "des": 12,
}  # fmt: skip


def when(value: str | int | float | None, *, now: datetime) -> datetime | None:
    """The instant that ``value`` names, in UTC. A date alone is its midnight; words like "3 days ago" count from ``now``.

    None for what cannot be read, for times before 1995 and for times more than two days after ``now``. Never raises.
    For a closing date, which lies ahead, use ``until``.
    """
    found = _read(value, now)
    return found if found is not None and _EARLIEST <= found <= now + _FURTHEST else None


def until(value: str | int | float | None, *, now: datetime) -> datetime | None:
    """Like ``when`` for a date that may lie ahead (a closing date), up to ten years; in the time zone that it was written in.

    A closing date is a day for people: its own ``date()`` is the day that the employer wrote.
    """
    found = _read(value, now)
    if found is None or not _EARLIEST <= found <= now + timedelta(days=3660):
        return None
    return found.astimezone(_zone(value)) if isinstance(value, str) else found


def _zone(text: str) -> tzinfo:
    """The time zone that a written time names; UTC where it names none."""
    if (match := _OFFSET.search(text.strip())) is None:
        return UTC
    shift = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-shift if match[1] == "-" else shift) if timedelta(0) < shift <= timedelta(hours=14) else UTC


def _read(value: str | int | float | None, now: datetime) -> datetime | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        if isinstance(value, (int, float)):
            return _epoch(float(value))
        text = value.strip()[:100]
        if not text:
            return None
        return _written(text, now)
    except (ValueError, OverflowError, TypeError, OSError, ArithmeticError, LookupError, AttributeError):
        return None


def _epoch(number: float) -> datetime | None:
    if not math.isfinite(number) or number <= 0:
        return None
    while number >= _SECONDS_END:
        number /= 1000
    return datetime.fromtimestamp(number, UTC)


def _written(text: str, now: datetime) -> datetime | None:
    if match := _ISO.match(text):
        # Eight digits alone are a date only if they make one; ten and more are an epoch.
        return _iso(match)
    if re.fullmatch(r"\d{9,19}(?:\.\d+)?", text):
        return _epoch(float(text))
    if match := _YMD.match(text):
        return _timed(datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC), text, match.end())
    if match := _DMY.match(text):
        return _timed(datetime(int(match[3]), int(match[2]), int(match[1]), tzinfo=UTC), text, match.end())
    if match := _ORDINAL.match(text):
        return datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    if match := _WEEK.match(text):
        return datetime.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)).replace(tzinfo=UTC)
    if (ago := _ago(text)) is not None:
        return now.astimezone(UTC) - timedelta(days=ago)
    if found := _rfc822(text) or _worded(text):
        return found
    if (ago := dates_words.days_ago(text)) is not None:
        return now.astimezone(UTC) - timedelta(days=ago)
    return None


def _iso(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    moment = datetime(year, month, day, 0, minute, min(second, 59), int(f"{match[7] or '0':0<6.6}"), tzinfo=UTC)
    # The end of a day may be written as its 24th hour.
    return moment + timedelta(hours=hour) - timedelta(hours=dates_words.hours_east(match[8] or "Z"))


def _ago(text: str) -> float | None:
    """How many days back the words say, None where they do not speak of an age."""
    if match := _CJK_AGO.search(text):
        return int(match[1]) * _days(match[2])
    if _AGO_CUE.search(text) and (match := _AGO.search(text)):
        count = int(match[1]) if match[1] and match[1].isdigit() else 1
        return count * _days(match[2].lower())
    if _YESTERDAY.search(text):
        return 1.0
    return 0.0 if _TODAY.search(text) else None


def _days(unit: str) -> float:
    if unit in ("h", "w", "y"):
        return {"h": 1 / 24, "w": 7.0, "y": 365.0}[unit]
    return next((days for start, days in _UNITS if unit.startswith(start)), 1.0)


def _rfc822(text: str) -> datetime | None:
    if not _RFC822.match(text):
        return None
    from email.utils import parsedate_to_datetime  # brings sockets with it: only where it is needed

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None or moment.utcoffset() == timedelta(0):
        return (
            None
            if re.search(r"[A-Za-z]{3,5}\s*$", text) and not text.upper().endswith(("GMT", "UTC"))
            else moment.replace(tzinfo=UTC)
        )
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _worded(text: str) -> datetime | None:
    """Written-out dates: "August 11, 2026", "11. August 2026", "Aug 11, 2026 8:45 PM", "08/11/2026"."""
    if match := _SLASHED.match(text):
        first, second, year = (int(part) for part in match.groups())
        # Month first, as boards in the United States write it, unless that is no month.
        return datetime(year, second, first, tzinfo=UTC) if first > 12 else datetime(year, first, second, tzinfo=UTC)
    if match := _MONTH_FIRST.search(text):
        month, day, year, clock = match[1], int(match[2]), int(match[3]), match.end()
    elif match := _DAY_FIRST.search(text):
        day, month, year, clock = int(match[1]), match[2], int(match[3]), match.end()
    elif match := _YEAR_FIRST.search(text):
        year, month, day, clock = int(match[1]), match[2], int(match[3]), match.end() + 1
    else:
        return None
    number = dates_words.month(month) or _MONTHS.get(month[:4].lower()) or _MONTHS.get(month[:3].lower())
    return None if number is None else _timed(datetime(year, number, day, tzinfo=UTC), text, clock)


def _timed(day: datetime, text: str, start: int) -> datetime:
    """The day with the hour that is written behind it."""
    time = _CLOCK.match(text, start)
    if time is None:
        return day
    hour = int(time[1]) % 12 + 12 if (time[4] or "").lower() == "p" else int(time[1]) % 12 if time[4] else int(time[1])
    if hour > 24 or int(time[2]) > 59:
        return day
    span = timedelta(hours=hour, minutes=int(time[2]), seconds=min(int(time[3] or 0), 59))
    return day + span - timedelta(hours=dates_words.hours_east(time[5]))
