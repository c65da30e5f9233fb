"""Alerts over as many messages as they need: in order, none left out; where there are many, each is a row."""

from __future__ import annotations

from collections.abc import Callable

from alerts.model.alert import Alert
from alerts.model.message import Limits

#: Alerts that a message tells in full; where there are more, each gets a row, so that one can be read at a glance.
FULL = 10


def in_rows(count: int) -> bool:
    """Do so many alerts, over all parts of a message and those held back, get a row each?"""
    return count > FULL


def most(limits: Limits, count: int) -> int:
    """How many of ``count`` alerts one message may carry."""
    return (limits.rows or limits.items) if in_rows(count) else limits.items


def split(
    alerts: tuple[Alert, ...], limits: Limits, size: Callable[[Alert], int], *, frame: int = 0
) -> tuple[tuple[Alert, ...], ...]:
    """Parts of at most ``limits.items`` alerts whose sizes and a ``frame`` fit ``limits.size``; an oversized one stands alone.

    The alerts of one search are kept together, in the order in which the searches come.
    """
    parts: list[tuple[Alert, ...]] = []
    part: list[Alert] = []
    used = frame
    for alert in together(alerts):
        needed = size(alert)
        if part and (len(part) >= limits.items or used + needed > limits.size):
            parts.append(tuple(part))
            part, used = [], frame
        part.append(alert)
        used += needed
    return (*parts, tuple(part)) if part else tuple(parts)


def together(alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """The alerts of one search side by side, otherwise in their order."""
    first: dict[str, int] = {}
    for alert in alerts:
        first.setdefault(alert.search, len(first))
    return tuple(sorted(alerts, key=lambda alert: first[alert.search]))
