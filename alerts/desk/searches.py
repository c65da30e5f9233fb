"""The room of searches: all of them, and one with its form, its text and what it would tell. Looking changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from alerts.config import edit_search
from alerts.desk import pages, search_draft, search_fields, search_preview
from alerts.desk.call import Call
from alerts.desk.search_draft import Draft

WEEK = timedelta(days=7)


def _rows(call: Call) -> list[dict[str, Any]]:
    week = call.store.searches.counts(call.now - WEEK)
    month = call.store.searches.counts(call.now - timedelta(days=30))
    found = []
    for slug, one in search_draft.placed(call).items():
        values = search_fields.fields_of(one.table)
        found.append(
            {
                "name": one.name,
                "address": f"/searches/{slug}",
                "enabled": one.table.get("enabled", True) is not False,
                "week": week.get(one.name, 0),
                "month": month.get(one.name, 0),
                "events": values["events"],
                "when": values["when"],
                "channels": values["channels"] or list(call.plan.channels),
                "file": one.file.name,
            }
        )
    return found


def show_all(call: Call) -> Response:
    """All searches, with what they found in a week and what is told when."""
    return pages.page(call, "searches.html", {"searches": _rows(call)})


def as_json(call: Call) -> Response:
    """The same as data."""
    return pages.data({"searches": _rows(call)})


def show(call: Call) -> Response:
    """One search as it is saved."""
    return page(call, search_draft.draft(call))


def one_as_json(call: Call) -> Response:
    """One search as it is saved: its table in the file, its Boolean text, and what it would tell."""
    found = search_draft.draft(call)
    told = search_preview.look(call, found) or {}
    said: dict[str, Any] = {
        key: told[key] for key in ("why", "told", "looked", "near", "idle", "missing", "samples") if key in told
    }
    per_day = [{"day": day, "jobs": count} for day, count in told.get("days", ())]
    about = {"name": found.placed.name if found.placed else None, "file": found.file.name}
    return pages.data({**about, "search": found.table, "text": found.text, "preview": {**said, "days": per_day}})


def preview(call: Call) -> Response:
    """What was typed, tried; nothing is kept."""
    form = search_draft.replaced_word(call.form)
    found = search_draft.draft(call, form)
    return page(call, found, status=422 if found.wrong else 200, whole=call.field("stage") == "whole")


def page(call: Call, draft: Draft, *, status: int = 200, said: str = "", whole: bool = False) -> Response:
    """The page of one search."""
    name = draft.placed.name if draft.placed else ""
    counts = call.store.searches.counts(call.now - timedelta(days=30))
    values = {
        "draft": draft,
        "v": draft.values,
        "boxes": search_fields.boxes(call.plan.channels),
        "seen": edit_search.sign(draft.old),
        "shown": edit_search.sign(draft.new),
        "name": name,
        "rests": bool(draft.placed and draft.placed.table.get("enabled", True) is False),
        "month": counts.get(name, 0),
        "others": [(one["name"], one["address"]) for one in _rows(call)],
        "message": said,
        "preview": search_preview.look(call, draft, whole=whole),
    }
    return pages.page(call, "search.html", values, status=status)
