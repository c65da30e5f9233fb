"""The stretches of a title or a posting's first line that speak of place and work type.

``Acme (YC S21) | Rust Engineer | Berlin or REMOTE (EU) | Full-time`` → ``Berlin or REMOTE (EU)``;
``Account Executive - Munich`` → ``Munich``. Job words and company names are towns somewhere, so a stretch counts only when
everything in it is a known place, or when a work type stands beside one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from alerts.normalise import gazetteer
from alerts.normalise.gazetteer import fold
from alerts.normalise.placelookup import Element
from alerts.normalise.placewords import Item, items

_TITLE = re.compile(r"\s+[-–—|@]\s+|\s?\|\s?|[()\[\]]")
_EMPLOYMENT = re.compile(
    r"\b(?:full|part)[- ]?time\b|\bcontract(?:or)?\b|\binterns?(?:hip)?s?\b|\bpermanent\b|"
    r"\bvisas?(?: (?:sponsorship|support|ok|friendly|available|possible|welcome|assistance))*\b|"
    r"\brelocation(?: (?:support|assistance|ok|available))?|\bmultiple (?:roles|positions)\b|\[?\burl\b\]?",
    re.IGNORECASE,
)
#: A town named by itself in a title must be well known.
_GREAT = 100_000


@lru_cache(maxsize=4096)
def place_words(title: str) -> str:
    """The stretches that name places or the work type, joined by " | "; "" where there are none."""
    title = title[:600]
    if "|" in title:
        parts = [part.strip() for part in title.split("|")]
        kept = [words for n, part in enumerate(parts) if (words := _of_segment(part, first=n == 0))]
        return " | ".join(kept)
    parts = [part.strip(" ,") for part in _TITLE.split(title) if part.strip(" ,")]
    kept = [part for n, part in enumerate(parts) if n and len(part) > 1 and _all_known(part)]
    return " | ".join(kept)


def _of_segment(part: str, *, first: bool) -> str:
    plain = _EMPLOYMENT.sub(" ", part).strip(" ,")
    if not plain or len(plain) > 160:
        return ""
    if any(item.element.work for item in items(plain)):
        return _only_places(items(plain), first=first)
    return plain if not first and _all_known(plain) else ""


def _only_places(stream: tuple[Item, ...], *, first: bool) -> str:
    """The places and work words of a stretch, job words dropped; a company's stretch counts from its work word on."""
    words = ""
    for n, item in enumerate(stream):
        element = item.element
        following = stream[n + 1].element if n + 1 < len(stream) else None
        settled = bool(following and (following.regions or following.countries))
        if not (element.work or (element.known and (settled or _likely(element)) and not (first and not words))):
            continue
        words += (f" {item.before} {element.text}" if item.before else f" {element.text}") if words else element.text
    return words


def _likely(element: Element) -> bool:
    if element.regions or element.countries or element.zone or element.broad or element.code:
        return True
    return element.cities[0].people >= 15_000 and fold(element.text) not in gazetteer.vague()


def _all_known(part: str) -> bool:
    found = [item.element for item in items(part)]
    known = [element for element in found if element.known]
    if not known or any(not (element.known or element.work or element.text.endswith("County")) for element in found):
        return False
    if len(part.split()) > 3 * len(known) + 3:
        return False
    return any(_sure(element) for element in known) or (
        len(known) > 1 and any(element.regions or element.countries for element in known)
    )


def _sure(element: Element) -> bool:
    if element.code:
        return bool(element.cities) or element.text in ("US", "UK", "EU", "USA", "UAE")
    if element.countries or element.zone or element.broad or element.regions:
        return True
    return any(city.people >= _GREAT and not city.alias for city in element.cities)
