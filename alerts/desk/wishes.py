"""What is asked of the daemon, which alone reads and sends, and what is said of that."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.desk.call import Call
from alerts.render import wording
from alerts.store import places
from alerts.store.requests import Request

#: So long the answer to a wish stands beside its subject.
TOLD_FOR = timedelta(days=1)
_NAMES = {"read": "read now", "pause": "pause", "resume": "go on", "test": "send a test"}
_NAMES |= {"form": "ask the board what its form asks", "draft": "a draft by your program"}


def ask(call: Call, what: str, subject: str, said: str, *, until: datetime | None = None) -> None:
    """Write the wish down, and say what comes of it."""
    with call.desk.writing() as store:
        store.requests.add(call.person, what, subject, call.now, until=until)
        running = places.holder(call.plan.settings.database)
        waits = "" if running else " job-alerts is not running: it is done at its next start."
        store.undo.say(call.person, call.now, said + waits)
    call.desk.nudge()


def told(wish: Request | None, call: Call) -> str:
    """How a wish stands, in a line."""
    if wish is None or wish.what not in _NAMES:
        return ""
    when = wording.ago(wish.at, call.now, call.plan.settings.timezone)
    if wish.state == "open":
        return f"You asked {when}: {_NAMES[wish.what]}. It is done as soon as job-alerts runs."
    return f"You asked {when}: {_NAMES[wish.what]}. {wish.answer}"
