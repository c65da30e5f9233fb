"""The room before the others: sign in by a one-time link or a password, sign out. Only a pressed button signs in."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from starlette.responses import Response

from alerts.desk import pages, sessions
from alerts.desk.call import Call, Desk, own_path, see_other

#: Tries in a quarter of an hour: for one name, and from one address.
NAME, ADDRESS, PAUSE = 5, 20, timedelta(minutes=15)


def show(call: Call) -> Response:
    """The page with the button; looking at it uses nothing up."""
    return _page(call)


def sign_in(call: Call) -> Response:
    """The button was pressed."""
    address = f"from {call.address}"
    if until := call.desk.tries.paused(address, ADDRESS, PAUSE, call.now):
        return _page(call, said=f"Too many tries. Again at {until:%H:%M} UTC.", status=429)
    if once := call.field("once"):
        with call.desk.writing() as store:
            person = store.sessions.use_link(sessions.hashed(once), call.now)
            if person is not None:
                return _signed_in(call, sessions.begin(store, person, call.headers.get("user-agent", ""), call.now))
        call.desk.tries.made(address, PAUSE, call.now)
        return _page(call, said="That link was used already, or is older than 10 minutes.", status=403)
    return _by_password(call, address)


def _by_password(call: Call, address: str) -> Response:
    who = call.field("who")[:100]
    if until := call.desk.tries.paused(f"name {who}", NAME, PAUSE, call.now):
        return _page(call, said=f"Too many tries. Again at {until:%H:%M} UTC.", status=429)
    if not sessions.password_is(call.store, who, call.field("password")):
        call.desk.tries.made(address, PAUSE, call.now)
        call.desk.tries.made(f"name {who}", PAUSE, call.now)
        return _page(call, wrong="Name and password do not go together.", status=422)
    with call.desk.writing() as store:
        return _signed_in(call, sessions.begin(store, who, call.headers.get("user-agent", ""), call.now))


def sign_out(call: Call) -> Response:
    """End this sign-in."""
    with call.desk.writing() as store:
        store.sessions.end(call.session.id if call.session else "")
    answer = see_other("/login")
    _set_cookie(answer, call.desk, "")
    return answer


def _signed_in(call: Call, cookie: str) -> Response:
    answer = see_other(own_path(call.field("to"), call.desk.is_page) or "/inbox")
    _set_cookie(answer, call.desk, cookie)
    return answer


def _set_cookie(answer: Response, desk: Desk, value: str) -> None:
    name = sessions.cookie_name(secure=desk.secure)
    answer.headers.append("set-cookie", sessions.cookie_line(name, value, secure=desk.secure))


def _page(call: Call, *, said: str = "", wrong: str = "", status: int = 200) -> Response:
    to = own_path(call.field("to") or call.asked("to"), call.desk.is_page) or ""
    once = call.asked("once") if status == 200 else ""
    values = {"once": once[:100], "to": to, "said": said, "wrong": wrong, "who": call.field("who")[:100]}
    # A link from a mail comes without cookie; one press on a page of our own brings it.
    return pages.bare(call, "login.html", values | {"onward": f"/login?to={quote(to, safe='')}" if to else ""}, status=status)
