"""Remote, hybrid or onsite: from fields, places, title and sentences, with look-alikes refused."""

from __future__ import annotations

import re

from alerts.model import Evidence, RawPlace

KINDS = ("remote", "hybrid", "onsite")
_WORD = re.compile(
    r"(?P<hybrid>\bhybrid)|(?P<remote>\b(?:remote|telecommut|work from home)|远程)|(?P<onsite>\b(?:on-?site|in[- ]office))",
    re.IGNORECASE,
)


def place_words(places: tuple[RawPlace, ...]) -> str:
    """The words of the location fields, as one string."""
    return " ; ".join(part for place in places for part in (place.text, place.city, place.region, place.country) if part)


def read(
    stated: tuple[str, ...], places_text: str, title: str, text: str, remote_default: bool = False
) -> tuple[tuple[str, ...], Evidence | None]:
    """All work types that are offered, and why."""
    for basis, words in (("stated", " ; ".join(stated)), ("parsed", places_text), ("parsed", title)):
        found = {match.lastgroup: match.group() for match in _WORD.finditer(words)}
        if found:
            return tuple(kind for kind in KINDS if kind in found), Evidence("stated" if basis == "stated" else "parsed", words)
    return (("remote",), Evidence("inferred", "the source lists remote jobs")) if remote_default else ((), None)
