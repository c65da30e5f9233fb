"""Where the listener may be: an address of this machine itself or a Unix socket; elsewhere only when it is asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from alerts.model.plan import Http

#: Where the desk is when nothing else is said.
DESK = "127.0.0.1:8484"
_FORM = 'write it as "127.0.0.1:8642", "[::1]:8642" or "unix:/run/job-alerts/http.sock"'
#: A longer path does not fit into the address of a socket.
_LONGEST = 100


def read(listen: str, hosts: Sequence[str], *, public: bool, folder: Path, sources: int = 200, least: int = 1) -> Http:
    """The listener that ``listen`` names; raises ValueError with what to do.

    A socket is relative to ``folder``. ``least``: the lowest port, 0 where any free one will do.
    """
    named = tuple(host.lower() for host in hosts)
    if listen.startswith("unix:"):
        return Http(socket=_socket(listen.removeprefix("unix:"), folder), hosts=named, sources=sources)
    host, _, port = listen.removeprefix("http://").rstrip("/").rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not least <= int(port) <= 65535:
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


def with_desk(http: Http | None, url: str | None) -> Http:
    """The listener with the desk on it; raises ValueError with what to do. ``url``: where a proxy shows it to its user."""
    shown = http or read(DESK, (), public=False, folder=Path())
    if shown.host and not ipaddress.ip_address(shown.host).is_loopback:
        raise ValueError(
            "the desk is not shown where other machines reach it: let [http] listen on 127.0.0.1, and come through a proxy or SSH"
        )
    own = (str(shown),) if shown.host else ()
    origins = tuple(f"http://{name}:{shown.port}" for name in ("127.0.0.1", "localhost", "[::1]") if shown.port)
    if url is None:
        return replace(shown, desk=tuple(dict.fromkeys((*own, *origins))) or ("http://localhost",))
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc or parts.path.strip("/"):
        raise ValueError(f'{url!r} is not where a desk is opened; write it as "https://jobs.example.org"')
    outside = f"{parts.scheme}://{parts.netloc.lower()}"
    desk = tuple(dict.fromkeys((outside, *own, *origins)))
    return replace(shown, hosts=(*shown.hosts, parts.netloc.lower()), desk=desk, link=outside)
