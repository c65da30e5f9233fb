"""How a host is reached: straight, or through a proxy; and whose certificates are believed."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass

from alerts.fetch.guard import Guard
from alerts.fetch.proxies import Proxies
from alerts.fetch.resolve import Names


@dataclass(frozen=True, slots=True)
class Ways:
    """What the connections of one client share."""

    names: Names
    guard: Guard
    proxies: Proxies
    trust: Callable[[], ssl.SSLContext]
