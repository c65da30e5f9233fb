"""Where the listener may be: an address of this machine itself or a Unix socket; elsewhere only when it is asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from pathlib import Path

from alerts.model.plan import Http

_FORM = 'write it as "127.0.0.1:8642", "[::1]:8642" or "unix:/run/job-alerts/http.sock"'
#: A longer path does not fit into the address of a socket.
_LONGEST = 100


def read(listen: str, hosts: Sequence[str], *, public: bool, folder: Path, sources: int = 200) -> Http:
    """The listener that ``listen`` names; raises ValueError with what to do. A socket is relative to ``folder``."""
    named = tuple(host.lower() for host in hosts)
    if listen.startswith("unix:"):
        return Http(socket=_socket(listen.removeprefix("unix:"), folder), hosts=named, sources=sources)
    host, _, port = listen.removeprefix("http://").rstrip("/").rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ValueError(f"not an address to listen on; {_FORM}")
    if host == "localhost":
        host = "127.0.0.1"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise ValueError(f"{host!r} is no address of a machine; {_FORM}") from None
    if not address.is_loopback:
        _may_be_public(host, named, public=public)
    return Http(str(address), int(port), hosts=named, sources=sources)


def _socket(path: str, folder: Path) -> Path:
    whole = folder.absolute() / Path(path).expanduser()
    if not path:
        raise ValueError(f"names no socket; {_FORM}")
    if len(bytes(whole)) > _LONGEST:
        raise ValueError(f"the path of the socket is too long ({len(bytes(whole))} bytes); choose one of at most {_LONGEST}")
    return whole


def _may_be_public(host: str, hosts: Sequence[str], *, public: bool) -> None:
    if not public:
        raise ValueError(
            f"{host} can be reached from other machines; listen on 127.0.0.1 behind a proxy that asks who comes,"
            " or say public = true if your network may see it"
        )
    if not hosts:
        raise ValueError(f'{host} can be reached from other machines; say by which names it may be asked: hosts = ["…"]')
