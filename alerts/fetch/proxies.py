"""Which proxy is taken for which host; imports no HTTP, as the configuration is checked by it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from urllib.parse import unquote, urlsplit

from alerts.fetch.address import BadAddress, parse

SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy."""

    scheme: str
    host: str
    port: int
    login: tuple[str, str] | None = field(default=None, repr=False)


class Proxies:
    """Which proxy a request takes: ``urls`` by its scheme, none for the hosts of ``without``. Raises ValueError."""

    def __init__(self, urls: Mapping[str, str], without: Sequence[str] = ()) -> None:
        self._of = {scheme: read(url) for scheme, url in urls.items()}
        self._without = tuple(word for entry in without for word in entry.lower().replace(",", " ").split())

    def of(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for this host, if any."""
        if any(_excepted(entry, host.rstrip("."), port) for entry in self._without):
            return None
        return self._of.get(scheme)


def read(url: str) -> Proxy:
    """A proxy as people write it: ``http://user:password@proxy:3128`` or ``proxy:3128``; raises ValueError, never showing it."""
    scheme, mark, rest = url.strip().partition("://")
    scheme, rest = (scheme.lower(), rest) if mark else ("http", scheme)
    if scheme not in SCHEMES:
        raise ValueError("must be an HTTP proxy, http://host:port or https://host:port (SOCKS is not supported)")
    login, _, where = rest.rpartition("@")
    try:
        address = parse(f"{scheme}://{urlsplit(f'//{where}').netloc}/")
    except (BadAddress, ValueError):
        raise ValueError("must be http://host:port, or http://user:password@host:port with signs such as @ as %40") from None
    user, _, password = login.partition(":")
    return Proxy(scheme, address.host, address.port, (unquote(user), unquote(password)) if login else None)


def _excepted(entry: str, host: str, port: int) -> bool:
    """Does one word of NO_PROXY mean this host?"""
    if entry == "*":
        return True
    name, _, said = entry.rpartition(":")
    if name and said.isdigit() and ":" not in name.rpartition("]")[2]:
        if int(said) != port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").removeprefix(".").rstrip(".")
    try:
        return ip_address(host) in ip_network(entry, strict=False)
    except ValueError:
        return bool(entry) and (host == entry or host.endswith(f".{entry}"))
