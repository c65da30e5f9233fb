"""One entry of a feed and the feed itself, as values; and the job fields that publishers add, by local names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from alerts.parse.values import line, number
from alerts.parse.xmltext import inner

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as it says it; ``extra`` holds the job fields by our names (``feed_fields.toml``)."""

    id: str | None
    link: str | None
    title: str | None
    author: str | None = None
    posted: str | int | float | None = None
    updated: str | int | float | None = None
    html: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    categories: tuple[str, ...] = ()
    language: str | None = None
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Places in parts: (name, city, region, country).
    places: tuple[tuple[str | None, ...], ...] = ()
    #: A schema.org JobPosting object, where the entry has one.
    jobposting: Mapping[str, Any] = field(default_factory=dict)

    def said(self, name: str) -> str | None:
        """The first word of an extra field."""
        return next(iter(self.extra.get(name, ())), None)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its home, its entries, its next page, and how often it asks to be read at most."""

    title: str | None
    entries: tuple[Entry, ...]
    home: str | None = None
    next: str | None = None
    ttl_minutes: int | None = None
    problems: tuple[str, ...] = ()
    language: str | None = None
    #: What was left unread because there is too much of it.
    cut: str | None = None


def extra(row: Element) -> dict[str, tuple[str, ...]]:
    """The job fields of an entry by our names (``feed_fields.toml``); for each the first of its names that says something."""
    meant = _meant()
    said: dict[str, list[str]] = {}
    for each in row:
        name = each.tag.lower()
        if name in meant:
            # Leaves of a list (<categories><category>…) are its members; a list of places is read by ``places``.
            leaves = [inner(leaf) for leaf in each] if len(each) and name != "locations" else [inner(each)]
            said.setdefault(name, []).extend(leaf for leaf in leaves if leaf)
    if not said:
        return {}
    asked = {ours for name in said for ours in meant[name]}
    return {ours: words for ours, names in _fields().items() if ours in asked and (words := _chosen(ours, names, said))}


def _chosen(ours: str, names: list[str], said: Mapping[str, list[str]]) -> tuple[str, ...]:
    """What an entry says of one field: all parts of the text (*more*), else the first name that says something."""
    if ours == "more":
        return tuple(each for name in names for each in said.get(name, ()))
    return tuple(next((said[name] for name in names if said.get(name)), ()))


def places(row: Element) -> tuple[tuple[str | None, ...], ...]:
    """Places with parts (<tt:location><tt:city>…)."""
    found = []
    for each in row.iter():
        if each.tag.lower() == "location" and len(each):
            parts = {part.tag.lower(): line(inner(part)) for part in each}
            found.append((parts.get("name"), parts.get("city"), parts.get("region") or parts.get("state"), parts.get("country")))
    return tuple(found)


def ttl(head: Any) -> int | None:
    """How many minutes the publisher asks to wait between two readings: ``ttl``, else the syndication module's words."""
    minutes = number(dict.get(head, "ttl"))
    if minutes is None and (period := (line(dict.get(head, "sy_updateperiod")) or "").lower()) in _PERIODS:
        often = number(line(dict.get(head, "sy_updatefrequency"))) or 1
        minutes = _PERIODS[period] / max(often, 1)
    return int(min(max(minutes, 1), 525_600)) if minutes is not None else None


@cache
def _fields() -> dict[str, list[str]]:
    return tomllib.loads((files("alerts.parse") / "feed_fields.toml").read_text("utf-8"))


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    """Local name → our fields that it may fill."""
    found: dict[str, tuple[str, ...]] = {}
    for ours, names in _fields().items():
        for name in names:
            found[name] = (*found.get(name, ()), ours)
    return found
