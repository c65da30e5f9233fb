"""What this folder is handed: the store, the configuration, its searches compiled, and the HTTP client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from alerts.match.matcher import Matcher
from alerts.model.plan import Plan
from alerts.store.store import Store

if TYPE_CHECKING:
    from alerts.fetch.client import Client


class Context(Protocol):
    """The store, the configuration and its searches: what it takes to owe alerts and notices."""

    @property
    def store(self) -> Store:
        """The database."""

    @property
    def plan(self) -> Plan:
        """The configuration."""

    @property
    def matcher(self) -> Matcher:
        """The searches of the configuration, compiled."""


class SendContext(Context, Protocol):
    """… and the HTTP client: what it takes to send them."""

    @property
    def client(self) -> Client:
        """The way to channels over HTTP."""
