"""Sections: which part of a posting a passage stands in (requirements, benefits, about …)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from alerts.normalise import tables

_LONGEST = 80
_MARKS = " \t#*:：_-–—•!?¿¡？【】[]()|~=>✨🚀💰🌍📍🔧💡🎯🏆"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a text; ``start`` and ``end`` are offsets, the heading included."""

    #: requirements | benefits | about | responsibilities | pay | eligibility | other
    kind: str
    title: str
    start: int
    end: int


@cache
def _headings() -> dict[str, str]:
    data: dict[str, list[str]] = tables.toml("text_sections.toml")
    return {heading: kind for kind, headings in data.items() for heading in headings}


def split(text: str) -> tuple[Section, ...]:
    """The parts of a clean text in order, without gaps; what stands before the first heading is *other* with an empty title."""
    if not text:
        return ()
    found: list[tuple[int, str, str]] = []
    start = 0
    for line in text.split("\n"):
        if (kind := _kind(line)) is not None:
            found.append((start, kind, (line.partition(":")[0] if kind == "pay" else line).strip(_MARKS)))
        start += len(line) + 1
    if not found or found[0][0] > 0:
        found.insert(0, (0, "other", ""))
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return tuple(Section(kind, title, start, end) for (start, kind, title), end in zip(found, ends, strict=True))


def _kind(line: str) -> str | None:
    """What the line opens, None where it is no heading."""
    if not line or len(line) > _LONGEST or line.startswith("- "):
        return None
    words = line.strip(_MARKS)
    label, colon, _ = line.partition(":")
    if colon and len(label) < 40 and _headings().get(label.strip(_MARKS).lower()) == "pay":
        return "pay"  # "Pay range: $100,000"
    if not words or words[-1] in ".,;" or (":" in words and not line.rstrip().endswith(":")):
        return None
    low = words.lower()
    known = _headings()
    if low in known:
        return known[low]
    parts = low.split()
    if len(parts) > 9:
        return None
    for count in range(min(6, len(parts)), 0, -1):
        kind = known.get(" ".join(parts[:count]).strip(_MARKS + "&,"))
        # A first word alone opens only what is short: "About Acme", but "Experience with Python" is a requirement itself.
        if (
            kind
            and (count > 1 or len(parts) <= 4)
            and not (count == 1 and len(parts) > 1 and parts[1] in ("with", "in", "mit", "avec", "con", "of", "met"))
        ):
            return kind
    return "other" if line.rstrip().endswith((":", "：")) and len(parts) <= 6 else None
