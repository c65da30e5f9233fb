"""Appointments as iCalendar: the same appointment has the same name in every file, so a calendar takes it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.render.clean import line, link


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar."""

    #: Stays the same.
    name: str
    #: What it is, in a line.
    title: str
    when: datetime
    #: When it was written down.
    written: datetime
    notes: str = ""
    url: str = ""


#: Nobody says how long an interview lasts.
LENGTH = timedelta(hours=1)


def calendar(appointments: Iterable[Appointment]) -> str:
    """The file, as text; times in UTC, which every calendar shows in its own zone."""
    from icalendar import Calendar, Event

    whole = Calendar()
    whole.add("prodid", "-//job-alerts//applications//EN")
    whole.add("version", "2.0")
    for one in appointments:
        event = Event()
        event.add("uid", f"{one.name}@job-alerts")
        event.add("summary", line(one.title, 200))
        event.add("dtstamp", one.written)
        event.add("dtstart", one.when)
        event.add("dtend", one.when + LENGTH)
        if one.notes:
            event.add("description", one.notes)
        if address := link(one.url):
            event.add("url", address)
        whole.add_component(event)
    return str(whole.to_ical(), "utf-8")
