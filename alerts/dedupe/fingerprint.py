"""A posting reduced to what identity is judged by."""

from __future__ import annotations

from datetime import datetime

from alerts.dedupe.address import identify
from alerts.dedupe.canonical import canonical
from alerts.dedupe.places import fold as fold_places
from alerts.dedupe.signature import signature
from alerts.dedupe.title import fold as fold_title
from alerts.model.identity import Fingerprint
from alerts.model.posting import Pay, Posting
from alerts.normalise import company


def fingerprint(posting: Posting, *, with_text: bool = False, seen: datetime | None = None) -> Fingerprint:
    """What identity is judged by; 256 bytes more ``with_text``, which costs about 200 µs for 3 KB.

    ``seen`` stands for the posting date where the source does not give one (when it was first read).
    """
    addresses = tuple(dict.fromkeys(url for url in (posting.url, posting.apply_url) if url))
    found = (identify(url) for url in addresses)
    ids = tuple(dict.fromkeys(f"{i.system}:{i.tenant or ''}:{i.id}" for i in found if i))
    return Fingerprint(
        source=posting.source,
        source_id=posting.source_id,
        ids=ids,
        address=canonical(posting.url),
        group=posting.group,
        requisition=posting.requisition,
        company=posting.company_key or company.key(posting.company),
        title=fold_title(posting.title),
        places=fold_places(posting.places),
        remote=("remote" in posting.work) if posting.work else None,
        pay=_pay(posting.pay),
        posted=posting.posted or seen,
        signature=signature(posting.text) if with_text else b"",
    )


def _pay(pay: Pay | None) -> tuple[float | None, float | None, str | None, str | None] | None:
    return (pay.min, pay.max, pay.currency, pay.period) if pay else None
