"""What is done to a job at the desk, each so that it can be taken back: marks, notes, letters, same and different."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import Response

from alerts.acts import job_marks
from alerts.acts.applications import Said
from alerts.acts.identity import join, keep_apart, part
from alerts.acts.marks import covered
from alerts.desk import pages
from alerts.desk.call import Call, see_other
from alerts.normalise.employer import employers
from alerts.render import wording
from alerts.render.clean import line
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import number, short
from alerts.store.store import Store

_CODE = re.compile(r"[0-9a-z]{4,12}")
#: What an act on an application changes.
OF_APPLICATION = ("reads", "application_entries")
_IDENTITY = ("jobs", "postings", "matches", "events", "alerts", "pairs", "inbox")
#: What is said after each act; {name} is the job, {company} its employer.
_SAID = {
    "save": "Saved: {name}. You hear when it changes or closes.",
    "unsave": "No longer saved: {name}.",
    "applied": "Marked as applied on {day}: {name}.",
    "unapplied": "No longer marked as applied: {name}.",
    "hide": "Hidden: {name}. You will not hear of it again.",
    "unhide": "No longer hidden: {name}.",
    "read": "Read: {name}.",
    "unread": "Unread: {name}.",
}
_MARKS = {"save": "saved", "unsave": "saved", "applied": "applied", "unapplied": "applied", "hide": "hide", "unhide": "hide"}


def job_at(call: Call, code: str | None = None) -> JobState:
    """The job that the address or a field names; raises LookupError."""
    code = call.params["job"] if code is None else code
    found = number(code) if _CODE.fullmatch(code) else None
    state = call.store.postings.job(found) if found is not None else None
    if state is None:
        raise LookupError(code)
    return state


def name_of(stored: Sequence[Stored]) -> str:
    """Title and employer, for what is said."""
    posting = stored[0].posting
    return line(f"{posting.title} at {posting.company}" if posting.company else posting.title, 120)


def mark(call: Call) -> Response:
    """One of the buttons of a card."""
    state, do = job_at(call), call.field("do")
    stored = call.store.postings.of_job(state.id)
    if not stored or (do not in _SAID and do != "hide-company"):
        raise LookupError(do)
    with call.desk.writing() as store:
        if do == "hide-company":
            _hide_company(call, store, state, stored)
        else:
            keep_mark(call, store, call.person, state, stored, do)
    after = call.field("next")
    here = short(state.id)
    gone = do in ("hide", "hide-company") and _CODE.fullmatch(after)
    return call.back(f"/jobs/{here}", f"job-{after if gone else here}")


def keep_mark(call: Call, store: Store, person: str, state: JobState, stored: Sequence[Stored], do: str) -> str:
    """Do one of ``_SAID`` for a person, so that it can be taken back; what is said of it."""
    subject = ("job", str(state.id))
    day = wording.day(call.now, call.now, call.plan.settings.timezone)
    said = [_SAID[do].format(name=name_of(stored), day=day)]
    with store.undo.remembered(person, call.now, said, jobs=[state.id], subjects=[subject], tables=OF_APPLICATION):
        if do == "unread":
            store.inbox.unread(person, state.id)
            return said[0]
        if do in ("save", "applied", "hide"):
            said += sentences(job_marks.say(store, call.plan, _MARKS[do], state.id, call.now))
        elif do != "read":
            job_marks.unsay(store, _MARKS[do], state.id, call.now)
        store.inbox.read(person, [state.id], call.now)
    return said[0]


def sentences(said: Sequence[Said]) -> list[str]:
    """What was done, in sentences, without what only helps at a terminal."""
    return [f"{words[:1].upper()}{words[1:]}." for words in (one.words for one in said)]


def _hide_company(call: Call, store: Store, state: JobState, stored: Sequence[Stored]) -> None:
    keys = [key for key in dict.fromkeys(key for one in stored for key in employers(one.posting)) if key]
    if not keys:
        store.undo.say(call.person, call.now, "Nothing was done: no employer is named.")
        return
    name = line(next((one.posting.company for one in stored if one.posting.company), "") or keys[0], 80)
    subjects = [("company", key) for key in keys]
    said: list[str] = []
    with store.undo.remembered(call.person, call.now, said, jobs=[state.id], subjects=subjects):
        for _, key in subjects:
            store.marks.add("hide", "company", key, call.now)
        store.inbox.read(call.person, [state.id], call.now)
        jobs = max(covered(store, key) for key in keys)
        said.append(f"{name} is hidden: {jobs} stored {'job' if jobs == 1 else 'jobs'}, and all to come.")


def note(call: Call) -> Response:
    """Keep a note."""
    state, words = job_at(call), call.field("note").strip()[:10_000]
    if words:
        with call.desk.writing() as store:
            said = [f"Noted for {name_of(store.postings.of_job(state.id))}."]
            with store.undo.remembered(call.person, call.now, said, jobs=[state.id], subjects=[("job", str(state.id))]):
                store.marks.add("note", "job", str(state.id), call.now, note=words)
    return see_other(f"/jobs/{short(state.id)}#notes")


def pairs(call: Call) -> Response:
    """The same, different, or one of its listings is not the same."""
    state = job_at(call)
    with call.desk.writing() as store:
        if listing := call.field("part"):
            _part(call, store, state, listing)
            return see_other(f"/jobs/{short(state.id)}#seen")
        other = job_at(call, call.field("same") or call.field("different"))
        into = _same(call, store, state, other) if call.field("same") else _different(call, store, state, other)
    return call.back(f"/jobs/{short(into)}") if into == state.id else see_other(f"/jobs/{short(into)}")


def _same(call: Call, store: Store, state: JobState, other: JobState) -> int:
    if state.id == other.id:
        return state.id
    subjects = [("job", str(state.id)), ("job", str(other.id))]
    jobs = [state.id, other.id]
    said = [f"{short(max(jobs))} is now part of {short(min(jobs))}: {name_of(store.postings.of_job(min(jobs)))}."]
    with store.undo.remembered(call.person, call.now, said, jobs=jobs, subjects=subjects, tables=_IDENTITY):
        into, _ = join(store, state.id, other.id, call.now)
    return into


def _different(call: Call, store: Store, state: JobState, other: JobState) -> int:
    said = [f"{short(state.id)} and {short(other.id)} are different jobs, and stay so."]
    with store.undo.remembered(call.person, call.now, said, jobs=[state.id, other.id], tables=("pairs",)):
        keep_apart(store, state.id, other.id, call.now)
    return state.id


def _part(call: Call, store: Store, state: JobState, listing: str) -> None:
    postings = {str(one.id): one for one in store.postings.of_job(state.id)}
    if listing not in postings or len(postings) < 2:
        raise LookupError(listing)
    jobs, said = [state.id], [""]
    subjects = [("job", str(state.id))]  # its marks may go with the listing
    with store.undo.remembered(call.person, call.now, said, jobs=jobs, subjects=subjects, tables=_IDENTITY):
        made = part(store, state.id, postings[listing].id, call.now)
        jobs.append(made)
        subjects.append(("job", str(made)))
        said[0] = f"{name_of([postings[listing]])} is a job of its own now: {short(made)}."


def undo(call: Call) -> Response:
    """Take one thing back."""
    which = call.field("undo")
    if not which.isdecimal() or len(which) > 15:
        return pages.error(call, 404, "There is nothing here.")
    with call.desk.writing() as store:
        done = store.undo.take_back(call.person, int(which), call.now)
        words = {True: "Taken back.", False: "That was changed since; nothing was done.", None: "There is nothing to take back."}
        store.undo.say(call.person, call.now, words[done])
    return call.back("/inbox")
