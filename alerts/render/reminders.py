"""What is said of applications: appointments, silence, last days, and what happened to a job. In the language spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.model.event import Change, EventKind
from alerts.render import wording
from alerts.render.clean import line
from alerts.render.tongue import count, say


@dataclass(frozen=True, slots=True)
class Named:
    """The application that is spoken of."""

    job: str
    title: str
    company: str = ""
    url: str = ""
    applied: datetime | None = None
    contacts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Title and employer."""
        title, company = line(self.title, 90), line(self.company, 40)
        return say("{title} at {company}", title=title, company=company) if company else title


#: Subject and text of a message.
Said = tuple[str, str]


def interview(one: Named, when: datetime, now: datetime, zone: str, notes: Iterable[str] = ()) -> Said:
    """An interview that is to come, or was when nobody could say so in time."""
    subject = _when(when, now, zone, (say("Interview today"), say("Interview tomorrow"), say("Interview")), say("Interview was"))
    late = [say("This word comes late: nothing was running when it was due.")] if when <= now else []
    return f"{subject}: {one}", _text([str(one), wording.clock(when, zone), *late, *notes], one)


def calendar_title(one: Named, words: str | None = None) -> str:
    """What an entry of a calendar is called."""
    what = line(words, 120) if words else say("Interview")
    return f"{what}: {one}"


def own(one: Named, words: str, when: datetime, now: datetime, zone: str) -> Said:
    """A reminder of the person's own."""
    late = [say("This word comes late: nothing was running when it was due.")] if now - when > timedelta(hours=1) else []
    return say("Reminder: {words}", words=line(words, 120)), _text([str(one), wording.clock(when, zone), *late], one)


def last_day(one: Named, day: datetime, now: datetime) -> Said:
    """The last day to apply comes near."""
    said = say("Apply by {day}: {job}", day=wording.last_day(day, now), job=str(one))
    return said, _text([str(one), say("You did not apply yet.")], one)


def silence(found: Sequence[tuple[Named, datetime]], now: datetime, zone: str) -> Said:
    """No answer, since when; several are one message."""
    if len(found) == 1:
        one, since = found[0]
        days = count((now - since).days, "No answer for {number} day", "No answer for {number} days")
        off = say("No more of these for this one: {command}", command=f"job-alerts application {one.job} --nudge off")
        return f"{days}: {one}", _text([str(one), _applied(one, now, zone), say("A short word is usual now."), off], one)
    lines = [f"{one}: {_applied(one, now, zone)} ({one.job})" for one, _ in found]
    subject = count(len(found), "{number} application without an answer", "{number} applications without an answer")
    off = say("No more of these for one of them: {command}", command="job-alerts application JOB --nudge off")
    return subject, "\n".join([*lines, say("A short word is usual now."), off])


def happened(one: Named, kind: EventKind, changes: Sequence[Change]) -> Said:
    """What happened to a job that one applied for, or saved."""
    what = {
        EventKind.CHANGED: say("You saved it, and it changed: {job}", job=str(one)),
        EventKind.CLOSED: say("You saved it, and it is closed: {job}", job=str(one)),
        EventKind.REPOSTED: say("It is posted again: {job}", job=str(one)),
        EventKind.REOPENED: say("It is open again: {job}", job=str(one)),
    }
    if one.applied:
        what[EventKind.CHANGED] = say("You applied, and it changed: {job}", job=str(one))
        what[EventKind.CLOSED] = say("You applied, and it is closed: {job}", job=str(one))
    lines = [f"{wording.word('field', c.field)}: {line(c.before, 120)} → {line(c.after, 120)}" for c in changes]
    return what.get(kind, str(one)), _text([*lines, say("The text as it read when you kept it is with the application.")], one)


def _applied(one: Named, now: datetime, zone: str) -> str:
    return say("applied on {day}", day=wording.day(one.applied, now, zone)) if one.applied else ""


def _when(when: datetime, now: datetime, zone: str, ahead: tuple[str, str, str], past: str) -> str:
    """ "Interview tomorrow, 10:00", by the days of the person's own calendar."""
    local, today = when.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    hour, days = f"{local:%H:%M}", (local.date() - today).days
    if when <= now:
        return f"{past} {wording.day(when, now, zone)}, {hour}"
    if days in (0, 1):
        return f"{ahead[days]}, {hour}"
    return f"{ahead[2]} {wording.day(when, now, zone)}, {hour}"


def _text(lines: Iterable[str], one: Named) -> str:
    more = [say("Contact: {who}", who=line(who, 200)) for who in one.contacts[:3]]
    address = [one.url] if one.url else []
    end = say("All of it: {command}", command=f"job-alerts application {one.job}")
    return "\n".join(text for text in (*lines, *more, *address, end) if text)
