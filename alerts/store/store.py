"""All tables over one connection, and transactions: what the two halves of the story are told through."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from alerts.model.server import Server
from alerts.store import clock_moves, places
from alerts.store.applications import Applications
from alerts.store.channels import Channels
from alerts.store.codec import stamp, time_of
from alerts.store.events import Events
from alerts.store.floods import Floods
from alerts.store.inbox import Inbox
from alerts.store.ledger import PATIENCE
from alerts.store.listed import Listed
from alerts.store.marks import Marks
from alerts.store.outbox import Outbox
from alerts.store.pages import Pages
from alerts.store.postings import Postings
from alerts.store.readings import Readings
from alerts.store.requests import Requests
from alerts.store.search_index import Hit, SearchIndex
from alerts.store.searches import Searches
from alerts.store.sessions import Sessions
from alerts.store.sources import Sources
from alerts.store.undo import Undo
from alerts.store.unsettled import Unsettled


class Store:
    """One open database."""

    def __init__(
        self, path: Path | Server | str, *, readonly: bool = False, keeper: bool = False, patience: float = PATIENCE
    ) -> None:
        """``keeper``: the one worker, who holds the lock, looks after the file; ``patience``: see Ledger."""
        self.ledger = places.opened(path, readonly=readonly, patience=patience)
        self.sources = Sources(self.ledger)
        self.index = SearchIndex(self.ledger)
        self.postings = Postings(self.ledger, self.index)
        self.listed = Listed(self.ledger)
        self.events = Events(self.ledger)
        self.searches = Searches(self.ledger)
        self.outbox = Outbox(self.ledger)
        self.floods = Floods(self.ledger)
        self.channels = Channels(self.ledger)
        self.marks = Marks(self.ledger)
        self.applications = Applications(self.ledger)
        self.inbox = Inbox(self.ledger)
        self.pages = Pages(self.ledger)
        self.undo = Undo(self.ledger)
        self.sessions = Sessions(self.ledger)
        self.readings = Readings(self.ledger)
        self.requests = Requests(self.ledger)
        self.unsettled = Unsettled(places.beside(path) if keeper and not isinstance(path, str) else ":memory:")
        self._keeper: places.Keeping | None = None
        try:
            if keeper and not isinstance(path, str):
                self._keeper = places.kept(path, self.ledger)
                self.index.catch_up()
        except BaseException:
            self.close()
            raise

    def transaction(self, patience: float | None = None, *, lasting: bool = True) -> AbstractContextManager[None]:
        """All or nothing; ``lasting``: also after a power cut."""
        return self.ledger.transaction(patience, lasting=lasting)

    def clock_moved(self, now: datetime, by: timedelta) -> None:
        """The clock of the machine was set; ``now`` is the new time."""
        if by < timedelta(0):
            clock_moves.set_back(self.ledger, now, now - by)
        else:
            clock_moves.set_on(self.ledger, now, by)

    def tend(self) -> None:
        """Look after the file, where that is our task; raises StoreLost when it is gone or damaged."""
        if self._keeper:
            self._keeper.tend()
            self.index.catch_up()

    def give_back(self) -> None:
        """Give room that is no longer needed back to the disk, where that is our task."""
        if self._keeper:
            self._keeper.give_back()

    def search(self, words: str, limit: int = 50, before: int | None = None) -> list[Hit]:
        """Stored listings in which all of a person's words stand, the newest first; ``before``: older than that listing."""
        return self.index.search(words, limit, before)

    def fact(self, name: str) -> tuple[str, datetime] | None:
        """A small fact, and when it was kept."""
        row = self.ledger.row("SELECT value, at FROM facts WHERE name = ?", (name,))
        return (row["value"], time_of(row["at"])) if row else None

    def facts_of(self, kind: str) -> dict[str, str]:
        """All facts of a kind ("moved:"), by what follows it in their names."""
        sql = "SELECT substr(name, length(:kind) + 1) AS name, value FROM facts WHERE substr(name, 1, length(:kind)) = :kind"
        return {row["name"]: row["value"] for row in self.ledger.rows(sql, {"kind": kind})}

    def keep_fact(self, name: str, value: str, now: datetime) -> None:
        """Keep a small fact."""
        self.ledger.upsert("facts", {"name": name, "value": value, "at": stamp(now)}, "name")

    def forget_fact(self, name: str) -> None:
        """Forget a small fact."""
        self.ledger.delete("facts", "name = ?", (name,))

    def close(self) -> None:
        """Give the file back."""
        self.unsettled.close()
        if self._keeper:
            self._keeper.close()
        else:
            self.ledger.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
