"""The job ``likes``: addresses that searches name are read while all else goes on, and again where that failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from alerts.daemon import bootstrap, like_pages
from alerts.daemon.clock import Clock
from alerts.notify.means import Means

#: Seconds until what could not be read is asked for again: the first wait, doubled each time, and the longest.
AGAIN, LONGEST = 60.0, 3600.0
#: Puts the result of a function of the current means in their place, unless they are others by now.
Change = Callable[[Means, Callable[[Means], Means]], None]


class LikeJob:
    """Reads what the searches of now name; nobody waits for it."""

    def __init__(self, means: Callable[[], Means], change: Change, clock: Clock) -> None:
        self._means, self._change, self._clock = means, change, clock
        self._of: tuple[str, ...] = ()
        self._why: Mapping[str, str] | None = None
        self._wait, self._next = AGAIN, 0.0

    def run(self) -> None:
        """One round, where one is due; what was said of a failure is said once."""
        means = self._means()
        if means.unread != self._of:
            self._of, self._why, self._wait, self._next = means.unread, None, AGAIN, 0.0
        if not means.unread or time.monotonic() < self._next:
            return
        why = like_pages.read(means, self._clock())
        if why != self._why:
            self._change(means, lambda current: bootstrap.with_likes(current, why, self._clock()))
            self._of, self._why = self._means().unread, why
        self._next, self._wait = time.monotonic() + self._wait, min(self._wait * 2, LONGEST)
