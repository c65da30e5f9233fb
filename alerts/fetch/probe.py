"""Can a host be reached? Its name, the line, its certificate, and what time it says it is.

Nothing but its robots.txt is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from alerts.fetch.address import BadAddress, parse
from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from alerts.model.page import Request

Stage = Literal["good", "dns", "tls", "network"]
_SECONDS = 10.0
_ENOUGH = 64 * 1024


@dataclass(frozen=True, slots=True)
class Probed:
    """How far the way to a host goes."""

    host: str
    stage: Stage
    #: What went wrong; never a path, for that may be a secret.
    why: str = ""
    #: The time of day there, from its header ``Date``.
    date: datetime | None = None


def host_of(url: str) -> str:
    """Scheme and host of an address, without what may be secret in it; raises ValueError."""
    try:
        return parse(url).origin
    except BadAddress as error:
        raise ValueError(str(error)) from None


def probe(client: Client, origin: str) -> Probed:
    """Ask for the robots.txt of ``https://host``: whatever is answered, it was reached."""
    try:
        answer = client.ask(Request(f"{origin}/robots.txt", conditional=False), max_bytes=_ENOUGH, deadline=_SECONDS)
    except FetchError as error:
        if error.status is not None or "larger than" in str(error):
            return Probed(origin, "good")
        why = str(error)
        return Probed(origin, _stage(why), why)
    return Probed(origin, "good", date=_date(answer.headers.get("date", "")))


def _stage(why: str) -> Stage:
    """At which step it ended, by the words of ``faults.py``."""
    if "name was not found" in why:
        return "dns"
    return "tls" if "certificate" in why or "secure connection" in why else "network"


def _date(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
