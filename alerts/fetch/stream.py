"""The sockets beneath the pool: resolve once, judge, pin, and keep to the budget."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from alerts.fetch.budget import Budget
from alerts.fetch.guard import Guard
from alerts.fetch.head import Head
from alerts.fetch.resolve import Names


class NotAllowed(httpcore.ConnectError):
    """The address must not be connected to; ``str()`` says why."""


class PinnedBackend(httpcore.NetworkBackend):
    """Opens connections to addresses that were judged, never to a name that could mean another one a moment later."""

    def __init__(self, names: Names, guard: Guard) -> None:
        self._names = names
        self._guard = guard
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Any = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """``timeout`` is the Budget of the request. Every address is judged before the first is tried."""
        budget: Budget = timeout
        addresses = self._names.addresses(host, port, budget)
        for address in addresses:
            if why := self._guard.refusal(address, port, any_port=budget.any_port):
                raise NotAllowed(why)
        for left_over, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                # One silent address must not eat the time of those behind it.
                inner = self._sockets.connect_tcp(address, port, budget.left() / left_over, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left_over == 1:
                    raise
            else:
                budget.connected = True
                return BoundedStream(inner)
        raise AssertionError("addresses() never returns an empty list")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise NotAllowed("local sockets are not asked")


class BoundedStream(httpcore.NetworkStream):
    """A connection whose every operation ends when the request's budget does (``timeout`` is that Budget)."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self._socket: socket.socket = inner.get_extra_info("socket")
        #: The head of the answer, while it is being read.
        self._head: Head | None = None

    def read(self, max_bytes: int, timeout: Any = None) -> bytes:
        """Some bytes, about ``max_bytes`` at most; none at the end."""
        budget: Budget = timeout
        while True:
            data = self._inner.read(max_bytes, budget.left())
            budget.count(len(data))
            if self._head is None:
                return data
            fit = self._head.feed(data) if data else self._head.rest()
            if self._head.over:
                self._head = None
            if fit or not data:
                return fit

    def write(self, buffer: bytes, timeout: Any = None) -> None:
        """All of ``buffer``."""
        budget: Budget = timeout
        self._head = self._head or Head()
        if isinstance(self._inner.get_extra_info("ssl_object"), ssl.SSLObject):
            # TLS within TLS (a proxy over https) has no socket of its own to send on.
            budget.wrote = budget.wrote or not budget.opening
            self._inner.write(buffer, budget.left())
            return
        left = memoryview(buffer)
        try:
            while left:
                self._socket.settimeout(budget.left())
                budget.wrote = budget.wrote or not budget.opening
                left = left[self._socket.send(left) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(error) from error
        except OSError as error:
            raise httpcore.WriteError(error) from error

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: Any = None
    ) -> httpcore.NetworkStream:
        """The same connection, secured; the certificate is checked against ``server_hostname``."""
        budget: Budget = timeout
        budget.opening = max(0, budget.opening - 1)
        return BoundedStream(self._inner.start_tls(ssl_context, server_hostname, budget.left()))

    def get_extra_info(self, info: str) -> Any:
        """What the stream beneath knows."""
        return self._inner.get_extra_info(info)

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()
