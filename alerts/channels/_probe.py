"""Could a channel be reached? Asked without sending anything, for ``job-alerts doctor``."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from alerts.fetch.address import parse

if TYPE_CHECKING:
    from alerts.fetch.client import Client

#: Elsewhere a listener may be anything, and take anything for a message.
_WEB_PORTS = (80, 443)


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found; *not tried* where nothing can be asked without sending."""

    state: Literal["good", "wrong", "not tried"]
    said: str


def web(url: str, client: Client) -> Probe:
    """The host of a hook: its name, line and certificate. The hook itself is not asked: anything sent there may be a message."""
    from alerts.fetch import probe as way

    try:
        address = parse(url)
    except ValueError:
        return Probe("not tried", "its address cannot be read here")
    if address.port not in _WEB_PORTS:
        return Probe("not tried", f"on port {address.port} nothing but a message is known to be welcome")
    found = way.probe(client, address.origin)
    return Probe("good", f"{address.origin} is reached") if found.stage == "good" else Probe("wrong", found.why)


def folder(path: Path) -> Probe:
    """A folder that files are written to."""
    place = path.expanduser()
    if not place.is_dir():
        return Probe("wrong", f"there is no folder {place}")
    return Probe("good", f"{place} can be written to") if os.access(place, os.W_OK | os.X_OK) else _denied(place)


def file(path: Path) -> Probe:
    """A file that is written to, or made."""
    place = path.expanduser()
    if not place.exists():
        return folder(place.parent)
    return Probe("good", f"{place} can be written to") if os.access(place, os.W_OK) else _denied(place)


def program(name: str) -> Probe:
    """A program that is run."""
    found = shutil.which(name)
    return Probe("good", f"{found} can be run") if found else Probe("wrong", f"there is no program {name} that may be run")


def _denied(place: Path) -> Probe:
    return Probe("wrong", f"{place} may not be written to by this user")
