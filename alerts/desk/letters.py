"""The letter of an application: edited in place, kept, drafted anew, and said to be the one that was sent."""

from __future__ import annotations

from starlette.responses import Response

from alerts.acts import applications
from alerts.acts import letter as letters
from alerts.desk import acts, pages, wishes
from alerts.desk.call import Call
from alerts.model.errors import AlertsError, ProgramError
from alerts.render.clean import line
from alerts.store.posting_rows import JobState
from alerts.store.short import short

_SAID = {
    "keep": "This version of the letter is kept.",
    "again": "The letter was made anew.",
    "sent": "Kept as the letter that was sent.",
}


def shown(call: Call, state: JobState) -> dict[str, object]:
    """The kept draft, else one made of the template; or why there is none."""
    settings, program = call.plan.settings, call.plan.letter
    found: dict[str, object] = {"text": "", "missing": (), "kept": False, "why": "", "program": program is not None}
    found["told"] = wishes.told(call.store.requests.last("draft", short(state.id)), call)
    try:
        if kept := letters.kept(call.store, state.id):
            return found | {"text": kept[0], "kept": True}
        draft = letters.drafted(call.store, state.id, settings.letter, settings.profile, call.now)
    except (AlertsError, IndexError) as error:  # of a job without a listing there is nothing to write about
        return found | {"why": _why(error, template=settings.letter is not None)}
    return found | {"text": draft.text, "missing": draft.missing}


def _why(error: Exception, *, template: bool) -> str:
    if not template:
        return 'Write it here, or write a letter template first: settings.letter = "letter.md" in the configuration names it.'
    # Where files of yours lie is not told on a page.
    return f"The letter template cannot be used: {line(str(error).rpartition(': ')[2], 200)}"


def act(call: Call) -> Response:
    """Keep this version, make it anew, say that it was sent, or wish for a draft by a program of one's own."""
    state, do = acts.job_at(call), call.field("do")
    if do == "draft":
        return _wish(call, state)
    if do not in _SAID:
        raise LookupError(do)
    text = call.field("text")
    with call.desk.writing() as store:
        said = [_SAID[do]]
        with store.undo.remembered(
            call.person, call.now, said, jobs=[state.id], subjects=[("job", str(state.id))], tables=acts.OF_APPLICATION
        ):
            if do == "again" or (do == "keep" and not text.strip()):
                letters.let_go(store, state.id, call.now)
            elif do == "keep":
                letters.keep(store, state.id, text, call.now)
            else:
                applications.add(store, state.id, "letter", text, call.now, {"from": "desk"})
    return call.back(f"/applications/{short(state.id)}", "letter")


def _wish(call: Call, state: JobState) -> Response:
    if call.plan.letter is None:
        raise ProgramError('no program drafts letters; name one in the configuration: [letter] command = ["…"]')
    text, kept = call.field("text"), letters.kept(call.store, state.id)
    if text.strip() and (kept is None or text.strip() != kept[0].strip()):  # what was typed is not lost to a draft
        with call.desk.writing() as store:
            letters.keep(store, state.id, text, call.now)
    said = "Your program drafts the letter; the next page shows it. What you wrote stays in the history."
    wishes.ask(call, "draft", short(state.id), said)
    return call.back(f"/applications/{short(state.id)}", "letter")


def file(call: Call) -> Response:
    """The letter as a file."""
    state = acts.job_at(call)
    found = shown(call, state)
    if not found["text"]:
        return pages.error(call, 404, str(found["why"]))
    name = f"letter-{short(state.id)}.txt"
    return Response(
        str(found["text"]), media_type="text/plain", headers={"content-disposition": f'attachment; filename="{name}"'}
    )
