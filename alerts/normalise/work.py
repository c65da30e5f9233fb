"""Remote, hybrid or onsite: from fields, places, title and sentences, with look-alikes refused.

"Hybrid cloud", "remote sensing" or "on-site gym" are no work types; "not a remote position" is onsite; some days in the
office are hybrid. Fields, location and title are believed before sentences.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from alerts.model.posting import Evidence
from alerts.model.raw import RawPlace
from alerts.normalise import headline, tables, worktongues
from alerts.normalise.alternatives import grouped
from alerts.normalise.cues import Cues
from alerts.normalise.lowered import narrow
from alerts.normalise.placewords import items
from alerts.normalise.refusals import refused

KINDS = ("remote", "hybrid", "onsite")
_END = re.compile(r"[\n•·●。！？；]|\s(?:(?<=[.!?;]\s)|\|\s)")
_NOISY = re.compile(r"^(?:yes|true|no|false|n/?a|none|flexible|unspecified|other)$", re.IGNORECASE)


def place_words(places: tuple[RawPlace, ...]) -> str:
    """The words of the location fields, as one string."""
    return " ; ".join(part for place in places for part in (place.text, place.city, place.region, place.country) if part)


def read(
    stated: tuple[str, ...], places_text: str, title: str, text: str, remote_default: bool = False
) -> tuple[tuple[str, ...], Evidence | None]:
    """All work types that are offered, and why; ``remote_default`` is the answer where nothing is said."""
    said = _said(stated, places_text, title)
    if said and said[0] == ("remote",) and (denied := _denied(text)):
        return denied[0], Evidence("parsed", denied[1])
    if said:
        return said
    if found := from_text(text):
        return found[0], Evidence("parsed", found[1])
    return (("remote",), Evidence("inferred", "the source lists remote jobs")) if remote_default else ((), None)


def _said(stated: tuple[str, ...], places_text: str, title: str) -> tuple[tuple[str, ...], Evidence] | None:
    """What the fields of the source say, else its places, else the title."""
    for word in stated:
        if not _NOISY.match(word.strip()) and (kinds := from_words(word)):
            return kinds, Evidence("stated", word)
    if places_text and (kinds := from_places(places_text)):
        return kinds, Evidence("parsed", places_text)
    if kinds := _from_title(title):
        beside = kinds == ("remote",) and _city_beside(headline.place_words(title))
        return ("remote", "onsite") if beside else kinds, Evidence("parsed", title)
    return None


def _denied(text: str) -> tuple[tuple[str, ...], str] | None:
    """What the text says instead, where it denies that the job is remote; one that offers it too denies it in so many words."""
    found = _by_kind(text)
    firm = {kind: words for kind, words in found.items() if _of_this_job(words.lower())}
    denial = next((words for words in firm.values() if refused(words.lower()) or _pattern("denials").search(words.lower())), None)
    if denial is None and ("remote" in found or not firm):
        return None
    kinds = tuple(kind for kind in _settled(set(firm)) if kind != "remote")
    return (kinds, denial or firm[kinds[0]][:300]) if kinds else None


def _of_this_job(sentence: str) -> bool:
    bound = _pattern("of_job").search(sentence) and not _pattern("conditions").search(sentence)
    return bool(bound) or refused(sentence)


def _from_title(title: str) -> tuple[str, ...]:
    """A title says "hybrid" of the job when it stands apart (``Nurse (Hybrid)``), else of what is worked on."""
    kinds = from_words(title)
    if "hybrid" in kinds and "|" not in title and not _pattern("apart").search(title.lower()):
        return tuple(kind for kind in kinds if kind != "hybrid")
    return kinds


def from_words(words: str) -> tuple[str, ...]:
    """The work types that a short field, location or title says."""
    return _from_words(words[:2000].lower())


@lru_cache(maxsize=8192)
def _from_words(words: str) -> tuple[str, ...]:
    if not _pattern("cue_field").search(words):
        return ()
    found: set[str] = set()
    rest = _pattern("traps").sub(" ", words.replace("_", " "))
    for kind in ("hybrid", "onsite", "remote"):
        rest, hits = _pattern(f"field.{kind}").subn(" ", rest)
        if hits:
            found.add(kind)
    if _pattern("days").search(words):
        found = found - {"onsite"} | {"hybrid"}
    if found == {"remote", "hybrid"} and re.search(r"remote[ -]*\(?hybrid|hybrid[ -]+remote|remote[ -]hybrid", words):
        return ("hybrid",)
    if found == {"hybrid", "onsite"} and re.search(r"\(|partial|site-hybrid|hybrid-on", words):
        return ("hybrid",)
    return tuple(kind for kind in KINDS if kind in found)


def from_places(words: str) -> tuple[str, ...]:
    """Work types of a location string; a city offered beside remote (``Berlin or Remote``) is a place to work on site."""
    kinds = from_words(words)
    return ("remote", "onsite") if kinds == ("remote",) and _city_beside(words[:2000].replace("|", ";")) else kinds


@lru_cache(maxsize=8192)
def _city_beside(words: str) -> bool:
    """Is there a stretch with a city, and without a work word, that an "or" or ";" sets beside the remote one?"""
    for segment in re.split(r"\s?\|\s?", words):
        chunks: dict[int, list[tuple[bool, bool]]] = {}
        for item in items(segment):
            place = bool(item.element.cities) and not (item.element.countries or item.element.zone)
            chunks.setdefault(item.chunk, []).append((bool(item.element.work), place))
        working = [any(work for work, _ in chunk) for chunk in chunks.values()]
        cities = [any(place for _, place in chunk) for chunk in chunks.values()]
        if any(working) and any(city and not work for city, work in zip(cities, working, strict=True)):
            return True
    return False


def from_text(text: str) -> tuple[tuple[str, ...], str] | None:
    """(work types, the sentence that says so) of a description; None where it says nothing certain."""
    found = _by_kind(text)
    if not found:
        return None
    kinds = _settled(set(found))
    return kinds, found[kinds[0]][:300]


def _by_kind(text: str) -> dict[str, str]:
    """Work type → the first sentence of a description that says it."""
    found: dict[str, str] = {}
    text = text.replace("\\-", "-")  # Markdown's escaped hyphen
    end = -1
    for at in cues_in(text):
        if at < end:
            continue
        start, end = sentence_at(text, at)
        sentence = text[start:end].strip()
        for kind in _of_sentence(sentence.lower()):
            found.setdefault(kind, sentence)
    if "hybrid" in found and "home" in found.get("remote", "").lower() and "remote" not in found["remote"].lower():
        # "Come to the office, and enjoy working from home" is hybrid said again.
        del found["remote"]
    return found


def cues_in(text: str) -> list[int]:
    """Where words of the trade stand; finding plain words is many times faster than one large pattern."""
    return sorted(chain.from_iterable(_CUES.apart(narrow(text)).values()))


def _settled(found: set[str]) -> tuple[str, ...]:
    """Sentences may contradict each other: days in the office outweigh a "work from home" benefit and a bare "on site"."""
    if "hybrid" in found:
        found = found - {"onsite"}
    return tuple(kind for kind in KINDS if kind in found)


def without_perks(words: str) -> str:
    """Words in lower case without what is bounded by the year or an occasion, which says nothing of the job."""
    return _pattern("perks").sub(" § ", words)


@lru_cache(maxsize=2048)
def _of_sentence(sentence: str) -> tuple[str, ...]:
    """The work types that one sentence in lower case offers."""
    plain = _pattern("traps").sub(" § ", without_perks(sentence))
    # "Hybride Cloud" is none in any language; the other look-alikes are English.
    said = worktongues.judge(plain if "hybrid" in sentence and "hybrid" not in plain else sentence)
    if said is not None:
        return said
    if not any(map(plain.__contains__, _table()["cues"])):
        return ()
    if "hybrid" not in plain and refused(plain):
        return ("onsite",)
    if _pattern("sure").search(plain):
        return ("remote",)
    if _pattern("vague").search(plain):
        return ()
    found = {kind for kind in KINDS if _pattern(f"sentence.{kind}").search(plain)}
    if "onsite" in found and _pattern("refusal").search(plain):
        found = {"onsite"}
    if "hybrid" in found and "onsite" in found:
        found.discard("onsite")
    if found == {"remote", "hybrid"} and not _pattern("both").search(plain):
        firm = re.search(r"remote-first|fully remote|100\s?% remote", plain) and "hybrid" not in plain
        found.discard("hybrid" if firm else "remote")
    return tuple(found)


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence there."""
    low = max(0, at - 250)
    start = low
    for match in _END.finditer(text, low, at):
        start = match.end()
    end = _END.search(text, at, at + 300)
    return start, end.start() if end else min(len(text), at + 300)


@cache
def _table() -> dict[str, Any]:
    return tables.toml("work.toml")


_CUES = Cues(lambda: chain.from_iterable(_table()[name] for name in ("cues", "cues_more", "cues_scripts")))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """For text in lower case: to ignore case takes the engine three times as long."""
    table = _table()
    if name == "days":
        return re.compile(r"\d\s?(?:-\s?\d\s?)?\+? ?days?[^|;]{0,20}(?:office|on-?site|remote|in[- ]person)")
    if name == "apart":
        return re.compile(
            r"(?:^|[-–—,(/\[:+]\s*|\b(?:or|and|oder|ou)\s)h[iyí]br\w+|h[iyí]br\w+\s*(?:[-–—,)/\]:+(]|(?:work|role|position|remote)\b)"
        )
    if name == "both":
        joined = r"[^.]{0,45}?(?:\band\b|\bor\b|/|&) ?[^.]{0,22}?"
        return re.compile(rf"hybrid{joined}remote|remote{joined}hybrid|remote but")
    if name == "cue_field":
        return re.compile(grouped(word for kind in KINDS for word in table["field"][kind]))
    if name in ("traps", "perks", "vague", "sure", "refusal", "conditions", "denials", "of_job"):
        return re.compile(rf"(?<!\w)(?:{grouped(table[name])})")
    where, _, kind = name.partition(".")
    words = grouped(table[where][kind])
    return re.compile(words if where == "sentence" else rf"(?<![a-z])(?:{words})(?![a-z])")
