"""What is said of an application at the desk: how far it is, notes, reminders, answers; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from starlette.responses import Response

from alerts.acts import answers, applications
from alerts.acts.applications import Said
from alerts.acts.prepare import keep_answers
from alerts.desk import acts, application, application_parts, wishes
from alerts.desk.application import Wrong, ics
from alerts.desk.call import Call
from alerts.model.application import State
from alerts.model.errors import UsageError
from alerts.notify.remind import appointments
from alerts.notify.reminders import OFF
from alerts.render.calendar import calendar
from alerts.render.clean import line
from alerts.store.posting_rows import JobState
from alerts.store.short import short
from alerts.store.store import Store

#: "In a week".
WEEK = timedelta(days=7)
_STATES = {state.value: state for state in State}
#: What is said of it in words of one's own, by the field that holds them.
_WORDS = ("note", "contact", "file")
Act = Callable[[Store, int], Sequence[Said]]


def state(call: Call) -> Response:
    """How far it is: the next one by its button, any other by the list, an interview with its hour."""
    pressed = call.field("state")
    named, on, field = pressed, "", "to"
    if pressed == "to":
        named, on, field = call.field("to"), call.field("on"), "on"
    elif pressed == "appointment":
        named, on, field = "interview", call.field("interview_at"), "interview_at"
    if named not in _STATES:
        raise LookupError(named)

    def act(store: Store, job: int) -> Sequence[Said]:
        zone = call.plan.settings.timezone
        said = applications.set_state(store, job, _STATES[named], call.now, zone, on=on.strip() or None).said
        return (*said, *(keep_answers(store, call.plan, job, call.now) if named == State.APPLIED else ()))

    return _done(call, field, act, "how" if pressed in ("to", "appointment") else "")


def say(call: Call) -> Response:
    """A note, a contact, a file that was sent, a reminder, or what to do about one."""
    do, zone, now = call.field("do"), call.plan.settings.timezone, call.now
    if do in _WORDS:
        return _done(call, do, lambda store, job: applications.add(store, job, do, call.field(do), now).said, do)
    if do == "reminder":
        at, of = call.field("remind_at"), line(call.field("remind_of"), 400)
        return _done(call, "remind_at", lambda store, job: applications.remind(store, job, at, of, now, zone).said, "coming")
    if do in ("nudge", "nudge-off"):
        span = "7d" if do == "nudge" else OFF
        return _done(call, "nudge", lambda store, job: applications.nudge(store, job, span, now).said, "coming")
    what, _, number = do.partition(" ")
    ways: dict[str, Callable[[Store, int, int], Sequence[Said]]] = {
        "done": lambda store, job, entry: applications.no_more(store, job, entry, now).said,
        "later": lambda store, job, entry: applications.later(store, job, entry, WEEK, now, zone).said,
        "back": lambda store, job, entry: applications.undo(store, job, now, entry).said,
    }
    if what not in ways or not (number.isascii() and number.isdigit() and len(number) < 16):
        raise LookupError(do)
    return _done(call, "do", lambda store, job: ways[what](store, job, int(number)), "history" if what == "back" else "coming")


def _done(call: Call, field: str, act: Act, anchor: str) -> Response:
    """Do it so that it can be taken back; the same page with what was typed where it cannot be done."""
    job = acts.job_at(call)
    try:
        with call.desk.writing() as store:
            _remembered(call, store, job, act)
    except UsageError as error:
        where = (
            " Interviews and reminders have fields of their own below." if field == "on" and "interview" in error.words else ""
        )
        return application.page(call, job, Wrong(field, _sentence(error.words) + where))
    code = short(job.id)
    return call.back(f"/applications/{code}", anchor or f"ap-{code}")


def _remembered(call: Call, store: Store, job: JobState, act: Act) -> None:
    said: list[str] = []
    subjects = [("job", str(job.id))]
    with store.undo.remembered(call.person, call.now, said, jobs=[job.id], subjects=subjects, tables=acts.OF_APPLICATION):
        done = act(store, job.id)
        known = applications.one(store, job.id)
        title, company = application_parts.name_of(call, known)
        said.append(f"{title} at {company}:" if company else f"{title}:")
        said += acts.sentences(done)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def form(call: Call) -> Response:
    """Let the daemon ask the board what the form asks."""
    code = short(acts.job_at(call).id)
    wishes.ask(call, "form", code, "The board is asked what its form asks; the next page shows it.")
    return call.back(f"/applications/{code}", "ready")


def answer(call: Call) -> Response:
    """Keep an answer in one's facts, so that it is asked once; an empty one takes it out. What is sensitive is not asked."""
    job, words = acts.job_at(call), call.field("answer").strip()[:10_000]
    known, path = call.store.applications.of_job(job.id), call.plan.settings.profile
    if known is None:
        raise LookupError(job.id)
    try:
        asked = application.question(call, known)
        if asked.sensitive or asked.question.kind == "file":
            raise LookupError(asked.question.label)
        (answers.keep if words else answers.drop)(path, asked.question.label, words)
    except UsageError as error:
        return application.page(call, job, Wrong("answer", _sentence(application.without_folder(call, str(error)))))
    with call.desk.writing() as store:
        done = "Kept in your facts" if words else "Taken out of your facts"
        store.undo.say(call.person, call.now, f"{done}: {line(asked.question.label, 200)}", job=job.id)
    return call.back(f"/applications/{short(job.id)}", f"q{call.field('question')}")


def calendar_file(call: Call) -> Response:
    """All appointments, as a file that calendars open."""
    known = [each for each in call.store.applications.all() if each.state]
    return ics(calendar(one for each in known for one in appointments(each)), "applications")
