"""One listing at one source, made comparable: places, pay, work type and the evidence for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Basis = Literal["stated", "parsed", "inferred"]
#: How a derived value came about: *stated* in a field of the source, *parsed* from its words, *inferred* from something else.


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
    #: gross | net, where it is said whether tax is taken off.
    tax: str | None = None


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
    #: Every level that is named ("Mid/Senior"), the one above first; empty where there is none.
    levels: tuple[str, ...] = ()
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
