"""What a source said of a listing, as it said it, and what a kind of source says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from alerts.model.page import Request


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A place as the source wrote it; any part may be missing."""

    text: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class RawPay:
    """Pay as the source's own fields state it. Free text goes to ``text`` alone."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    #: The source's own word ("per-year-salary", "YEAR", "PH" …).
    period: str | None = None
    text: str | None = None
    #: base | ote | bonus | equity | stipend, where the source says it.
    kind: str = "base"
    #: True where the source says that it is a guess of its own (Adzuna).
    predicted: bool = False


@dataclass(frozen=True, slots=True)
class RawPosting:
    """What a source said of one listing, as it said it. ``source_id``, ``url`` and ``title`` are always there."""

    #: The board's own id, unique within the source.
    source_id: str
    url: str
    title: str
    company: str | None = None
    apply_url: str | None = None
    places: tuple[RawPlace, ...] = ()
    #: The source's words for the work type ("Remote", "TELECOMMUTE", "on-site", "hybrid").
    work: tuple[str, ...] = ()
    #: Where a remote worker may live, as stated ("Worldwide", "USA", "CET ± 2").
    remote_areas: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    pay: tuple[RawPay, ...] = ()
    #: Department, team, function, category: the most general last.
    category: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    #: Dates as said: ISO or RFC 822 text, epoch seconds or milliseconds, "Posted 3 Days Ago".
    posted: str | int | float | None = None
    updated: str | int | float | None = None
    expires: str | int | float | None = None
    #: The description; HTML or plain text, whichever the source has (HTML preferred where both exist).
    html: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    language: str | None = None
    #: The source's own grouping: rows with the same group are one job (Greenhouse ``internal_job_id``).
    group: str | None = None
    #: The employer's requisition number, where it is trustworthy.
    requisition: str | None = None
    #: "yes" | "no" words of the source about sponsorship, experience, degrees …: name → words.
    facts: Mapping[str, str] = field(default_factory=dict)
    #: False where the listing lacks the text and a detail request would bring it.
    detailed: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page of a source said."""

    postings: tuple[RawPosting, ...] = ()
    #: The next request when there are more pages.
    next: Request | None = None
    #: True when this page ends a listing of *all* open postings of the source.
    complete: bool = False
    #: How many postings the source says it has, where it says so.
    total: int | None = None
    #: The employer, where the page names one for all postings.
    name: str | None = None
    #: Rows that could not be read, each in a few words.
    problems: tuple[str, ...] = ()
    #: What of the page was left unread because there is too much of it, in a few words; then it is never ``complete``.
    cut: str | None = None
    #: How often the publisher asks to be read at most, in minutes (feed ``ttl``).
    ttl_minutes: int | None = None
    #: What a feed calls itself; no employer, but a good name for the source.
    title: str | None = None
    #: (key of its bytes, id) of every entry on the page, where the page could be cut into entries: also of those that were
    #: known by their key and are therefore not among the postings.
    entries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of source says of itself; printed by ``kinds`` and the documentation."""

    #: "Greenhouse"
    title: str
    #: recorded: built from real responses. documented: from the system's documentation only.
    confidence: Literal["recorded", "documented"] = "recorded"
    #: True when a full reading lists every open posting (only then can a missing one mean *closed*).
    complete: bool = True
    #: True when ``first`` makes use of the words of the searches.
    searchable: bool = False
    #: True when the listing lacks the text, so that details are asked for.
    details: bool = False
    #: The least minutes between two readings that the system's terms allow.
    least_minutes: int = 5
    #: What the terms ask of us, in a sentence; shown by ``kinds``.
    terms: str = ""
    #: True when the terms forbid part of the use, so that the user must set ``accept_terms = true``.
    must_accept: bool = False
    #: True when robots.txt decides, because a site is crawled rather than an interface read.
    robots: bool = False
    #: True when its postings are remote unless they say otherwise.
    remote: bool = False
    #: True when it shows postings of many employers: their own boards are shown before it.
    aggregator: bool = False
