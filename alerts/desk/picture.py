"""Small pictures: values in, shapes of SVG out; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 120.0, 32.0, 3.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of values over days, and what it says in a sentence."""

    path: str
    area: str
    #: The last point.
    x: float
    y: float
    said: str


def spark(values: Sequence[int | None], what: str) -> Spark | None:
    """A line over equal steps; what is not known is passed over. None where there is nothing to draw."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    most, step = max(*known, 1), (WIDTH - 4) / max(len(values) - 1, 1)
    points = [
        (2 + step * at, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most)
        for at, value in enumerate(values)
        if value is not None
    ]
    if len(points) == 1:  # a line needs two ends
        points = [(2.0, points[0][1]), points[0]] if points[0][0] > 2 else [points[0], (2 + step, points[0][1])]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    area = f"{path} L{points[-1][0]:.1f} {HEIGHT - 1:.0f} L{points[0][0]:.1f} {HEIGHT - 1:.0f}Z"
    return Spark(path, area, round(points[-1][0], 1), round(points[-1][1], 1), _said(known, len(values), what))


def _said(known: Sequence[int], days: int, what: str) -> str:
    low, high = min(known), max(known)
    return f"{what} over {days} days: {low}" + (f" to {high}" if high != low else "")


#: Of a picture of bars: its width, and the height of a row; the template says how a row is divided.
WIDE, ROW = 320.0, 38.0
#: Characters of a name above a bar.
NAME = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its words, and a bar of which a part is filled."""

    name: str
    count: str
    y: float
    width: float
    part: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts under each other, and what they say in a sentence."""

    bars: tuple[Bar, ...]
    height: float
    said: str


def bars(rows: Sequence[tuple[str, int, int | None]], what: str) -> Bars | None:
    """A bar for each (name, how many, how many of them or None), all to one scale. None where there is nothing to draw."""
    most = max((count for _, count, _ in rows), default=0)
    if not most:
        return None
    found = []
    for at, (name, count, part) in enumerate(rows):
        words = f"{part} of {count}" if part is not None else str(count)
        width = round(WIDE * count / most, 1)
        filled = round(WIDE * (count if part is None else part) / most, 1)
        shown = name if len(name) <= NAME else f"{name[: NAME - 1]}…"
        found.append(Bar(shown, words, ROW * at, width, filled))
    return Bars(tuple(found), ROW * len(found), f"{what}: " + ", ".join(f"{one.name} {one.count}" for one in found))
