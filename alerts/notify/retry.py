"""When a message that did not arrive is tried again, and when it is given up. Pure."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

#: The first waits lie round this, each later one is up to three times the one before.
BASE = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
#: No message is given up before it was tried so often, however long it waited behind others.
LEAST_TRIES = 5
#: Failures of a destination in a row after which the whole channel pauses …
PATIENCE = 5
#: … and for how long, when the destination itself refuses (a hook that is gone, a login that fails).
REFUSED_PAUSE = timedelta(hours=1)


def next_try(attempts: int, tried: timedelta, lifetime: timedelta, now: datetime, after: float | None = None) -> datetime | None:
    """When to try again after the ``attempts``-th failure; None when the message has outlived its time.

    ``tried``: the time awake since the first failure. ``after``: the seconds that the other side asked for; never undercut.
    """
    if tried >= lifetime and attempts >= LEAST_TRIES:
        return None
    wait: timedelta = min(BASE * 3 ** min(attempts - 1, 12), LONGEST) * random.uniform(0.6, 1.4)  # noqa: S311
    return now + max(wait, timedelta(seconds=after or 0))


def pause(failures: int, now: datetime, *, refused: bool, after: float | None) -> datetime | None:
    """Until when nothing goes to a destination that failed ``failures`` times in a row; None: no pause."""
    until = [now + timedelta(seconds=after)] if after else []
    if refused:
        until.append(now + REFUSED_PAUSE)
    elif failures >= PATIENCE:
        until.append(now + min(timedelta(minutes=1) * 2 ** min(failures - PATIENCE, 6), LONGEST))
    return max(until, default=None)
