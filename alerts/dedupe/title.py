"""A title folded for comparison, and taken apart: what the work is, which step on the ladder, which season."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from alerts.dedupe.wrapping import titles, unwrapped

#: A word; two or three bars where a step would stand ("Engineer ||, Payments"): a lone one, or one amid words, parts a title.
_WORD = re.compile(r"\.net\b|[^\W_]+(?:\+\+|#)?|\|{2,3}(?=\s*(?:$|[,(:–-]))")
_YEAR = re.compile(r"20[1-4]\d$")
_NUMBER = re.compile(r"(?:l|e|ic|t|p|level|grade)?(\d{1,2})$")
_TERM = re.compile(r"\d+(?:pct|months)$")
_REQUISITION = re.compile(r"(?:[a-z]{1,5}\d{3,}|\d{4,})$")


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A folded title by what its words say. Everything is a set: order differs between boards."""

    words: frozenset[str]
    #: What the work is: all that is none of the following.
    core: frozenset[str]
    senior: frozenset[str]
    junior: frozenset[str]
    intern: frozenset[str]
    #: I, II, 2, L4 as figures.
    steps: frozenset[str]
    seasons: frozenset[str]
    years: frozenset[str]
    requisitions: frozenset[str]
    terms: frozenset[str]


@lru_cache(maxsize=8192)
def fold(title: str) -> str:
    """The title's words: lower case, no accents, no punctuation, no gender tags."""
    text = unicodedata.normalize("NFKD", title.replace("ß", "ss")).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("&", " and ").replace("’", "'").replace("'s", "")
    return " ".join(_without_gender([_bars(word) for word in _WORD.findall(unwrapped(text))]))


@lru_cache(maxsize=8192)
def parts(folded: str) -> TitleParts:
    """What the words of a folded title say, in one spelling: "sr" senior, "engineering" engineer, "ii" 2."""
    lists = _lists()
    found: dict[str, set[str]] = {
        name: set() for name in ("core", "senior", "junior", "intern", "steps", "seasons", "years", "requisitions", "terms")
    }
    words = frozenset(" ".join(_respell(list(plain(folded)), _phrases()["spellings"])).split()) - lists["empty"]
    for word in words:
        kind = _kind(word, lists)
        if kind:
            match = _NUMBER.match(word) if kind == "steps" else None
            found[kind].add(match[1].lstrip("0") or "0" if match else word)
    return TitleParts(words=words, **{name: frozenset(value) for name, value in found.items()})


@lru_cache(maxsize=8192)
def plain(folded: str) -> tuple[str, ...]:
    """The words as they stand, but for what boards rewrite: figures for "II", no "and", "sr" as senior."""
    numbers = _phrases()["numbers"]
    words = [numbers.get(word, word) if at else word for at, word in enumerate(folded.split())]
    return tuple(word for word in " ".join(_respell(words, _phrases()["same"])).split() if word != "and")


@lru_cache(maxsize=8192)
def bare(folded: str, elsewhere: frozenset[str]) -> tuple[str, ...]:
    """The words without those that the posting says ``elsewhere`` or that say nothing of the work; never without all."""
    lists = _lists()
    dropped = lists["empty"] | lists["place"] | lists["terms"] | elsewhere
    words = plain(folded)
    left = tuple(word for word in words if word not in dropped and _kind(word, lists) not in ("terms", "requisitions"))
    return left or words


def soft() -> frozenset[str]:
    """Words that one board says and another leaves out."""
    return _lists()["soft"]


def kin(junior: frozenset[str]) -> frozenset[str]:
    """The words for beginners as one: "new grad" and "early career" are said of the same jobs."""
    return frozenset("beginner" if word in _lists()["kin"] else word for word in junior)


def _kind(word: str, lists: dict[str, frozenset[str]]) -> str | None:
    for kind in ("senior", "junior", "intern", "terms"):
        if word in lists[kind]:
            return kind
    if word in lists["season"]:
        return "seasons"
    if word in lists["place"]:
        return None
    if _YEAR.match(word):
        return "years"
    if _NUMBER.match(word):
        return "steps"
    if _TERM.match(word):
        return "terms"
    return "requisitions" if _REQUISITION.match(word) else "core"


def _bars(word: str) -> str:
    """``||`` for II is common where a screen font made them look alike."""
    return str(len(word)) if word.startswith("|") else word


def _without_gender(words: list[str]) -> list[str]:
    tags = _phrases()["gender"]
    out: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in (4, 3, 2, 1) if " ".join(words[at : at + n]) in tags), 0)
        if not length:
            out.append(words[at])
        at += length or 1
    return out


def _respell(words: list[str], spellings: dict[str, str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in (3, 2, 1) if at + n <= len(words) and " ".join(words[at : at + n]) in spellings), 0)
        out.append(spellings[" ".join(words[at : at + length])] if length else words[at])
        at += length or 1
    return out


@cache
def _lists() -> dict[str, frozenset[str]]:
    words = titles()["words"]
    return {name: frozenset(value) for name, value in words.items() if isinstance(value, list)}


@cache
def _phrases() -> dict[str, dict[str, str]]:
    table = titles()
    return {
        "same": table["same"],
        "spellings": table["spellings"],
        "numbers": table["words"]["numbers"],
        "gender": dict.fromkeys(table["words"]["gender"], ""),
    }
