"""Sections: which part of a posting a passage stands in (requirements, benefits, about …)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a text; ``start`` and ``end`` are offsets, the heading included."""

    #: requirements | benefits | about | responsibilities | pay | eligibility | other
    kind: str
    title: str
    start: int
    end: int


def split(text: str) -> tuple[Section, ...]:
    """The parts of a clean text in order, without gaps."""
    return (Section("other", "", 0, len(text)),) if text else ()
