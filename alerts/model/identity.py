"""What identity is judged by, and the verdict whether two postings are one job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class AddressId:
    """Who a job address speaks of: the system, the tenant where ids are per tenant, and the id there."""

    system: str
    tenant: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What identity is judged by: small enough to be kept beside every stored posting."""

    source: str
    source_id: str
    #: Native identities, as ``system:tenant:id``; equal ones prove *same*.
    ids: tuple[str, ...] = ()
    #: The canonical address.
    address: str = ""
    group: str | None = None
    requisition: str | None = None
    company: str = ""
    title: str = ""
    #: (city, region, country), folded; any may be "".
    places: tuple[tuple[str, str, str], ...] = ()
    remote: bool | None = None
    #: (min, max, currency, period)
    pay: tuple[float | None, float | None, str | None, str | None] | None = None
    posted: datetime | None = None
    #: Similarity signature of the text; empty where there is none.
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Are two postings one job? With the evidence for and against, each in a few words."""

    #: same: certain, merge. likely: "possibly the same as". different: apart.
    relation: Literal["same", "likely", "different"]
    score: float
    evidence: tuple[str, ...] = ()
