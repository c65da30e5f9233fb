"""Are two folded company names one employer? Boards write subsidiaries, career sites, short and long names."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Relation = Literal["same", "near", "kin", "unsaid", "other"]


@lru_cache(maxsize=8192)
def compare(a: str, b: str) -> Relation:
    """same: equal names. near: one holds the other, is its initials, or is one slip of the pen away.

    kin: both have a rare word, as houses of one group have ("GE Vernova", "GE Healthcare"). The same for (b, a).
    """
    if not a or not b:
        return "unsaid"
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return "same"
    one, two = a.split(), b.split()
    if not one or not two:
        return "unsaid"
    if _holds(one, two) or _initials(one, two) or _initials(two, one) or _slip(a, b):
        return "near"
    return "kin" if _kin(one, two) else "other"


def _holds(one: list[str], two: list[str]) -> bool:
    """All rare words of the shorter name stand in the longer, or the longer begins with the shorter."""
    shorter, longer = sorted((one, two), key=lambda words: (len(words), words))
    rare = set(shorter) - _common()
    if rare and rare <= set(longer):
        return True
    beginning = "".join(shorter)
    return len(beginning) >= 4 and "".join(longer).startswith(beginning)


def _kin(one: list[str], two: list[str]) -> bool:
    rare = (set(one) & set(two)) - _common()
    return any(len(word) >= 4 for word in rare) or (one[0] == two[0] and one[0] in rare and len(one[0]) >= 2)


def _initials(short: list[str], long: list[str]) -> bool:
    """``bmo`` for "bank of montreal", ``hcsc`` for "health care service" (corporation): one more letter is a legal form."""
    if len(long) < 2 or not 2 <= len(short[0]) <= 6:
        return False
    for words in (long, [word for word in long if word not in ("of", "and", "the", "for")]):
        letters = "".join(word[0] for word in words)
        if len(letters) > 1 and (
            short[0] == letters or (len(letters) > 2 and short[0][:-1] == letters and short[0][-1] in "cgi")
        ):
            return True
    return False


def _slip(a: str, b: str) -> bool:
    """One letter more, less or other; names that differ in a figure are two ("Store 12", "Store 13")."""
    if [*filter(str.isdigit, a)] != [*filter(str.isdigit, b)]:
        return False
    return min(len(a), len(b)) >= 6 and a[:2] == b[:2] and SequenceMatcher(None, min(a, b), max(a, b)).ratio() >= 0.88


@cache
def _common() -> frozenset[str]:
    return frozenset(tomllib.loads((files("alerts.dedupe") / "companies.toml").read_text(encoding="utf-8"))["common"])
