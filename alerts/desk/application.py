"""The page of one application: ready to apply, what was kept and sent, what comes, and how far it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from starlette.responses import Response

from alerts.acts import answers, forms, prepare
from alerts.acts import application_record as records
from alerts.acts.answers import Answered, Bank
from alerts.acts.prepare import Ready
from alerts.desk import acts, application_parts, letters, pages, wishes
from alerts.desk.call import Call
from alerts.model.application import BEFORE, Application, State
from alerts.model.errors import UsageError
from alerts.notify.remind import appointments
from alerts.render import wording
from alerts.render.calendar import calendar
from alerts.render.clean import line, link
from alerts.store.posting_rows import JobState
from alerts.store.short import short


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was typed into a field and not taken, and why."""

    field: str
    words: str


def show(call: Call) -> Response:
    """The page."""
    state = acts.job_at(call)
    if call.params["job"] != short(state.id):  # it was merged into this one
        return Response(status_code=301, headers={"location": f"/applications/{short(state.id)}"})
    return page(call, state)


def page(call: Call, state: JobState, wrong: Wrong | None = None) -> Response:
    """The page, with what was typed where it was not taken."""
    known, code = call.store.applications.of_job(state.id), short(state.id)
    status = 422 if wrong else 200
    typed = defaultdict(str, {name: values[0] for name, values in call.form.items()} if wrong else {})
    common = {"code": code, "wrong": wrong, "typed": typed, "job": bool(call.store.postings.of_job(state.id))}
    if known is None:
        stored = call.store.postings.of_job(state.id)
        if not stored:
            raise LookupError(code)
        return pages.page(call, "application_none.html", common | {"title": acts.name_of(stored)}, status=status)
    return pages.page(call, "application.html", common | _values(call, state, known), status=status)


def _values(call: Call, state: JobState, known: Application) -> dict[str, object]:
    zone, parts = call.plan.settings.timezone, application_parts
    ready, profile = ready_of(call, known)
    copy, sent = records.kept(known), known.of("letter")
    title, company = parts.name_of(call, known)
    goes, silence = parts.nudges(call, known)
    return {
        "title": title,
        "company": company,
        "language": copy.posting.language if copy else None,
        "state": known.state,
        "since": wording.day(known.since, call.now, zone),
        "link": link(ready.link),
        "closed": wording.day(state.closed, call.now, zone) if state.closed else "",
        "warnings": [*parts.warnings(call, known), *([profile] if profile else [])],
        "before": known.state in BEFORE or known.state is None,
        "following": parts.NEXT.get(known.state) if known.state else None,
        "states": [*State],
        "ready": ready,
        "expires": wording.last_day(ready.expires, call.now) if ready.expires else "",
        "asked": wishes.told(call.store.requests.last("form", short(known.job)), call),
        "profile": call.plan.settings.profile is not None,
        "letter": letters.shown(call, state),
        "sent": [(wording.clock(each.at, zone), each.words) for each in sent],
        "answers": [(line(each.more.get("question", ""), 300), each.words) for each in known.of("answer")],
        "files": [line(each.words, 200) for each in known.of("file")],
        "posting": parts.reading(call, copy) if copy else None,
        "others": [parts.reading(call, each) for each in known.copies if each is not copy],
        "changes": parts.changes(call, known),
        "coming": parts.coming(call, known),
        "nudges": goes,
        "silence": silence,
        "contacts": [line(each.words, 400) for each in known.of("contact")],
        "notes": [(wording.clock(each.at, zone), each.words) for each in known.of("note")],
        "history": parts.history(call, known),
        "zone": zone,
    }


def ready_of(call: Call, known: Application) -> tuple[Ready, str]:
    """What is needed to apply; with what is wrong with the profile, in which case nothing is answered."""
    settings = call.plan.settings
    try:
        return prepare.ready(call.store, call.plan, known.job, call.now, answers.bank(settings.profile)), ""
    except UsageError as error:
        words = without_folder(call, str(error))
        return prepare.ready(call.store, call.plan, known.job, call.now, Bank()), f"Your answers cannot be read: {words}"


def without_folder(call: Call, words: str) -> str:
    """Where files of yours lie is not told on a page."""
    path = call.plan.settings.profile
    return line(words.replace(str(path), path.name) if path else words, 400)


def question(call: Call, known: Application) -> Answered:
    """The question that a form names by its place; raises LookupError."""
    number, asked = call.field("question"), forms.kept(known)
    if not (number.isascii() and number.isdigit() and 0 < int(number[:6]) <= len(asked)):
        raise LookupError(number)
    return answers.answer_to(asked[int(number[:6]) - 1], answers.bank(call.plan.settings.profile))


def as_json(call: Call) -> Response:
    """All of it, with the names of ``application --json``, and what is needed to apply as ``prepare --json`` says it."""
    known = _of_address(call)
    ready, profile = ready_of(call, known)
    whole = records.whole(call.store, known, call.now)
    return pages.data(whole | {"ready": prepare.record(known.job, ready), "profile_wrong": profile or None})


def calendar_file(call: Call) -> Response:
    """One appointment, as a file that calendars open."""
    known, entry = _of_address(call), call.params["entry"]
    found = [one for one in appointments(known) if one.name == f"application-{entry}"]
    if not found:
        raise LookupError(entry)
    return ics(calendar(found), f"job-{short(known.job)}-{found[0].when:%Y-%m-%d}")


def ics(text: str, name: str) -> Response:
    """A calendar to keep."""
    headers = {"content-disposition": f'attachment; filename="{name}.ics"'}
    return Response(text, media_type="text/calendar", headers=headers)


def _of_address(call: Call) -> Application:
    known = call.store.applications.of_job(acts.job_at(call).id)
    if known is None:
        raise LookupError(call.params["job"])
    return known
