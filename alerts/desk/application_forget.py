"""Forgetting an application: a page that says what would go, and the press that really removes it."""

from __future__ import annotations

from starlette.responses import Response

from alerts.acts import forget as forgetting
from alerts.desk import acts, application_parts, pages
from alerts.desk.call import Call, see_other
from alerts.store.places import beside, left_behind
from alerts.store.short import short


def show(call: Call) -> Response:
    """What would go. It cannot be taken back."""
    job = acts.job_at(call)
    known = call.store.applications.of_job(job.id)
    if known is None:
        raise LookupError(job.id)
    title, company = application_parts.name_of(call, known)
    entries = call.store.applications.everything(known.rows)
    values = {"code": short(job.id), "title": title, "company": company, "entries": len(entries), "copies": len(known.copies)}
    return pages.page(call, "application_forget.html", values)


def act(call: Call) -> Response:
    """The press."""
    job = acts.job_at(call)
    if call.field("do") != "forget":
        raise LookupError(call.field("do"))
    with call.desk.writing() as store:
        gone = forgetting.forget(store, [job.id])
        # Without its name: what is forgotten is not named again.
        said = f"Forgotten: {gone.entries} entries, {gone.copies} kept copies, {gone.marks} marks and {gone.messages} messages."
        if copies := forgetting.elsewhere(beside(call.plan.settings.database).resolve()):
            names = ", ".join(path.name for path in copies)
            said += f" Copies that were made before still hold it and are yours to delete: {names}."
        if not gone.overwritten:
            left = left_behind(call.plan.settings.database)
            said += f" {left[0].upper()}{left[1:]}."
        store.undo.say(call.person, call.now, said)
    return see_other("/applications")
