"""Saving, resting, waking and removing a search: written into its file, checked as a whole, never over another's change."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from alerts.config import edit, edit_search
from alerts.desk import search_draft, searches
from alerts.desk.call import Call, see_other
from alerts.desk.search_draft import Draft
from alerts.model.errors import ConfigError, UsageError
from alerts.store import places

_CHANGED = (
    "The file was changed meanwhile, and nothing was written. What you typed is still here, put into the file as it is now:"
    " look at the change, then save again."
)
_LOOK = "This is what changes in the file. Look at it, then save."


def act(call: Call) -> Response:
    """One of the buttons of a search's page."""
    do = call.field("do")
    if do == "discard":
        return see_other(call.path)
    if do == "save":
        return _save(call)
    found = search_draft.draft(call)
    if do not in ("rest", "wake", "remove") or not found.placed:
        raise LookupError(do)
    if edit_search.sign(found.old) != call.field("seen"):
        return searches.page(call, found, status=409, said=_CHANGED)
    if do == "remove":
        return _remove(call, found)
    table = {key: value for key, value in found.placed.table.items() if key != "enabled"}
    table |= {"enabled": False} if do == "rest" else {}
    number = found.placed.number
    words = (
        f"{found.placed.name} rests; it tells nothing until you wake it." if do == "rest" else f"{found.placed.name} is awake."
    )
    return _written(call, found, lambda text: edit_search.changed(text, number, table), words)


def _save(call: Call) -> Response:
    form = search_draft.replaced_word(call.form)
    found = search_draft.draft(call, form)
    if found.wrong:
        return searches.page(call, found, status=422)
    if edit_search.sign(found.old) != call.field("seen"):
        return searches.page(call, found, status=409, said=_CHANGED)
    if not found.changed:
        return see_other(call.path)
    if edit_search.sign(found.new) != call.field("shown"):
        return searches.page(call, found, said=_LOOK)
    return _written(call, found, lambda _: found.new, f"Saved: {found.table['name']}.")


def _remove(call: Call, found: Draft) -> Response:
    one = found.placed
    if call.field("sure") != edit_search.sign(found.old) or one is None:
        raise UsageError("Look at the page of the search again, then remove it.")
    return _written(call, found, lambda text: edit_search.removed(text, one.number), f"Removed: {one.name}.", gone=True)


def _written(call: Call, found: Draft, make: Callable[[str], str], words: str, *, gone: bool = False) -> Response:
    """Into the file, if it still is the one that was seen; then the daemon is asked to read it."""

    def once(text: str) -> str:
        if edit_search.sign(text) != edit_search.sign(found.old):
            raise UsageError("the file was changed at this moment; nothing was written, try again")
        return make(text)

    try:
        edit.change(call.plan.path, once, part=found.file)
    except ConfigError as error:
        found.wrong = {"": " ".join(line.replace(f"{found.file.parent}/", "") for line in error.problems)}
        return searches.page(call, found, status=422)
    except UsageError as error:
        found.wrong = {"": str(error)}
        return searches.page(call, found, status=422)
    runs = places.holder(call.plan.settings.database) is not None
    with call.desk.writing() as store:
        store.undo.say(call.person, call.now, words + (" In use at once." if runs else " In use when job-alerts runs."))
        if runs:
            store.requests.add(call.person, "reload", "", call.now)
    call.desk.nudge()
    if gone:
        return see_other("/searches")
    wanted = found.table.get("name")
    at = next((slug for slug, one in search_draft.placed(call).items() if one.name == wanted), None)
    return see_other(f"/searches/{at}" if at else "/searches")
