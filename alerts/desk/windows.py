"""The newest of the inbox, kept from one page to the next while nothing of it changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from alerts.model.server import Database
from alerts.store.inbox import Entry, Inbox

#: People whose newest entries are kept; each takes some 2 MB.
PEOPLE = 4


@dataclass(frozen=True, slots=True)
class _Kept:
    """Entries of one version, without and with what is read."""

    version: tuple[int, int]
    bare: list[Entry]
    entries: list[Entry]


class Windows:
    """By database and person, the entries that were read last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Database, str], _Kept] = OrderedDict()
        self._lock = Lock()

    def newest(self, database: Database, inbox: Inbox, person: str, version: tuple[int, int]) -> list[Entry]:
        """The newest entries; nobody may change the list.

        ``version``: asked before, so that what changes in between is read once more, never once too few.
        """
        key = (database, person)
        with self._lock:
            kept = self._kept.get(key)
        fresh = _fresh(inbox, person, kept, version)
        with self._lock:
            self._kept[key] = fresh
            self._kept.move_to_end(key)
            while len(self._kept) > PEOPLE:
                self._kept.popitem(last=False)
        return fresh.entries


def _fresh(inbox: Inbox, person: str, kept: _Kept | None, version: tuple[int, int]) -> _Kept:
    """As it is now."""
    if kept and kept.version == version:
        return kept
    bare = kept.bare if kept and kept.version[0] == version[0] else inbox.newest()
    return _Kept(version, bare, inbox.with_read(person, bare))
