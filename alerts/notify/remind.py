"""Owes what is to be said of applications to a channel, each word once: reminders, silence, and what happened to their jobs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from alerts.model.application import OVER, Application
from alerts.model.event import EventKind
from alerts.model.plan import Channel
from alerts.notify.context import Context
from alerts.notify.reminders import Due, due
from alerts.render import reminders as words
from alerts.render.calendar import Appointment, calendar
from alerts.render.reminders import Named
from alerts.render.tongue import speaking
from alerts.store.short import short

#: What of a job is a word to whoever applied; once it is over, only that it is there again.
NEWS = frozenset({EventKind.CHANGED, EventKind.CLOSED, EventKind.REPOSTED, EventKind.REOPENED})
AGAIN = frozenset({EventKind.REPOSTED, EventKind.REOPENED})


def remind(context: Context, now: datetime) -> int:
    """Owe all that is due now; how many messages. Without a channel nothing is told, and all of it stays due."""
    channel = channel_of(context)
    found = [known for known in context.store.applications.all() if known.state] if channel else []
    if channel is None or not found:
        return 0
    with speaking(context.plan.language_of(channel)):
        owed = 0
        silent: list[tuple[Application, Due]] = []
        for known in found:
            for one in _due(context, channel, known, now):
                if one.kind == "silence":
                    silent.append((known, one))
                else:
                    owed += _owe(context, channel, known, one, now)
            owed += _happened(context, channel, known, now)
        return owed + _owe_silence(context, channel, silent, now)


def channel_of(context: Context) -> Channel | None:
    """The channel that is told: the one that is named, the operator's, or the first."""
    plan = context.plan
    named = plan.applications.channel or plan.settings.notify or next(iter(plan.channels), None)
    return plan.channels.get(named) if named else None


def _due(context: Context, channel: Channel, known: Application, now: datetime) -> list[Due]:
    told = context.store.applications.told(known.rows)
    return due(known, told, context.plan.applications, context.plan.settings.timezone, now, channel.quiet)


def named(known: Application) -> Named:
    """The application in words, by the posting that was kept."""
    copy = known.copy_at(known.applied)
    posting = copy.posting if copy else None
    contacts = tuple(entry.words for entry in known.of("contact"))
    if posting is None:
        return Named(short(known.job), short(known.job), "", "", known.applied, contacts)
    url = posting.apply_url or posting.url
    return Named(short(known.job), posting.title, posting.company or "", url, known.applied, contacts)


def appointments(known: Application) -> list[Appointment]:
    """Its appointments, as entries of a calendar."""
    one = named(known)
    return [
        Appointment(
            f"application-{entry.id}",
            words.calendar_title(one, entry.words if entry.kind == "reminder" else None),
            when,
            entry.written,
            url=one.url,
        )
        for when, entry in known.appointments
    ]


def _owe(context: Context, channel: Channel, known: Application, one: Due, now: datetime) -> int:
    zone, who, entry = context.plan.settings.timezone, named(known), one.entry
    if entry is None:
        said, ics = words.last_day(who, one.when, now), ""
    else:
        notes = [note.words for note in known.of("note")[-2:]]
        interview = entry.kind == "state"
        said = words.interview(who, one.when, now, zone, notes) if interview else words.own(who, entry.words, one.when, now, zone)
        ics = calendar(a for a in appointments(known) if a.name == f"application-{entry.id}")
    return _notice(context, channel, said, [(one.row, one.keys)], now, ics)


def _owe_silence(context: Context, channel: Channel, silent: Sequence[tuple[Application, Due]], now: datetime) -> int:
    if not silent:
        return 0
    said = words.silence([(named(known), one.when) for known, one in silent], now, context.plan.settings.timezone)
    return _notice(context, channel, said, [(one.row, one.keys) for _, one in silent], now)


def _happened(context: Context, channel: Channel, known: Application, now: datetime) -> int:
    """What happened to the job, where no alert of a search tells it already."""
    store, owed = context.store, 0
    seen, told = store.applications.seen(known.rows), {key for _, key in store.applications.told(known.rows)}
    asked = AGAIN if known.state in OVER else NEWS
    events = [e for e in store.events.of_job(known.job) if e.id > seen and f"event:{e.id}" not in told and e.kind in asked]
    if not events:
        return 0
    by_alert = {alert.key for alert in store.outbox.told(known.job)}
    hidden = ("job", str(known.job)) in store.marks.hidden(now)
    for event in events:
        row = [(known.rows[0], (f"event:{event.id}",))]
        if hidden or str(event.id) in by_alert:
            store.applications.keep_told(known.rows[0], f"event:{event.id}", now)
        else:
            owed += _notice(context, channel, words.happened(named(known), event.kind, event.changes), row, now)
    return owed


def _notice(
    context: Context,
    channel: Channel,
    said: words.Said,
    keys: Sequence[tuple[int, Sequence[str]]],
    now: datetime,
    ics: str = "",
) -> int:
    """One message is owed, and that it was, in one transaction."""
    with context.store.transaction():
        of = f"application-{keys[0][0]}" if len(keys) == 1 else "applications"  # by this name they are found and forgotten
        context.store.outbox.notice(f"{of}-{secrets.token_hex(10)}", channel.name, *said, now, calendar=ics)
        for row, names in keys:
            for name in names:
                context.store.applications.keep_told(row, name, now)
    return 1
