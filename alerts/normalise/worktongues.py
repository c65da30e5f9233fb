"""Work types in languages other than English, by what the words of one sentence are together.

A file of ``data/work`` is a language: ``remote``, ``hybrid``, ``office`` and ``onsite`` name the work, ``refusal`` near remote
work denies it, ``part`` and a ``number`` of ``days`` make it hybrid, ``full`` makes it remote, ``perk`` bounds it to some weeks
a year or to the interview; ``marks`` are frequent words that tell the language; ``scope`` and ``fixed`` say where.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from alerts.normalise import tables

_LATIN = ("de", "nl", "fr", "es", "it", "pt", "pl", "cs", "sv", "da", "no", "fi", "tr", "hu")
#: Scripts tell these; the order matters, for Japanese holds Chinese signs too.
_SCRIPTS = (("ko", "[\uac00-\ud7af]"), ("ja", "[\u3040-\u30ff]"), ("zh", "[\u4e00-\u9fff]"), ("ru", "[\u0430-\u044f\u0451]"))
#: Languages of which work.toml holds whole phrases.
_PHRASED = frozenset({"de", "nl", "fr", "es", "it", "pt", "pl"})
_UNSPACED = frozenset({"ko", "ja", "zh"})
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "is",
        "are",
        "you",
        "your",
        "we",
        "our",
        "to",
        "of",
        "for",
        "with",
        "this",
        "work",
        "working",
        "role",
        "position",
        "be",
        "must",
        "can",
        "at",
        "an",
        "or",
        "not",
        "from",
        "on",
        "will",
        "days",
        "week",
        "company",
    ]
)
#: So many English words, and no letter that English lacks, need no second look.
_SURELY = 3
_FOREIGN = re.compile("[\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that many languages have borrowed: they tell none.
_BORROWED = re.compile(r"(?:full )?remote|remot[oa]|hybrid[eao]?|home[ -]?office|full|total|smart ?working|100 ?%")
_AREA = r"((?-i:[A-Z\u00c0-\u024f][\w’'-]+(?: [A-Z\u00c0-\u024f][\w’'-]+){0,3}))"
_NEAR = 45


@lru_cache(maxsize=2048)
def judge(sentence: str) -> tuple[str, ...] | None:
    """The work types that a sentence in lower case offers, () for a perk; None where nothing is said."""
    tongue = _tongue(sentence)
    if tongue is None:
        return None
    remote, hybrid, office = (_has(tongue, name, sentence) for name in ("remote", "hybrid", "office"))
    days = _days(tongue, sentence)
    some = bool(days) or _has(tongue, "part", sentence)
    if not (remote or hybrid or office or _has(tongue, "onsite", sentence)):
        return None
    if _has(tongue, "perk", sentence) and not hybrid and not (office and days):
        return ()
    if remote and _refused(tongue, sentence):
        return ("onsite",)
    shared = some if remote or tongue in _UNSPACED else bool(days)
    if hybrid or (office and shared and days != {5}):
        return ("hybrid",)
    if remote:
        full = _has(tongue, "full", sentence) or _placed(tongue, sentence)
        # What remote work alone means, the phrases of work.toml know for some languages ("Homeoffice möglich").
        return ("remote",) if full else ("hybrid",) if some else None if tongue in _PHRASED else ("remote",)
    return ("onsite",) if days == {5} or _has(tongue, "onsite", sentence) else None


def _placed(tongue: str, sentence: str) -> bool:
    """Does a sentence in lower case say where remote work may be done?"""
    table = _table(tongue)
    if any(words in sentence for words in table.get("fixed", {})):
        return True
    return any(re.search(rf"(?<!\w){pattern}".replace("AREA", r"\w{3,}"), sentence) for pattern in table["scope"])


def areas(sentence: str, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Where the remote work of a sentence may be done; ``read`` knows the names of areas."""
    low = sentence.lower()
    tongue = _tongue(low)
    if tongue is None:
        return ()
    table = _table(tongue)
    found = [code for words, code in table.get("fixed", {}).items() if words in low]
    for pattern in table["scope"]:
        for match in re.finditer(rf"(?i:(?<!\w){pattern})".replace("AREA", _AREA), sentence):
            name = next(words for words in match.groups() if words)
            # A genitive ("innerhalb Deutschlands") is the name and an "s".
            found += read(name) or (read(name.removesuffix("s")) if name.endswith("s") else ())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _tongue(sentence: str) -> str | None:
    """The language of a sentence, by its script or its frequent words; None for English and where nothing tells."""
    if not sentence.isascii():
        for tongue, signs in _SCRIPTS:
            if re.search(signs, sentence):
                return tongue
    words = _WORD.findall(sentence)
    english = sum(word in _ENGLISH for word in words)
    if english >= _SURELY and not _FOREIGN.search(sentence):
        return None
    scores = {tongue: _marks(tongue, words) + 2 * _own(tongue, sentence) for tongue in _LATIN}
    best = max(scores, key=lambda tongue: scores[tongue])
    return best if scores[best] > max(english, 1) else None


def _marks(tongue: str, words: list[str]) -> int:
    marks = _pattern(tongue, "marks")
    return sum(marks.fullmatch(word) is not None for word in words) + sum(map(_told(tongue).__contains__, words))


def _own(tongue: str, sentence: str) -> int:
    """How many words of the trade are there that only this language, or few, have."""
    names = ("remote", "hybrid", "office", "onsite", "full")
    hits = {match[0] for name in names for match in _pattern(tongue, name).finditer(sentence)}
    hits |= {words for words in _table(tongue).get("fixed", {}) if words in sentence}
    return sum(not _BORROWED.fullmatch(hit) for hit in hits)


def _has(tongue: str, name: str, sentence: str) -> bool:
    return _pattern(tongue, name).search(sentence) is not None


def _days(tongue: str, sentence: str) -> set[int]:
    """The numbers of days that are named; 0 for one in words that are not counted here."""
    if not _table(tongue)["days"]:
        return set()
    numbers, days = (_table(tongue)[name] for name in ("number", "days"))
    many = rf"(?:(\d)(?:\s?[-–a-zà]{{1,3}}\s?\d)?|({'|'.join(numbers)}))"
    found = re.finditer(rf"(?<!\w){many}[ .](?:\w+ )?(?:{'|'.join(days)})(?!\w)", sentence)
    last = re.compile(numbers[-1])
    return {int(match[1]) if match[1] else 5 if last.fullmatch(match[2]) else 0 for match in found}


def _refused(tongue: str, sentence: str) -> bool:
    """Does a word of refusal stand near the remote work?"""
    spots = [match.span() for match in _pattern(tongue, "remote").finditer(sentence)]
    return any(
        start - _NEAR <= match.start() and match.end() <= end + _NEAR
        for match in _pattern(tongue, "refusal").finditer(sentence)
        for start, end in spots
    )


@cache
def _told(tongue: str) -> frozenset[str]:
    """Plain words of refusal and of scope that tell a language as well as its frequent words do."""
    table = _table(tongue)
    return frozenset(word for word in table["refusal"] if word.isalpha() and word not in table["marks"] and len(word) > 2)


@cache
def _table(tongue: str) -> dict[str, Any]:
    return tables.toml(f"work/{tongue}.toml")


@cache
def _pattern(tongue: str, name: str) -> re.Pattern[str]:
    words = "|".join(_table(tongue)[name]) or "(?!)"
    return re.compile(words if tongue in _UNSPACED else rf"(?<!\w)(?:{words})(?!\w)")
