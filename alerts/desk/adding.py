"""Adding a place to watch: the daemon looks what is there, the person says yes, the desk writes it into the file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from alerts.config import edit
from alerts.desk import pages
from alerts.desk.call import Call, see_other
from alerts.model.errors import ConfigError, UsageError
from alerts.render.clean import line
from alerts.store import places
from alerts.store.requests import Request

#: Characters of an address or a name.
MOST = 500
_LOOKS = ("look", "look-accepting")


def show(call: Call) -> Response:
    """The form, and how the look stands."""
    wish = _wish(call, call.asked("wish"))
    return _page(call, wish, line(wish.subject if wish else call.asked("address"), MOST))


def act(call: Call) -> Response:
    """Ask for a look, or write what one found."""
    do, address = call.field("do"), line(call.field("address"), MOST)
    if do == "cancel":
        return see_other("/sources")
    if do == "write":
        return _write(call)
    if do not in _LOOKS:
        raise LookupError(do)
    if not address:
        return _page(call, None, "", wrong="Paste an address, or write the name of an employer.", status=422)
    with call.desk.writing() as store:
        number = store.requests.add(call.person, do, address, call.now)
    call.desk.nudge()
    return see_other(f"/sources/add?wish={number}")


def _wish(call: Call, number: str) -> Request | None:
    found = call.store.requests.numbered(int(number)) if number.isascii() and number.isdigit() and len(number) < 16 else None
    return found if found and found.what in _LOOKS and found.person == call.person else None


def _found(wish: Request | None) -> dict[str, Any] | None:
    """What the look brought; None while it is under way."""
    if wish is None or wish.state == "open":
        return None
    try:
        found = json.loads(wish.answer)
    except ValueError:
        return {"state": "not", "lines": [wish.answer]}
    return found if isinstance(found, dict) else None


def _write(call: Call) -> Response:
    wish = _wish(call, call.field("wish"))
    found = _found(wish)
    if wish is None or not found or found["state"] != "would":
        raise LookupError("wish")
    try:
        edit.add_source(call.plan.path, found["table"])
    except (UsageError, ConfigError) as error:
        return _page(call, wish, wish.subject, wrong=str(error), status=422)
    runs = places.holder(call.plan.settings.database) is not None
    with call.desk.writing() as store:
        when = "It is read within a minute." if runs else "It is read when job-alerts runs."
        store.undo.say(call.person, call.now, f"{line(str(found['name']), 80)} is watched. {when}")
        store.requests.add(call.person, "reload", "", call.now)
    call.desk.nudge()
    return see_other("/sources")


def _page(call: Call, wish: Request | None, address: str, *, wrong: str = "", status: int = 200) -> Response:
    found = _found(wish)
    running = places.holder(call.plan.settings.database) is not None
    values = {
        "address": address,
        "wish": wish,
        "again": f"/sources/add?wish={wish.id}" if wish else "",
        "waits": wish is not None and wish.state == "open",
        "seconds": round((call.now - wish.at).total_seconds()) if wish else 0,
        "running": running,
        "found": found,
        "command": f"job-alerts add {quote(address, safe=':/?&=.-_ ')}",
        "wrong": wrong,
    }
    return pages.page(call, "add.html", values, status=status)
