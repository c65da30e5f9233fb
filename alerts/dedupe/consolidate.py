"""The postings of one job → the job as a whole: the employer's own first, its gaps filled from the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from alerts import plugins
from alerts.dedupe.address import identify
from alerts.model.posting import Place, Posting

#: What another listing of the same job may add where the first is silent.
_FILLED: tuple[str, ...] = (
    "company",
    "apply_url",
    "work",
    "remote_scope",
    "remote_excluded",
    "employment",
    "level",
    "experience",
    "category",
)
_FILLED += ("industry", "pay", "pays", "expires", "text", "language", "eligibility", "requisition")


def in_order(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The employer's own board first, then other sites, then those that show many employers' postings."""
    return tuple(sorted(postings, key=_distance))


def consolidate(postings: Sequence[Posting]) -> Posting:
    """One posting that says all that the listings of a job say together; they must be :func:`in_order`."""
    first = postings[0]
    more: dict[str, Any] = {}
    for name in _FILLED:
        if not getattr(first, name):
            more[name] = next((value for one in postings[1:] if (value := getattr(one, name))), getattr(first, name))
    evidence = {name: found for one in reversed(postings) for name, found in one.evidence.items()}
    return replace(first, places=_places(postings), posted=_earliest(postings), evidence=evidence, **more)


def _places(postings: Sequence[Posting]) -> tuple[Place, ...]:
    """All places, each once; a listing that names no known place adds none where another does."""
    found: dict[tuple[str | None, str | None, str | None], Place] = {}
    for place in (place for one in postings for place in one.places if place.city or place.region or place.country):
        found.setdefault((place.city, place.region, place.country), place)
    known = tuple(found.values())
    cities = {(place.country, place.region) for place in known if place.city} | {
        (place.country, None) for place in known if place.city
    }
    # "Germany" beside "Berlin, Germany" says nothing more.
    return tuple(p for p in known if p.city or (p.country, p.region) not in cities) or postings[0].places


def _earliest(postings: Sequence[Posting]) -> datetime | None:
    return min((one.posted for one in postings if one.posted), default=None)


def _distance(posting: Posting) -> tuple[bool, bool, bool]:
    """How far a listing is from the employer."""
    kind = posting.source.partition(":")[0]
    about = plugins.load("sources", kind).ABOUT if kind in plugins.kinds("sources") else None
    return (about is not None and about.aggregator, identify(posting.apply_url or posting.url) is None, not posting.text)
