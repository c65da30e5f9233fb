"""The newest of the inbox, kept from one page to the next while nothing of it changes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from alerts.desk.kept import Kept
from alerts.model.server import Database
from alerts.store.inbox import Entry, Inbox

#: An inbox of so many entries is read anew once in so many seconds at most, however often the daemon finds something.
LARGE, AFRESH = 1_000, 1.0
#: People whose newest entries are kept; each takes some 2 MB.
PEOPLE = 4


@dataclass(frozen=True, slots=True)
class _Window:
    """Entries of one version, without and with what is read; and when they were read, on a clock that nobody sets."""

    version: tuple[int, int]
    made: float
    bare: list[Entry]
    entries: list[Entry]


class Windows:
    """By database and person, the entries that were read last."""

    def __init__(self) -> None:
        self._windows = Kept(PEOPLE)

    def newest(
        self, database: Database, inbox: Inbox, person: str, version: tuple[int, int]
    ) -> tuple[list[Entry], tuple[int, int]]:
        """The newest entries, which nobody may change, and the version that they are of.

        ``version``: asked before, so that what changes in between is read once more, never once too few.
        """
        key = (database, person)
        fresh = self._windows.keep(key, _fresh(inbox, person, self._windows.get(key), version))
        return fresh.entries, fresh.version


def _fresh(inbox: Inbox, person: str, kept: _Window | None, version: tuple[int, int]) -> _Window:
    """As it is now."""
    now = time.monotonic()
    if kept and kept.version[0] != version[0] and len(kept.bare) >= LARGE and now - kept.made < AFRESH:
        version = (kept.version[0], version[1])
    if kept and kept.version == version:
        return kept
    if kept and kept.version[0] == version[0]:
        return _Window(version, kept.made, kept.bare, inbox.with_read(person, kept.bare))
    bare = inbox.newest()
    return _Window(version, now, bare, inbox.with_read(person, bare))
