"""What one posting says to the conditions of all searches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """What one posting says: the leaves that hold, those that are unknown, and what has not been read."""

    yes: tuple[int, ...]
    unknown: tuple[int, ...]
    detailed: bool
    named: bool
