"""Looks, keys, sign-ins, and what can be taken back."""

from __future__ import annotations

from starlette.responses import Response

from alerts.desk import pages, sessions
from alerts.desk.call import Call, see_other
from alerts.render import wording


def show(call: Call, feed: str = "") -> Response:
    """Sign-ins and the acts of the last thirty days; ``feed``: the address that was made just now, told once."""
    zone = call.plan.settings.timezone
    here = call.session.id if call.session else ""
    signed = [
        {"id": one.id[:16], "agent": one.agent, "made": wording.clock(one.made, zone), "here": one.id == here}
        for one in call.store.sessions.all(call.person, call.now)
    ]
    done = [(one, wording.ago(one.at, call.now, zone)) for one in call.store.undo.all(call.person)]
    return pages.page(call, "settings.html", {"signed": signed, "done": done, "feed": feed})


def feed(call: Call) -> Response:
    """An address of the inbox for a feed reader, which cannot sign in."""
    with call.desk.writing() as store:
        key = sessions.feed_key(store, call.person, call.now)
    return show(call, f"{call.desk.origins[0]}/inbox.atom?key={key}")


def as_json(call: Call) -> Response:
    """The same as data; of a sign-in no more than tells it from others."""
    here = call.session
    signed = [
        {"id": one.id[:16], "agent": one.agent, "made": one.made, "here": here is not None and one.id == here.id}
        for one in call.store.sessions.all(call.person, call.now)
    ]
    done = [{"id": one.id, "at": one.at, "said": one.said} for one in call.store.undo.all(call.person)]
    looks = {"theme": here.theme, "keys": here.keys} if here else {}
    return pages.data({**looks, "signed_in": signed, "done": done})


def theme(call: Call) -> Response:
    """As the system, light or dark."""
    return _keep(call, theme=call.field("theme") if call.field("theme") in ("auto", "light", "dark") else "auto")


def keys(call: Call) -> Response:
    """Single keys on or off."""
    return _keep(call, keys=call.field("keys") != "off")


def _keep(call: Call, **looks: object) -> Response:
    with call.desk.writing() as store:
        store.sessions.keep_looks(call.session.id if call.session else "", **looks)  # type: ignore[arg-type]
    return call.back("/inbox")


def end_session(call: Call) -> Response:
    """End one sign-in of one's own, or all others."""
    which = call.field("end")
    mine = call.store.sessions.all(call.person, call.now)
    ended = [one for one in mine if one.id[:16] == which or (which == "others" and call.session and one.id != call.session.id)]
    with call.desk.writing() as store:
        for one in ended:
            store.sessions.end(one.id)
    return see_other("/settings")
