"""Where a remote job may be done.

Codes: ISO2 countries, "US-CA" regions, zones (WORLD, EU, EMEA, LATAM …), "TZ:CET" time zones. The source's own field is
believed first, then the location and title, then sentences; nothing is concluded from a city.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from alerts.model.posting import Evidence, Place
from alerts.model.raw import RawPlace
from alerts.normalise import headline, hours, local, tables, worktongues
from alerts.normalise.areas import members
from alerts.normalise.cues import Cues
from alerts.normalise.lowered import lowered, narrow
from alerts.normalise.placelookup import Element
from alerts.normalise.places import parse
from alerts.normalise.placewords import Item, items
from alerts.normalise.work import cues_in, place_words, sentence_at, without_perks

#: Separators over which a list of areas after "Remote" goes on ("Remote (US/Canada)", "Remote in UK or EU").
_GOES_ON = frozenset({"", ",", "/", "&", "+", "or", "and", "oder", "und", "ou", "et", "y", "、", "，"})
#: Zones that the model's words do not have are told as their countries.
_SPELT = frozenset({"DACH", "NORDICS", "BENELUX", "BALTICS", "IBERIA", "CEE", "MIDDLE_EAST"})
_STATES = frozenset({"US", "CA", "AU"})
_SHORT_CITIES = frozenset({"LA", "SF", "BOS", "LON", "BER", "TOR"})
_EVIDENCE = 300
#: Places of a text that are looked at, at most.
_MOST_SPOTS = 100


def read(
    areas: tuple[str, ...], raw: tuple[RawPlace, ...], places: tuple[Place, ...], title: str, text: str, work: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], Evidence | None]:
    """(scope, excluded, why) of a remote job; empty where it is not said or the job is not remote."""
    if "remote" not in work:
        return (), (), None
    excluded = _sentences(text, "excluded")
    out = tuple(code for codes, _ in excluded for code in codes)
    for area in areas:
        if stated := tuple(dict.fromkeys(code for word in areas for code in codes(word))):
            return stated, out, Evidence("stated", "; ".join(areas) or area)
    silent = work != ("remote",) and any(place.city for place in places)
    near = None if silent else _demanded(text)
    zones = None if silent else hours.read(_windows(text))
    for words in (place_words(raw), headline.place_words(title)):
        if words and (found := from_places(words)):
            if near and _narrower(near[0], found):
                break
            if zones and not any(code.startswith("TZ:") for code in found):
                return (*found, *zones[0]), out, Evidence("parsed", zones[1][:_EVIDENCE])
            return found, out, Evidence("parsed", words[:_EVIDENCE])
    if near:
        return near[0], out, Evidence("parsed", near[1])
    said = [] if silent else _allowed(text, zones) or _in_tongues(text)
    if said:
        return tuple(dict.fromkeys(code for found, _ in said for code in found)), out, Evidence("parsed", said[0][1][:_EVIDENCE])
    if out:
        return (), out, Evidence("parsed", excluded[0][1])
    return (), (), None


def _allowed(text: str, zones: tuple[tuple[str, ...], str] | None) -> list[tuple[tuple[str, ...], str]]:
    """The areas that sentences name; time zones as hours.py reads them, which knows offsets and ranges."""
    found = _sentences(text, "allowed") or _everywhere(text)
    if not zones:
        return found
    return [*((codes, words) for codes, words in found if not all(code.startswith("TZ:") for code in codes)), zones]


def _everywhere(text: str) -> list[tuple[tuple[str, ...], str]]:
    pattern = _plain("everywhere")
    return [(("WORLD",), match[0]) for window in _windows(text) if (match := pattern.search(without_perks(window.lower())))]


def _denied(before: str) -> bool:
    return _plain("refused").search(before[-40:].lower()) is not None


def _demanded(text: str) -> tuple[tuple[str, ...], str] | None:
    """The states that are listed, else those of the town near which one must live."""
    listed = _sentences(text, "states")
    if listed:
        return tuple(dict.fromkeys(code for found, _ in listed for code in found)), listed[0][1]
    return local.read(text, _windows(text))


def _in_tongues(text: str) -> list[tuple[tuple[str, ...], str]]:
    """The areas that sentences about remote work name in other languages than English."""
    spans = dict.fromkeys(sentence_at(text, at) for at in cues_in(text))
    sentences = [text[start:end].strip() for start, end in spans]
    return [(found, sentence) for sentence in sentences if (found := worktongues.areas(sentence, _leading))]


def _narrower(codes: tuple[str, ...], wide: tuple[str, ...]) -> bool:
    """Does each of the codes lie in one of the wide areas?"""
    lands = {land for code in wide if not code.startswith("TZ:") for land in members(code)}
    return all(code.partition("-")[0] in lands for code in codes)


@lru_cache(maxsize=4096)
def codes(words: str) -> tuple[str, ...]:
    """The scope codes of an area field (``USA, Canada``; ``Worldwide``; ``CET ± 2``)."""
    return _codes([item for item in items(words) if not item.element.work])


@lru_cache(maxsize=4096)
def from_places(words: str) -> tuple[str, ...]:
    """The scope that location words give a remote job: what stands beside "remote", else all areas if no city is named."""
    stream = [item for item in items(words) if item.element.known or item.element.work]
    beside: list[Item] = []
    for at, item in enumerate(stream):
        if item.element.work == "remote":
            beside += _after(stream, at) or _before(stream, at)
    if beside:
        return _codes(beside)
    places = parse(words)
    if not any(place.city for place in places):
        return _codes([item for item in stream if not item.element.work])
    # "Bangkok, Thailand | Remote": nothing else is offered, and the country was thought worth writing.
    if {item.element.work for item in stream} != {None, "remote"}:
        return ()
    lands = {place.country for place in places}
    written = {land for item in stream for land in item.element.countries}
    return tuple(land for land in lands & written if land) if len(lands) == 1 else ()


def _after(stream: list[Item], at: int) -> list[Item]:
    """Areas that follow "remote" directly, up to the first city or harder stop."""
    found: list[Item] = []
    for item in stream[at + 1 :]:
        if item.element.work and not found and item.before in ("", ",", "/", "or", "and", "&"):
            continue
        if item.before not in _GOES_ON or item.element.work or (item.before == "," and found and _is_city(item.element)):
            break
        if _is_city(item.element):
            break
        found.append(item)
    return found


def _before(stream: list[Item], at: int) -> list[Item]:
    """Areas in the same stretch before "remote" (``Canada - Remote``), if there is no city among them."""
    chunk = stream[at].chunk
    found: list[Item] = []
    for item in reversed(stream[:at]):
        joined = chunk - item.chunk <= len(found) and (item.chunk == chunk or (found and _joins(stream, item)))
        if not joined or item.element.work:
            break
        if _is_city(item.element):
            return []
        found.insert(0, item)
    return found


def _joins(stream: list[Item], item: Item) -> bool:
    following = next(other for other in stream[stream.index(item) + 1 :])
    return following.before in ("/", "+", "&", "or", "and")


def _is_city(element: Element) -> bool:
    """Berlin and San José are cities although regions bear their names; New York beside "remote" is the state."""
    if not element.cities or (element.countries and not element.code) or element.zone:
        return False
    if element.code:
        return element.text in _SHORT_CITIES
    return not any(country in _STATES for country, _ in element.regions)


def _codes(stream: list[Item]) -> tuple[str, ...]:
    """Codes of areas; a region and its country beside it are the region."""
    found: dict[str, None] = {}
    previous: Element | None = None
    for item in stream:
        element = item.element
        for code in _code(element, previous if item.before in ("", ",") else None):
            if "-" in code and found:
                found.pop(code.partition("-")[0], None)
            if not any(known.startswith(f"{code}-") and previous and previous.regions for known in found):
                found[code] = None
        previous = element
    return tuple(found)


def _code(element: Element, previous: Element | None) -> tuple[str, ...]:
    if element.zone:
        return tuple(sorted(members(element.zone))) if element.zone in _SPELT else (element.zone,)
    if element.broad:
        return (f"{element.broad[0]}-{element.broad[1]}",) if element.broad[1] else (element.broad[0],)
    after = previous is not None and any(
        country in (previous.countries or tuple(land for land, _ in previous.regions)) for country, _ in element.regions
    )
    american = element.code and any(country == "US" for country, _ in element.regions) and after
    if element.countries and not american:
        return element.countries
    return tuple(f"{country}-{region}" for country, region in element.regions[:1])


# --- sentences ------------------------------------------------------------------------------------------------------


def _sentences(text: str, kind: str) -> list[tuple[tuple[str, ...], str]]:
    if kind == "excluded" and not _REFUSALS.places(lowered(text)):
        return []
    found = []
    for window in _windows(text):
        if kind == "excluded" and not any(map(window.lower().__contains__, _table()["refusals"])):
            continue
        at = 0
        while match := _pattern(kind).search(window, at):
            words = next((word for word in match.groups() if word), "")
            answer = _states_of(words) if kind == "states" else _leading(words)
            if kind != "excluded" and _denied(window[: match.start()]):
                answer = ()
            if answer:
                found.append((answer, match.group().strip()[:_EVIDENCE]))
            # Words that name no area may hide others behind them.
            at = match.end() if answer else match.start() + 1
    return found[:5]


@lru_cache(maxsize=8)
def _windows(text: str) -> tuple[str, ...]:
    """The stretches of a text around words of the trade; finding plain words is many times faster than patterns."""
    found, spots = _CUES.apart(narrow(text)), set[int]()
    # In the order of the cues, as the hundred of them are counted in it.
    for at in chain.from_iterable(found[cue] for cue in _CUES.words if cue in found):
        if len(spots) >= _MOST_SPOTS:
            break
        spots.add(at)
    spans: list[list[int]] = []
    for at in sorted(spots):
        if spans and at - 90 <= spans[-1][1]:
            spans[-1][1] = at + 160
        else:
            spans.append([max(0, at - 90), at + 160])
    return tuple(text[start:end] for start, end in spans)


@lru_cache(maxsize=2048)
def _states_of(words: str) -> tuple[str, ...]:
    """The states of one country with which the words begin (``AL, AZ or FL``); () for anything else."""
    found: list[Element] = []
    for item in items(words):
        if not item.element.regions or (found and item.before not in _GOES_ON):
            break
        found.append(item.element)
    for land in ("US", "CA", "AU"):
        regions = [next((region for country, region in element.regions if country == land), None) for element in found]
        if regions and None not in regions:
            return tuple(f"{land}-{region}" for region in dict.fromkeys(regions))
    return ()


@lru_cache(maxsize=2048)
def _leading(words: str) -> tuple[str, ...]:
    """The areas with which the words begin; () when they begin with a city or anything else."""
    stop = re.search(r"[.;\n!?]|\b(?:who|with|for|to|but|as|at|on|that|which|during|without)\b", words)
    found: list[Item] = []
    for item in items(words[: stop.start()] if stop else words):
        if not item.element.known or (found and item.before not in _GOES_ON) or _is_city(item.element):
            break
        found.append(item)
    if found and found[0].element.code and not found[0].element.text.isupper():
        return ()
    return _codes(found)


@cache
def _table() -> dict[str, Any]:
    return tables.toml("scope.toml")


_CUES, _REFUSALS = Cues(lambda: _table()["cues"]), Cues(lambda: _table()["refusals"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = _table()[name]
    area = r"((?:[A-Z\u00c0-\u024f][\w.'’-]*|U\.S\.A?\.?)(?:[ ,/&]{1,3}(?:and |or )?(?:the )?[A-Z\u00c0-\u024f][\w.'’-]*){0,30})"
    words = [word.replace("NOTICE", _table()["notice"]) for word in words]
    return re.compile("|".join(f"(?i:{word})".replace("AREA", f")(?-i:{area})(?i:") for word in words))


@cache
def _plain(name: str) -> re.Pattern[str]:
    """For text in lower case."""
    return re.compile(_table()[name])
