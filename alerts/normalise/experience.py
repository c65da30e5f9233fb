"""Experience: the least years that are asked for, never the company's age."""

from __future__ import annotations


def least_years(text: str) -> tuple[float, str] | None:
    """``(years, the words)`` of the main requirement; None where the text does not say."""
    return None
