"""What both halves of the story work with, handed to them as one value."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.fetch.client import Client
from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.plan import Plan, SavedSearch
from alerts.sandbox.reader import Reader
from alerts.store.store import Store


@dataclass(frozen=True, slots=True)
class Means:
    """The store, the configuration, its searches compiled, and the ways to the sources."""

    store: Store
    plan: Plan
    matcher: Matcher
    client: Client
    fetcher: Fetcher
    reader: Reader
    #: The searches as they were configured; those of ``plan`` have texts where these name addresses.
    asked: tuple[SavedSearch, ...] = ()
    #: The addresses among them that have not been read.
    unread: tuple[str, ...] = ()
