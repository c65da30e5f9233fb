"""The webhook's JSON as a documented, versioned model; docs/webhook.md is generated from it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from alerts.model.event import EventKind


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Location(_Part):
    """One place of work."""

    raw: str = Field(description="As the source wrote it.")
    city: str | None = None
    region: str | None = Field(None, description='The usual short name or code: "ON", "Bavaria".')
    country: str | None = Field(None, description="ISO 3166 alpha-2.")
    lat: float | None = None
    lon: float | None = None


class PayData(_Part):
    """Pay in the stated period; amounts are absolute. One figure: min equals max. "Up to": min is null."""

    min: float | None = None
    max: float | None = None
    currency: str | None = Field(None, description="ISO 4217.")
    period: str | None = Field(None, description="hour, day, week, month or year.")
    basis: Literal["stated", "parsed", "inferred"] = Field(description="Stated in a field, parsed from words, or inferred.")
    kind: str = Field("base", description="base, ote, bonus, equity or stipend.")
    words: str = Field("", description="The words it was read from.")
    scope: str | None = Field(None, description="The zone or level that the range is for.")
    period_stated: bool = True
    currency_inferred: bool = False
    tax: str | None = Field(None, description="gross or net, where it is said.")


class EligibilityData(_Part):
    """One thing asked of, or offered to, the applicant."""

    topic: str = Field(description="sponsorship, work_permit, clearance, citizenship, degree or language.")
    answer: bool = Field(description="True: offered or asked for. False: refused or not asked for.")
    value: str | None = None
    words: str = ""


class EvidenceData(_Part):
    """Why a derived value is what it is."""

    basis: Literal["stated", "parsed", "inferred"]
    words: str = ""


class PostingData(_Part):
    """One listing at one source, made comparable. Null or empty: the source does not say."""

    source: str
    source_id: str
    url: str | None = Field(description="http or https; null where the source gave no usable address.")
    apply_url: str | None = None
    title: str
    company: str | None = None
    locations: list[Location] = []
    work: list[str] = Field([], description="remote, hybrid, onsite: all that are offered.")
    remote_scope: list[str] = Field([], description="Where a remote job may be done: ISO codes, WORLD, EUROPE, EMEA …")
    remote_excluded: list[str] = []
    employment: list[str] = Field([], description="full-time, part-time, contract, temporary, internship …")
    level: str | None = None
    levels: list[str] = Field([], description="Every level that is named, `level` among them.")
    experience: float | None = Field(None, description="The least years asked for.")
    category: str | None = None
    industry: str | None = None
    pay: PayData | None = None
    pays: list[PayData] = Field([], description="Every pay statement found, the headline among them.")
    posted: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    text: str = Field("", description="Plain text; see `shortened`.")
    language: str | None = Field(None, description="ISO 639-1.")
    eligibility: list[EligibilityData] = []
    tags: list[str] = []
    requisition: str | None = None
    detailed: bool = Field(True, description="False: the details were not read, so what is not said is unknown.")
    evidence: dict[str, EvidenceData] = Field({}, description="Field name to why it has its value.")


class SourceData(_Part):
    """One source that lists the job."""

    source: str
    source_id: str
    url: str | None = None
    apply_url: str | None = None
    posted: datetime | None = None


class ChangeData(_Part):
    """One field that became different."""

    field: str
    before: str
    after: str


class ReasonData(_Part):
    """One condition of the search, its answer, and what was found; a tree where a condition has parts."""

    condition: str
    wanted: str
    answer: Literal["yes", "no", "unknown"]
    found: str = ""
    where: str = ""
    basis: Literal["stated", "parsed", "inferred"] | None = None
    parts: list[ReasonData] = []


class AlertData(_Part):
    """One match and event."""

    id: str
    job: str = Field(description="The short id of the job, for `job-alerts hide` and the other commands.")
    search: str
    event: EventKind
    at: datetime = Field(description="When the event was seen.")
    subject: str = Field(description="The alert in one line, as a mail would say it.")
    posting: PostingData = Field(description="The posting to show first: the employer's own where there is one.")
    sources: list[SourceData] = Field([], description="All open postings of the job, the shown one first.")
    changes: list[ChangeData] = []
    reasons: list[ReasonData] = []
    possibly: list[str] = Field([], description="Short ids of jobs that it is possibly the same as.")
    reposted: int = 0
    score: float = 0.0
    letter: str | None = None
    shortened: list[str] = Field([], description="Fields that were shortened so that the message fits; empty: none.")


class Data(_Part):
    """The delivery."""

    delivery: str = Field(description="The delivery's id, the same over all tries; also in the header `webhook-id`.")
    heading: str = Field("", description="The name of the search or of the digest.")
    thread: str | None = None
    part: int = 1
    parts: int = 1
    total: int = Field(description="Alerts in the whole digest, over all of its parts.")
    more: int = Field(0, description="Alerts that are held back and stand in no part.")
    notes: list[str] = Field([], description="Lines for the operator: sources in trouble, the weekly summary.")
    alerts: list[AlertData]


class JobAlerts(_Part):
    """The body of every request."""

    type: Literal["job.alerts"] = "job.alerts"
    version: Literal[1] = 1
    timestamp: datetime = Field(description="When the message was made.")
    data: Data
