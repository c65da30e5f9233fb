"""One application as its page shows it: what was kept, what comes, what was said; and one line of it for other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from alerts.acts import application_record as records
from alerts.desk import job_parts
from alerts.desk.call import Call
from alerts.desk.job_parts import Fact
from alerts.model.application import BEFORE, OVER, Application, Copy, Entry, State
from alerts.notify.reminders import AHEAD, OFF
from alerts.parse.durations import say as span_said
from alerts.render import wording
from alerts.render.clean import line, steady
from alerts.store.short import short

#: What comes after a state, as a rule.
NEXT = {
    State.SAVED: State.APPLIED,
    State.PREPARING: State.APPLIED,
    State.APPLIED: State.ANSWERED,
    State.ANSWERED: State.INTERVIEW,
    State.INTERVIEW: State.OFFER,
}
_KINDS = {
    "note": "Note",
    "contact": "Contact",
    "reminder": "Reminder",
    "done": "Done",
    "draft": "Draft of the letter",
    "letter": "Letter that was sent",
    "file": "File that was sent",
    "answer": "Answer",
    "form": "The form",
}


@dataclass(frozen=True, slots=True)
class Brief:
    """How far it is."""

    code: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The posting as it read at a moment."""

    at: str
    title: str
    company: str
    source: str
    language: str
    facts: tuple[Fact, ...]
    #: Word for word.
    text: str


@dataclass(frozen=True, slots=True)
class Coming:
    """An appointment."""

    entry: int
    when: str
    words: str
    #: A reminder of one's own; else an interview.
    own: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    entry: int
    at: str
    what: str
    words: str
    undone: str


def brief(call: Call, job: int) -> Brief | None:
    """Is there an application, and how far is it?"""
    known = call.store.applications.of_job(job)
    if known is None or known.state is None:
        return None
    return Brief(short(job), known.state, f"since {wording.day(known.since, call.now, call.plan.settings.timezone)}")


def name_of(call: Call, known: Application) -> tuple[str, str]:
    """Title and employer, of the posting that was kept, else as it reads now."""
    copy = records.kept(known)
    posting = copy.posting if copy else records.posting_now(call.store, known.job)
    return (line(posting.title, 200), line(posting.company or "", 120)) if posting else (short(known.job), "")


def reading(call: Call, copy: Copy) -> Reading:
    """A kept posting."""
    settings, posting = call.plan.settings, copy.posting
    facts = job_parts.facts(posting, settings.currency, call.now, settings.timezone)
    return Reading(
        wording.clock(copy.at, settings.timezone),
        line(posting.title, 300),
        line(posting.company or "", 200),
        line(posting.source, 80),
        posting.language or "",
        tuple(fact for fact in facts if fact.value),
        steady(posting.text),
    )


def coming(call: Call, known: Application) -> list[Coming]:
    """What lies ahead, and reminders that are due and not done."""
    zone = call.plan.settings.timezone
    return [
        Coming(entry.id, wording.clock(when, zone), line(records.what(entry), 200), entry.kind == "reminder", when <= call.now)
        for when, entry in known.appointments
        if entry.kind == "reminder" or (when > call.now and known.state not in OVER)
    ]


def history(call: Call, known: Application) -> list[Happened]:
    """Everything that was ever said, the last first; what was taken back says so."""
    zone = call.plan.settings.timezone
    return [
        Happened(
            entry.id,
            wording.clock(entry.at, zone),
            entry.words.capitalize() if entry.kind == "state" else _KINDS.get(entry.kind, entry.kind.capitalize()),
            _words(entry, zone),
            wording.clock(entry.undone, zone) if entry.undone else "",
        )
        for entry in reversed(call.store.applications.everything(known.rows))
    ]


def _words(entry: Entry, zone: str) -> str:
    when = wording.clock(entry.when, zone) if entry.when else ""
    if entry.kind == "state":
        return when and f"on {when}"
    if entry.kind in ("draft", "letter"):
        return f"{len(entry.words.split()):,} words"
    if entry.kind == "nudge":
        return "no more of them" if entry.words == OFF else f"after {entry.words} without an answer"
    asked = f"{entry.more['question']}: " if "question" in entry.more else ""
    return line(f"{asked}{entry.words}", 300) + (f", {when}" if when else "")


def nudges(call: Call, known: Application) -> tuple[bool, str]:
    """Are there nudges, and what is said of them."""
    said, usual = known.of("nudge")[-1:], call.plan.applications.nudge
    if known.state in BEFORE or known.state in OVER or known.state is None:
        return True, "Nobody is to answer now, so nobody is waited for."
    if said and said[0].words == OFF:
        return False, "You hear nothing of silence on this one."
    span = said[0].words if said else span_said(usual) if isinstance(usual, timedelta) else ""
    if not span:
        return False, "You hear nothing of silence: nudge = false in the configuration."
    return True, f"A word comes when there is no answer for {span}."


def warnings(call: Call, known: Application) -> Iterator[str]:
    """What is not as usual, a line each."""
    zone = call.plan.settings.timezone
    if len(known.rows) > 1:
        yield (
            f"This job had {len(known.rows)} applications, because it was stored as several jobs. They are shown as one, with all"
            " that was kept of each; parted again, each has its own."
        )
    if not known.copies:
        yield "The posting was gone before it could be kept. What you said of it is all here."
    elif not any(copy.posting.text for copy in known.copies):
        yield "The text of the posting was gone before it could be kept; what is known of it is below."
    ahead = [entry for entry in known.entries if entry.written > call.now + AHEAD]
    if ahead:
        day = wording.clock(max(entry.written for entry in ahead), zone)
        yield (
            f"Something here was written while the clock of this machine ran ahead ({day}). Nothing is lost and reminders come in"
            " time; where a day is wrong, take it back in the history and say it again."
        )
    if known.state is None:
        yield "All states were taken back, so it is not listed. Say how far it is to have it back."


def changes(call: Call, known: Application) -> Sequence[tuple[str, str, str]]:
    """What became different since the posting was kept: field, before, after."""
    found = records.changed(known, records.posting_now(call.store, known.job))
    return [(line(one.field, 30), line(one.before, 400), line(one.after, 400)) for one in found]
