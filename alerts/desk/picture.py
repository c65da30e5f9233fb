"""Small pictures: values in, paths of SVG out; pure."""

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
