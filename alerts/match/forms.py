"""Which words are forms of one word: Snowball's stems, held back where they join what job hunters keep apart.

Snowball alone makes one of *product* and *production*, *engine* and *engineer*, *account* and *accountant*. In English two
words are forms of one another when their stems agree **and** only an inflection parts them (-s, -ed, -ing …); words listed in
``data/forms.toml`` stand for themselves. In other languages the stems decide.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any

from alerts.match.occupations import is_compound

_ENGLISH_ENDINGS = frozenset(["", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied"])
_lock = Lock()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem in a language (ISO 639-1); the word itself where there is no stemmer."""
    if len(word) < 3 or not word.isalpha():
        return word
    stemmer = _stemmer(language)
    if stemmer is None:
        return word
    with _lock:  # a stemmer is not re-entrant
        return str(stemmer.stemWord(word))


def languages(language: str | None) -> tuple[str, ...]:
    """The languages whose forms count in a posting: its own, and English, which postings everywhere mix in."""
    return ("en",) if language in (None, "en") else ("en", str(language))


@lru_cache(maxsize=200_000)
def same(wanted: str, found: str, language: str) -> bool:
    """Are two folded words forms of one word?"""
    if wanted == found:
        return True
    if wanted in _alone() or found in _alone():
        shorter, longer = sorted((wanted, found), key=len)
        return f"{shorter}s" == longer and shorter in _table()["plurals"]
    if stem(wanted, language) != stem(found, language):
        return False
    return language != "en" or _inflected(wanted, found)


def ends(word: str, head: str) -> bool:
    """Is a folded word this head, or a compound with it at its end?"""
    return word == head or is_compound(word, head)


def _inflected(a: str, b: str) -> bool:
    size = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    head = a[:size]
    return size >= 2 and all(_ending(head, word[len(head) :]) for word in (a, b))


def _ending(head: str, tail: str) -> bool:
    doubled = tail[:1] == head[-1:] and tail[1:] in ("ing", "ed")  # programming, planned
    return tail in _ENGLISH_ENDINGS or doubled


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("alerts.match").joinpath("data/forms.toml").read_text("utf-8"))


@cache
def _alone() -> frozenset[str]:
    return frozenset(_table()["alone"])


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    name = _table()["languages"].get(language)
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None
