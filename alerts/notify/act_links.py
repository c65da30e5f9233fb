"""Links with which an alert is answered from a phone: each signed for one job and one act, good for thirty days.

A link says ``what.job.until.person.mac``. The key is made once and lies beside the database (``store/link_key.py``); whoever
lacks it can make no link, nor change one into another. Alerts carry them only where the desk answered lately under
``[desk] url``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from alerts.model.alert import Alert
from alerts.model.errors import StoreError
from alerts.model.event import EventKind
from alerts.notify.context import Context
from alerts.store import link_key

log = logging.getLogger("alerts")
ACTS = ("hide", "save", "applied")
LASTS = timedelta(days=30)
#: The fact that says how the desk answered when it was last asked.
ANSWERS = "desk-answers"
#: An answer older than this is none: the daemon asks every minute.
FRESH = timedelta(hours=1)
_FORM = re.compile(r"([a-z]{4,7})\.([0-9a-z]{4,12})\.([0-9]{10})\.([A-Za-z0-9_-]{0,200})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good link says."""

    what: str
    #: The short id of the job.
    job: str
    until: datetime
    person: str


def written(signed: Signed, key: bytes) -> str:
    """The link's last part: what is signed, and its signature."""
    person = base64.urlsafe_b64encode(signed.person.encode()).decode().rstrip("=")
    words = f"{signed.what}.{signed.job}.{int(signed.until.timestamp())}.{person}"
    return f"{words}.{_mac(words, key)}"


def read(link: str, key: bytes, now: datetime) -> Signed | None:
    """What a link says; None where it was changed, is another desk's, or is too old: the same for all three."""
    found = _FORM.fullmatch(link)
    if not found or not key:
        return None
    what, job, until, person, mac = found.groups()
    good = hmac.compare_digest(mac, _mac(link.rpartition(".")[0], key))
    if not good or what not in ACTS or int(until) < now.timestamp():
        return None
    name = base64.urlsafe_b64decode(person + "=" * (-len(person) % 4)).decode()
    return Signed(what, job, datetime.fromtimestamp(int(until), UTC), name)


def _mac(words: str, key: bytes) -> str:
    whole = hmac.new(key, words.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(whole[:16]).decode().rstrip("=")


def with_links(alert: Alert, context: Context, now: datetime) -> Alert:
    """The alert with its links, where they lead somewhere."""
    url = answering(context, now)
    if url is None or alert.event is EventKind.CLOSED:
        return alert
    try:
        key = link_key.made(context.plan.settings.database)
    except StoreError as error:
        log.warning("messages carry no links: %s", error)
        return alert
    links = {what: f"{url}/l/{written(Signed(what, alert.job, now + LASTS, ''), key)}" for what in ACTS}
    return replace(alert, links=links)


def answering(context: Context, now: datetime) -> str | None:
    """Where the desk is reached, if it was reached there lately."""
    http = context.plan.http
    if http is None or http.link is None:
        return None
    said = context.store.fact(ANSWERS)
    return http.link if said and said[0] == answer(http.link) and now - said[1] <= FRESH else None


def answer(url: str, why: str = "") -> str:
    """The words of the fact."""
    return f"{url} does not answer: {why}" if why else f"{url} answers"
