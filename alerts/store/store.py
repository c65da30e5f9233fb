"""All tables over one connection, and transactions: what the two halves of the story are told through."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from alerts.store.channels import Channels
from alerts.store.codec import stamp, time_of
from alerts.store.database import connect
from alerts.store.events import Events
from alerts.store.floods import Floods
from alerts.store.ledger import Ledger
from alerts.store.marks import Marks
from alerts.store.outbox import Outbox
from alerts.store.postings import Postings
from alerts.store.searches import Searches
from alerts.store.sources import Sources


class Store:
    """One open database."""

    def __init__(self, path: Path | str, *, readonly: bool = False) -> None:
        self.ledger = Ledger(connect(path, readonly=readonly))
        self.sources = Sources(self.ledger)
        self.postings = Postings(self.ledger)
        self.events = Events(self.ledger)
        self.searches = Searches(self.ledger)
        self.outbox = Outbox(self.ledger)
        self.floods = Floods(self.ledger)
        self.channels = Channels(self.ledger)
        self.marks = Marks(self.ledger)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""
        return self.ledger.transaction()

    def fact(self, name: str) -> tuple[str, datetime] | None:
        """A small fact, and when it was kept."""
        row = self.ledger.row("SELECT value, at FROM facts WHERE name = ?", (name,))
        return (row["value"], time_of(row["at"])) if row else None

    def keep_fact(self, name: str, value: str, now: datetime) -> None:
        """Keep a small fact."""
        self.ledger.write("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (name, value, stamp(now)))

    def close(self) -> None:
        """Give the file back."""
        self.ledger.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
