"""Templates, and what stands on every page: rooms and their counts, what was done last, trouble."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.responses import Response

from alerts.acts import troubles
from alerts.desk.call import Call
from alerts.render import wording
from alerts.render.clean import block, line
from alerts.store import places

#: What was done last stands on every page for so long.
SAID_FOR = timedelta(minutes=10)
#: No more unread jobs than so many are counted.
MOST_UNREAD = 1000
#: The files of ``static/``, and what they are.
STATIC = {"desk.css": "text/css", "desk.js": "text/javascript", "icon.svg": "image/svg+xml"}
STATIC |= {f"icon-{size}.png": "image/png" for size in (180, 192, 512)}
#: The rooms that are there, in order: (path, name, icon, key after g).
ROOMS = [
    ("/inbox", "Inbox", "inbox", "i"),
    ("/searches", "Searches", "searches", "e"),
    ("/sources", "Sources", "sources", "s"),
    ("/channels", "Channels", "channels", "c"),
    ("/applications", "Applications", "applications", "a"),
]


@cache
def environment() -> Environment:
    """All templates, escaping everything."""
    folder = resources.files("alerts.desk").joinpath("templates")
    found = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text("utf-8")),
    )
    found.filters |= {"line": lambda text, most=300: line(text, most), "block": block}
    found.globals |= {"static": static_names(), "rooms": ROOMS}
    return found


@cache
def static_names() -> dict[str, str]:
    """File → the address under which it is served: with its hash, so that it can be kept for a year."""
    return {name: f"/static/{hashlib.sha256(static(name)).hexdigest()[:12]}/{name}" for name in STATIC}


@cache
def static(name: str) -> bytes:
    """A file of ``static/``."""
    return resources.files("alerts.desk").joinpath("static", name).read_bytes()


def page(call: Call, template: str, values: Mapping[str, Any], *, status: int = 200) -> Response:
    """A whole page. ``Desk: 1`` tells the script that the answer is one of the desk's pages."""
    text = environment().get_template(template).render(**_frame(call), **values)
    headers = {"desk": "1"} if status in (200, 422) and call.session else {}
    return Response(text, status, headers, "text/html")


def bare(call: Call, template: str, values: Mapping[str, Any], *, status: int = 200) -> Response:
    """A page without rooms, for those who are not signed in."""
    frame = {"nonce": call.nonce, "token": call.token, "theme": "auto", "keys": False, "signed_in": False}
    return Response(environment().get_template(template).render(**frame, **values), status, media_type="text/html")


def error(call: Call, status: int, words: str) -> Response:
    """What is so, what was not lost, what to do."""
    return bare(call, "error.html", {"status": status, "words": words}, status=status)


def data(value: object, *, status: int = 200) -> Response:
    """JSON; times as ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat() if hasattr(one, "isoformat") else str(one))
    return Response(text, status, media_type="application/json")


def _frame(call: Call) -> dict[str, Any]:
    session, store = call.session, call.store
    states = call.source_states
    read = max((state.read for state in states if state.read), default=None)
    return {
        "nonce": call.nonce,
        "token": call.token,
        "theme": session.theme if session else "auto",
        "keys": bool(session and session.keys),
        "signed_in": session is not None,
        "path": call.path,
        "unread": store.inbox.count_unread(call.person, MOST_UNREAD),
        "most_unread": MOST_UNREAD,
        "counts": {
            "/sources": len(troubles.of_sources(call.plan, states, store.facts_of("moved:"), call.now)),
            "/channels": len(troubles.of_channels(call.plan, store, call.now)),
        },
        "said": store.undo.last(call.person, call.now - SAID_FOR),
        "last_look": wording.ago(read, call.now, call.plan.settings.timezone) if read else None,
        "stopped": _stopped(call, read),
    }


def _stopped(call: Call, read: Any) -> str | None:
    """Since when nothing is read, because the daemon does not run."""
    if places.holder(call.plan.settings.database):
        return None
    return wording.clock(read, call.plan.settings.timezone) if read else "the beginning"
