"""Company names folded for comparison: no legal form, no sign, no "The"; known aliases are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from alerts.normalise import tables

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " and ", "+": " and "})
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?\b|\b(?:\w\.){2,}")
_NOTES = re.compile(r"\((?:[^()]*)\)|\[[^\]]*\]|\s[|–—]\s.*$|(?:\s-\s(?:careers|jobs|job board).*$)", re.IGNORECASE)


def key(name: str | None) -> str:
    """``The Foo-Bar Holding GmbH & Co. KG`` → ``foo bar``; empty where nothing is known."""
    return _key(name[:300]) if name else ""


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    words = fold(_NOTES.sub(" ", name)).split() or fold(name).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    aliases, endings = _tables()
    whole = " ".join(words)
    if whole in aliases:
        return aliases[whole]
    shorter = words
    while cut := _ending(shorter, endings):
        shorter = shorter[:-cut]
        if (whole := " ".join(shorter)) in aliases:
            return aliases[whole]
    return whole


def _ending(words: list[str], endings: frozenset[str]) -> int:
    """How many words at the end are a legal form; never the whole name."""
    for size in range(min(4, len(words) - 1), 0, -1):
        if " ".join(words[-size:]) in endings:
            return size
    return 1 if len(words) > 1 and words[-1] == "and" else 0


def fold(name: str) -> str:
    """Lower case, no accents, ``S.A.`` as ``sa``, ``&`` as ``and``, other signs as spaces."""
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), unicodedata.normalize("NFKC", name).lower())
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


@cache
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    table = tables.toml("companies.toml")
    aliases = {name: names[0] for names in table["aliases"] for name in names}
    return aliases, frozenset(table["suffixes"])
