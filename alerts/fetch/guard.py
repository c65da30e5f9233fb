"""Which network addresses may be connected to; the deny list is ``denied.tsv``."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from alerts.model.errors import UsageError

_OPEN_PORTS = (80, 443)
_THIS_MACHINE = {"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"}


class _Row(NamedTuple):
    network: IPv4Network | IPv6Network
    #: "" to refuse, else the bit at which an IPv4 address begins, with "~" where it is inverted.
    carries: str
    why: str


class Guard:
    """Judges every address that a name resolved to. ``allow_private``: addresses or networks that are allowed all the same."""

    def __init__(self, allow_private: Sequence[str] = ()) -> None:
        try:
            self._allowed = tuple(ip_network(entry, strict=False) for entry in allow_private)
        except ValueError as error:
            raise UsageError(f'network.allow_private: {error}; write addresses or networks such as "10.0.0.0/8"') from None

    def refusal(self, address: str, port: int, *, any_port: bool = False) -> str | None:
        """Why ``address`` must not be connected to, or None. ``any_port``: public addresses beyond ports 80 and 443, too."""
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return "the name resolved to something that is no address"
        if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        if any(ip in network for network in self._allowed):
            return None
        if why := denied(ip):
            return f"its address {ip} is not public ({why}); list it in network.allow_private if it is yours"
        if port not in _OPEN_PORTS and not any_port:
            return f"port {port} is not a web port; list {ip} in network.allow_private if it is yours"
        return None

    def refusal_by_name(self, host: str, port: int, *, any_port: bool = False) -> str | None:
        """Why ``host``, which a proxy resolves, must not be asked for; judged by what can be seen in the name itself."""
        name = host.rstrip(".").lower()
        if name in _THIS_MACHINE or name.endswith(".localhost"):
            return self.refusal("127.0.0.1", port, any_port=any_port)
        if ":" in name:
            return self.refusal(name, port, any_port=any_port)
        try:
            # All that a resolver takes for an address: 127.1, 0x7f000001, 2130706433.
            return self.refusal(socket.inet_ntoa(socket.inet_aton(name)), port, any_port=any_port)
        except (OSError, ValueError):
            return None


def denied(ip: IPv4Address | IPv6Address) -> str | None:
    """Why ``ip`` is no public address, or None."""
    rows = [row for row in _table() if ip in row.network]
    carriers = [row for row in rows if row.carries]
    for row in carriers:
        if why := denied(_carried(ip, row.carries)):
            return f"{why}, {row.why}"
    return None if carriers or not rows else rows[0].why


def _carried(ip: IPv4Address | IPv6Address, carries: str) -> IPv4Address:
    bits = int(ip) >> (96 - int(carries.rstrip("~"))) & 0xFFFFFFFF
    return IPv4Address(bits ^ 0xFFFFFFFF if carries.endswith("~") else bits)


@cache
def _table() -> tuple[_Row, ...]:
    text = files("alerts.fetch").joinpath("denied.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(_Row(ip_network(network), carries, why) for network, carries, why in rows)
