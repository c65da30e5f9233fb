"""From a name to addresses, within the time left."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address

import httpcore

from alerts.fetch.budget import Budget

#: (host, port) → addresses as text; raises OSError.
Resolver = Callable[[str, int], list[str]]

_AT_ONCE = 8
_MOST_ADDRESSES = 16


class Unresolved(httpcore.ConnectError):
    """The name has no address."""


def system_resolver(host: str, port: int) -> list[str]:
    """What the system says."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Names:
    """Resolves names. The system's resolver cannot be interrupted, so it runs in a few threads that may be left behind."""

    def __init__(self, resolver: Resolver | None = None) -> None:
        self._resolver = resolver or system_resolver
        self._slots = threading.Semaphore(_AT_ONCE)

    def addresses(self, host: str, port: int, budget: Budget) -> list[str]:
        """All addresses of ``host``; raises Unresolved, or httpcore.ReadTimeout when the time is over."""
        if _literal(host):
            return [host]
        if not self._slots.acquire(timeout=budget.left()):
            raise httpcore.ConnectTimeout("name")
        answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()
        threading.Thread(target=self._look_up, args=(host, port, answer), daemon=True, name="resolve").start()
        try:
            found = answer.get(timeout=budget.left())
        except queue.Empty:
            raise httpcore.ConnectTimeout("name") from None
        if isinstance(found, OSError) or not found:
            raise Unresolved("the name was not found")
        return list(dict.fromkeys(found))[:_MOST_ADDRESSES]

    def _look_up(self, host: str, port: int, answer: queue.SimpleQueue[list[str] | OSError]) -> None:
        try:
            answer.put(self._resolver(host, port))
        except Exception as error:  # whatever a resolver raises, somebody waits for an answer
            answer.put(OSError(str(error)))
        finally:
            self._slots.release()


def _literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
