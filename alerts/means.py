"""What both halves of the story work with, handed to them as one value."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.fetch import Fetcher
from alerts.net.client import Client
from alerts.plan import Plan
from alerts.reader import Reader
from alerts.store.store import Store
from alerts.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Means:
    """The store, the configuration, its searches compiled, and the ways to the sources."""

    store: Store
    plan: Plan
    wanted: Wanted
    client: Client
    fetcher: Fetcher
    reader: Reader
