"""Local: the town or area in which a remote worker must live, as sentences demand it ("must be local to the Twin Cities")."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from alerts.normalise import gazetteer, tables
from alerts.normalise.gazetteer import fold
from alerts.normalise.places import parse
from alerts.normalise.placewords import items

#: Countries whose regions are codes that people use.
_STATES = frozenset({"US", "CA", "AU"})
#: A town that is demanded by its bare name is a well-known one.
_KNOWN = 15_000
_LONGEST = 300
_STOP = re.compile(r"(?<!\b[SF]t)[.;!?](?:\s|$)|\n")
_NAME = re.compile(r"[A-Z\u00c0-\u024f][\w.'’-]*(?:[ ,/&]{1,3}(?:and |or |the )?[A-Z\u00c0-\u024f][\w.'’-]*){0,6}")
_AREA = re.compile(r"[^.;]* (?:metro(?:politan)? )?(?:area|region)\b", re.IGNORECASE)
_NOT = re.compile(r"(?:\bnot|n['’]t|\bnever|\bno)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def read(text: str, windows: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """(codes of the state or country, the sentence) of the first demand; None where there is none.

    ``windows`` are the stretches of ``text`` to look into.
    """
    for window in windows:
        low = window.lower()
        if len(low) != len(window) or not any(map(low.__contains__, _table()["local_cues"])):
            continue
        for match in _pattern().finditer(low):
            words = _named(window, match.end(), area=match.lastgroup == "area")
            if words and not _NOT.search(low, 0, match.start()) and (found := _codes(words)):
                demand = window[match.start() : match.end() + len(words)]
                return found, _sentence(text, text.find(demand), len(demand))
    return None


def _named(window: str, at: int, *, area: bool) -> str:
    """The capitalised words there; "" where there are none, or where ``area`` asks for an area and none is meant."""
    name = _NAME.match(window, at)
    if not name or (area and not _AREA.match(window, at, name.end() + 20)):
        return ""
    return _STOP.split(name[0])[0]


def _codes(words: str) -> tuple[str, ...]:
    """The states of the towns and areas that are named; () where the words begin with anything else, such as a country."""
    stream = items(words)
    if not stream or not stream[0].element.known or stream[0].element.countries or stream[0].element.zone:
        return ()
    first, backed = stream[0].element, any(item.element.regions or item.element.countries for item in stream[1:])
    sure = first.regions or first.broad or backed or any(city.people >= _KNOWN for city in first.cities)
    if not sure or first.code or fold(first.text) in gazetteer.vague():
        return ()
    named = [place for place in parse(words) if place.country]
    return tuple(
        dict.fromkeys(
            f"{place.country}-{place.region}" if place.country in _STATES and place.region else place.country or ""
            for place in named
        )
    )


def _sentence(text: str, at: int, size: int) -> str:
    low = max(0, at - _LONGEST // 2)
    start = max((end.end() for end in _STOP.finditer(text, low, at)), default=low)
    end = _STOP.search(text, at + size, at + size + _LONGEST // 2)
    return text[start : end.start() + 1 if end else at + size].strip()[:_LONGEST]


@cache
def _table() -> dict[str, Any]:
    return tables.toml("scope.toml")


@cache
def _pattern() -> re.Pattern[str]:
    words = [*_table()["local"], rf"(?P<area>{_table()['local_area']})"]
    return re.compile("|".join(words).replace("NEAR", _table()["near"]))
