"""Is the desk reached where alerts would link to? Asked every minute, because nobody shall press a dead link."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.fetch.client import Client
from alerts.model.errors import FetchError
from alerts.model.page import Request
from alerts.model.plan import Network
from alerts.notify.act_links import ANSWERS, answer
from alerts.notify.means import Means

log = logging.getLogger("alerts")
#: Seconds that it may take to answer.
DEADLINE = 10.0
#: What is still so is written down anew after this.
AGAIN = timedelta(minutes=15)
#: It is the operator's own address, wherever it is; nothing of the answer but its status is used.
_ANYWHERE = ("0.0.0.0/0", "::/0")
#: A door before the desk may answer in its place; these say that there is no desk behind it.
_NOBODY = (404, 421)


def look(means: Means, now: datetime) -> None:
    """Ask, and keep what was answered."""
    http = means.plan.http
    if http is None or http.link is None:
        return
    said, before = answer(http.link, _trouble(http.link, means.plan.network)), means.store.fact(ANSWERS)
    changed = before is None or before[0] != said
    if changed:
        log.info("links of alerts to the desk: %s", said)
    if before is None or changed or now - before[1] > AGAIN:
        means.store.keep_fact(ANSWERS, said, now)


def _trouble(url: str, network: Network) -> str:
    """Why the desk is not reached; "" where it is."""
    with Client.of(replace(network, allow_private=_ANYWHERE)) as client:
        try:
            status = client.ask(
                Request(f"{url}/manifest.webmanifest", conditional=False), deadline=DEADLINE, max_bytes=4096
            ).status
        except FetchError as error:
            return str(error)
    return f"HTTP {status}" if status in _NOBODY or status >= 500 else ""
