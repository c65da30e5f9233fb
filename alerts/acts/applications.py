"""An application begins, changes, and is taken back; whoever says it, and by whatever word, it is kept in one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.acts import days
from alerts.acts.application_marks import MARKS, lacks, say_by_marks
from alerts.dedupe.consolidate import in_order
from alerts.model.application import Application, State
from alerts.model.errors import UsageError
from alerts.model.spoken import here
from alerts.notify.alert_view import shown_first
from alerts.notify.reminders import MORNING, OFF
from alerts.parse.durations import say as span_said
from alerts.parse.durations import span
from alerts.store.posting_rows import Stored
from alerts.store.short import short
from alerts.store.store import Store

#: Characters of one entry.
MOST = 200_000


@dataclass(frozen=True, slots=True)
class Said:
    """A line on what was done. ``by_command``: its end, which only helps at a terminal."""

    words: str
    by_command: str = ""

    def __str__(self) -> str:
        return self.words + self.by_command


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in lines, and the application as it is now."""

    application: Application
    said: tuple[Said, ...]


def one(store: Store, job: int) -> Application:
    """The application for a job; raises UsageError where none was begun."""
    found = store.applications.of_job(job)
    if found is None:
        raise UsageError(f"no application was begun for {short(job)}", f"; begin one with: job-alerts applied {short(job)}")
    return found


def set_state(
    store: Store, job: int, state: State, now: datetime, zone: str, *, on: str | None = None, mark: str | None = None
) -> Done:
    """Say how far an application is; it begins with that. ``on``: the day, or of an interview the hour to come."""
    day = days.read(on, zone, now) if on else None
    with store.transaction():
        before = store.applications.of_job(job)
        row, said = begin(store, job, now)
        if before and before.state is state and day is None:
            said = [Said(f"it is {state} since {here(before.since, zone)} already", f"; another day: --state {state} --on DAY")]
        else:
            said = _move(store, row, job, state, day, now, zone, mark) + said
            said += keep_what_was_sent(store, row, job, state, now)
        say_by_marks(store, job, now)
    return Done(one(store, job), tuple(said))


def begin(store: Store, job: int, now: datetime) -> tuple[int, list[Said]]:
    """The row of the application; a new one keeps the posting as it reads today."""
    known = store.applications.of_job(job)
    if known:
        return known.rows[0], []
    stored = store.postings.of_job(job)
    row = store.applications.begin(job, _first(stored), now)
    keep_posting(store, row, job, now)
    if not any(each.posting.text for each in stored):
        return row, [Said("the text of the posting is not known (any more); what is known of it is kept")]
    return row, []


def _first(stored: Sequence[Stored]) -> int | None:
    """The listing that is shown, which the application follows."""
    alive = [each for each in stored if each.closed is None] or list(stored)
    if not alive:
        return None
    shown = in_order(each.posting for each in alive)[0]
    return next(each.id for each in alive if each.posting is shown)


def keep_posting(store: Store, row: int, job: int, now: datetime) -> None:
    """Keep the posting as it reads now, where it reads otherwise than before; what lost its text takes nothing away."""
    stored = store.postings.of_job(job)
    if not stored:
        return
    posting = shown_first(stored, store.sources.names())[0]
    known = store.applications.of_job(job)
    if posting.text or not (known and any(copy.posting.text for copy in known.copies)):
        store.applications.keep_copy(row, posting, now)


def _move(
    store: Store, row: int, job: int, state: State, day: days.Day | None, now: datetime, zone: str, mark: str | None
) -> list[Said]:
    more = {"mark": mark} if mark else {}
    if day is None:
        store.applications.add(row, "state", state, now, more=more)
        return [Said(f"{state} on {here(now, zone)}")]
    if state is State.INTERVIEW:
        if not day.with_hour:
            raise UsageError(
                "an interview is at an hour", f': --on "{day.wall.date()}T10:00"; where that is not known yet, leave --on out'
            )
        past = "" if day.moment > now else " (that is past: kept, without a reminder)"
        others = [e for when, e in one(store, job).appointments if e.kind == "state" and when > now and when != day.moment]
        also = [
            Said(f"there is another interview, of entry {e.id}, which stays", f"; if this one takes its place: --undo {e.id}")
            for e in others
        ]
        store.applications.add(row, "state", state, now, more=more | day.more)
        return [Said(f"interview at {here(day.moment, zone)}{past}"), *also]
    if day.moment > now and day.wall.date() > now.astimezone(ZoneInfo(zone)).date():
        raise UsageError(
            f"{day.wall.date()} lies ahead; only an interview has a day to come", f". For a reminder: --remind {day.wall.date()}"
        )
    before = one(store, job)
    if before.state is state:
        store.applications.take_back(before.states[-1][1].id, now)
    store.applications.add(row, "state", state, now, at=min(day.moment, now), more=more)
    stays = one(store, job).state
    return [Said(f"{state} on {day.wall.date()}{'' if stays is state else f'; it is {stays} since'}")]


def by_mark(store: Store, job: int, mark: str, now: datetime, zone: str) -> tuple[Said, ...]:
    """A mark was made: the application begins, or is so far now; one that is further stays where it is. What to say of it."""
    known = store.applications.of_job(job)
    if lacks(known, mark):
        return set_state(store, job, MARKS[mark], now, zone, mark=mark).said[1:]
    return (Said(f"the application stands at {known.state} since {here(known.since, zone)} already"),) if known else ()


def keep_what_was_sent(store: Store, row: int, job: int, state: State, now: datetime) -> list[Said]:
    """On the day of applying: the posting as it reads, and the draft of the letter as the one that was sent."""
    if state is not State.APPLIED:
        return []
    keep_posting(store, row, job, now)
    known = one(store, job)
    if known.draft is None or known.of("letter"):
        return []
    store.applications.add(row, "letter", known.draft.words, now, more={"from": "draft"})
    return [Said("the draft of the letter is kept as the one that was sent", "; another: --sent FILE")]


def add(store: Store, job: int, kind: str, words: str, now: datetime, more: dict[str, str] | None = None) -> Done:
    """A note, a contact, an answer, a file's name or a letter; where there is no application it begins, as saved."""
    text = words.replace("\x00", "").strip()
    if not text:
        raise UsageError(f"the {kind} is empty; nothing was kept")
    if len(text) > MOST:
        raise UsageError(f"the {kind} has {len(text):,} characters; at most {MOST:,} are kept")
    with store.transaction():
        if store.applications.of_job(job) is None:
            set_state(store, job, State.PREPARING if kind in ("draft", "answer") else State.SAVED, now, "UTC")
        store.applications.add(one(store, job).rows[0], kind, text, now, more=more)
    return Done(one(store, job), (Said(f"kept: the {kind}"),))


def remind(store: Store, job: int, on: str, words: str, now: datetime, zone: str) -> Done:
    """A reminder of one's own."""
    day = days.read(on, zone, now, hour=MORNING)
    if day.moment <= now:
        raise UsageError(f"{on!r} is past, so nobody can be reminded then; {days.FORMS}")
    done = add(store, job, "reminder", words or "a word on this application", now, day.more)
    return Done(done.application, (Said(f"you are reminded at {here(day.moment, zone)}"),))


def no_more(store: Store, job: int, number: int, now: datetime) -> Done:
    """What a reminder was to remind of is done."""
    known = one(store, job)
    entry = next((each for each in known.of("reminder") if each.id == number), None)
    if entry is None:
        raise UsageError(f"{short(job)} has no reminder {number}; it may have been taken back")
    store.applications.add(entry.application, "done", entry.words, now, more={"entry": str(number)})
    return Done(one(store, job), (Said("done: no more reminder of that"),))


def later(store: Store, job: int, number: int, length: timedelta, now: datetime, zone: str) -> Done:
    """Be reminded of the same so many days later, at the same hour; from today, where the day is past."""
    known = one(store, job)
    entry = next((each for each in known.of("reminder") if each.id == number), None)
    if entry is None or entry.when is None:
        raise UsageError(f"{short(job)} has no reminder {number}; it may have been taken back")
    wall = entry.when.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    day = max(wall.date(), now.astimezone(ZoneInfo(zone)).date()) + length
    with store.transaction():
        no_more(store, job, number, now)
        return remind(store, job, days.there(datetime.combine(day, wall.time()), zone), entry.words, now, zone)


def nudge(store: Store, job: int, words: str, now: datetime) -> Done:
    """So long without an answer is worth a word, from today; "off": no more of them for this one."""
    if words != OFF:
        try:
            words = span_said(span(words))
        except ValueError as error:
            raise UsageError(f'--nudge takes a span of time or "off": {error}') from None
    one(store, job)
    done = add(store, job, "nudge", words, now)
    said = "no more nudges for this one" if words == OFF else f"a nudge when there is no answer within {words} from now"
    return Done(done.application, (Said(said),))


def undo(store: Store, job: int, now: datetime, number: int | None = None) -> Done:
    """Take back the entry of that number, else the last that was written."""
    with store.transaction():
        known = one(store, job)
        there = {entry.id: entry for entry in known.entries}
        if not there:
            raise UsageError(f"nothing of {short(job)} is left to take back")
        if number is not None and number not in there:
            raise UsageError(f"{short(job)} has no entry {number}; there are: {', '.join(map(str, sorted(there)))}")
        by_hand = [key for key, entry in there.items() if entry.kind != "form"]
        entry = there[max(by_hand or there) if number is None else number]
        store.applications.take_back(entry.id, now)
        say_by_marks(store, job, now)
    return Done(one(store, job), (Said(f"taken back: {entry.kind} {entry.words.splitlines()[0][:60]}"),))
