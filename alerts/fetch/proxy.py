"""Connections to the proxy that is the way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpcore

from alerts.fetch.budget import Budget
from alerts.fetch.guard import Guard
from alerts.fetch.resolve import Names
from alerts.fetch.stream import PinnedBackend


class Unreached(httpcore.ConnectError):
    """The proxy itself could not be reached; the fault beneath is ``args[0]``."""


class ProxyBackend(PinnedBackend):
    """Connections to proxies. Where these are is not judged: the operator named them."""

    def __init__(self, names: Names, tunnels: int) -> None:
        super().__init__(names, Guard(("0.0.0.0/0", "::/0")))
        #: How often a connection is secured before the request itself is sent on it.
        self._tunnels = tunnels

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Any = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """As for any other server, but a fault says that it is the proxy's."""
        budget: Budget = timeout
        try:
            stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        except (httpcore.ConnectError, httpcore.TimeoutException) as error:
            raise Unreached(error) from error
        budget.opening = self._tunnels
        return stream
