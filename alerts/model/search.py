"""A saved search as the user wrote it, and what it says of a posting, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alerts.model.posting import Basis


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
