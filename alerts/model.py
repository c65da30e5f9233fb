"""The values handed on, in the order of the pipeline; frozen, slotted, and ignorant of everything else.

    Request → Page → RawPosting → Posting → Fingerprint → Verdict → Match → Alert → Message → Outcome

Times are aware datetimes in UTC. Unknown is ``None`` or an empty tuple, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

Basis = Literal["stated", "parsed", "inferred"]
#: How a derived value came about: *stated* in a field of the source, *parsed* from its words, *inferred* from something else.

# --- reading a source -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a source wants to ask for. ``state`` travels to the page untouched (page number, cursor …)."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Body of a POST, already encoded.
    body: bytes | None = field(default=None, repr=False)
    #: Headers that must never be logged or stored (keys, tokens).
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Parameters that are added to the query when the request is sent, and are as secret.
    secret_query: Mapping[str, str] = field(default_factory=dict, repr=False)
    state: Mapping[str, str] = field(default_factory=dict)
    #: False where an answer of 304 would be of no use.
    conditional: bool = True
    #: True where an answer without content (204) means that nothing was found; else it is an error.
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought back: a whole answer, of status 200, 201, 203 or 206; or 204, empty, where ``Request.empty``."""

    request: Request
    #: The address after redirects.
    url: str
    body: bytes = field(repr=False)
    fetched: datetime
    status: int = 200
    #: Names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


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
    #: The employer or feed title, where the page names one for all postings.
    name: str | None = None
    #: Rows that could not be read, each in a few words.
    problems: tuple[str, ...] = ()
    #: How often the publisher asks to be read at most, in minutes (feed ``ttl``).
    ttl_minutes: int | None = None


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


@dataclass(frozen=True, slots=True)
class Asking:
    """What today's searches want, for kinds that can be asked for less than everything."""

    #: Words worth searching for, one entry a search.
    words: tuple[str, ...] = ()
    #: The last good reading.
    since: datetime | None = None


# --- a posting made comparable --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a derived value is what it is."""

    basis: Basis
    #: The words it was read from.
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of work. ``country`` is ISO 3166 alpha-2, ``region`` the usual short name or code ("CA", "Bavaria")."""

    raw: str
    city: str | None = None
    region: str | None = None
    country: str | None = None
    #: Degrees, of the city.
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay in the stated period; amounts absolute (120k is 120000.0). One figure: min equals max; "up to": min is None."""

    min: float | None
    max: float | None
    #: ISO 4217.
    currency: str | None
    #: hour | day | week | month | year
    period: str | None
    basis: Basis = "stated"
    #: base | ote | bonus | equity | stipend
    kind: str = "base"
    words: str = ""
    #: The zone or level that the range is for ("Zone A", "US", "Senior").
    scope: str | None = None
    #: False where the period was concluded from the size of the figure.
    period_stated: bool = True
    #: True where the currency was concluded (a bare "$" in Canada).
    currency_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """One thing asked of, or offered to, the applicant, with the sentence that says so."""

    #: sponsorship | work_permit | clearance | citizenship | degree | language
    topic: str
    #: True: offered / asked for. False: refused / not asked for.
    answer: bool
    #: The language asked for, the degree, the clearance …
    value: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """One listing at one source, made comparable."""

    #: The name of the source it came from.
    source: str
    source_id: str
    url: str
    title: str
    company: str | None = None
    #: The company folded for comparison (no legal suffix, known alias); empty where unknown.
    company_key: str = ""
    apply_url: str | None = None
    places: tuple[Place, ...] = ()
    #: remote | hybrid | onsite; all that are offered; empty: not said.
    work: tuple[str, ...] = ()
    #: Where a remote job may be done: ISO2 codes, "US-CA", WORLD, EUROPE, EU, EMEA, APAC, ASIA, LATAM, AMERICAS,
    #: NORTH_AMERICA, SOUTH_AMERICA, AFRICA, OCEANIA, SEA, TZ:…; empty: not said.
    remote_scope: tuple[str, ...] = ()
    #: The same codes, where it may *not* be done.
    remote_excluded: tuple[str, ...] = ()
    #: full-time | part-time | contract | temporary | internship | apprenticeship | volunteer | freelance
    employment: tuple[str, ...] = ()
    #: intern | junior | mid | senior | staff | principal | lead | manager | director | vp | executive
    level: str | None = None
    #: The least years asked for.
    experience: float | None = None
    category: str | None = None
    industry: str | None = None
    #: The headline: base pay before all else.
    pay: Pay | None = None
    #: Every pay statement found, the headline among them.
    pays: tuple[Pay, ...] = ()
    posted: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    #: Clean plain text, paragraphs and lists kept.
    text: str = field(default="", repr=False)
    #: ISO 639-1 of the text.
    language: str | None = None
    eligibility: tuple[Eligibility, ...] = ()
    tags: tuple[str, ...] = ()
    group: str | None = None
    requisition: str | None = None
    #: False: the details have not been read, so what is not said here is unknown.
    detailed: bool = True
    #: Field name → why it has its value.
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


# --- identity -------------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Change:
    """One field that became different."""

    field: str
    before: str
    after: str


class EventKind(StrEnum):
    """Why there is something to tell."""

    NEW = "new"
    CHANGED = "changed"
    REPOSTED = "reposted"
    CLOSED = "closed"
    REOPENED = "reopened"


# --- matching -------------------------------------------------------------------------------------------------------


class Answer(StrEnum):
    """Three values: a condition on what a posting does not say is *unknown*."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search as the user wrote it; each condition still in words. Compiled by ``match``."""

    name: str
    title: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    exclude_companies: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    salary: str | None = None
    max_experience: str | None = None
    max_age: str | None = None
    query: str | None = None
    require_sponsorship: bool = False
    exclude_clearance: bool = False
    languages: tuple[str, ...] = ()
    #: Raise the order without being required.
    prefer: tuple[str, ...] = ()
    #: Jobs like this text (an address or file has been read into text by the configuration).
    like: tuple[str, ...] = ()
    #: keep | drop, for conditions that are unknown …
    unknown: str = "keep"
    #: … and for single conditions: key → keep | drop.
    unknown_for: Mapping[str, str] = field(default_factory=dict)
    #: Aliases of the trade ("k8s" = kubernetes): on or off.
    aliases: bool = True
    #: Where distances start ("Toronto, ON").
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, its answer, and what was found; a tree where a condition has parts."""

    #: The key of the search ("title", "salary", "query" …) or "all" / "any" / "not" for a branch.
    condition: str
    #: As the user wrote it.
    wanted: str
    answer: Answer
    #: The quoted words or the value.
    found: str = ""
    #: The field they were found in ("title", "text", "places" …).
    where: str = ""
    #: Character span in that field.
    span: tuple[int, int] | None = None
    basis: Basis | None = None
    parts: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a search says of a posting."""

    search: str
    #: Is it wanted, once ``unknown`` has decided?
    wanted: bool
    #: The three-valued answer before that.
    answer: Answer
    reasons: tuple[Reason, ...] = ()
    #: Order among matches (``prefer``, ``like``); higher is better.
    score: float = 0.0


# --- telling --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alert:
    """One match and event owed to one channel, with all that a message may want to say."""

    id: str
    #: The short id of the job, for commands (``job-alerts hide 7k3f``).
    job: str
    search: str
    event: EventKind
    #: When the event was seen.
    at: datetime
    #: The posting to show first (the employer's own where there is one).
    posting: Posting
    #: All open postings of the job, the shown one first.
    postings: tuple[Posting, ...] = ()
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    #: Short ids of jobs that it is possibly the same as.
    possibly: tuple[str, ...] = ()
    #: How often the job was reposted.
    reposted: int = 0
    score: float = 0.0
    #: A draft letter, where the search asks for one.
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can carry in one message."""

    #: Alerts in one message.
    items: int = 50
    #: Characters of text (or bytes, as the channel's renderer counts).
    size: int = 100_000
    #: The least time between two messages, in seconds.
    pace: float = 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready for one attempt on one channel."""

    #: Stays the same over all tries; becomes Message-ID or webhook-id.
    id: str
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    #: The channel's own form: Slack blocks, the webhook's JSON.
    payload: Mapping[str, object] = field(default_factory=dict, repr=False)
    #: What the messages of one thread share (one thread per search).
    thread: str | None = None
    #: (file name, media type, content)
    attachments: tuple[tuple[str, str, bytes], ...] = field(default=(), repr=False)
    #: When this attempt is made.
    at: datetime | None = None
    #: Recipients still to be served; empty: all that the channel has.
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended."""

    state: Literal["sent", "later", "refused"]
    #: What the other side said, in a line, free of secrets.
    why: str = ""
    #: Not before this many seconds from now (``Retry-After``).
    after: float | None = None
    #: True when the fault is the destination's, not the message's (hook gone, login refused): pause the whole channel.
    destination: bool = False
    #: True when the message may have arrived although no answer came.
    ambiguous: bool = False
    #: Recipients to be tried again, and those given up, where the channel knows them apart.
    retry: tuple[str, ...] = ()
    dead: Mapping[str, str] = field(default_factory=dict)
