"""Canaries: listeners on the loopback addresses that nobody may connect to."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from tests.fetch.server import Canary


@pytest.fixture
def canaries() -> Iterator[list[Canary]]:
    """One canary on 127.0.0.1 and one on ::1 (where there is IPv6), both on one port."""
    first = Canary("127.0.0.1")
    found = [first]
    if socket.has_ipv6:
        with contextlib.suppress(OSError):
            found.append(Canary("::1", first.port))
    yield found
    for canary in found:
        canary.close()
