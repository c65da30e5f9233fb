"""Are two folded company names one employer? Boards write subsidiaries, career sites, short and long names."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Relation = Literal["same", "near", "unsaid", "other"]


@lru_cache(maxsize=8192)
def compare(a: str, b: str) -> Relation:
    """same: equal names. near: one holds the other, is its initials, or is one slip of the pen away."""
    if not a or not b:
        return "unsaid"
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return "same"
    return "near" if _holds(a.split(), b.split()) or _initials(a, b) or _slip(a, b) else "other"


def _holds(a: list[str], b: list[str]) -> bool:
    """The rare words of the shorter name all stand in the longer, or both begin with the same rare word."""
    shorter, longer = sorted((a, b), key=len)
    rare = set(shorter) - _common()
    if rare and rare <= set(longer):
        return True
    if len("".join(shorter)) >= 4 and "".join(longer).startswith("".join(shorter)):
        return True
    return a[0] == b[0] and a[0] not in _common() and len(a[0]) > 2


def _initials(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=lambda name: len(name.split()))
    words = longer.split()
    name = shorter.split()[0]
    if not 2 <= len(name) <= 6 or len(words) < 2:
        return False
    return name in ("".join(w[0] for w in words), "".join(w[0] for w in words if w not in ("of", "and", "the", "for")))


def _slip(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 6 and a[:2] == b[:2] and SequenceMatcher(None, a, b).ratio() >= 0.88


@cache
def _common() -> frozenset[str]:
    return frozenset(tomllib.loads((files("alerts.dedupe") / "companies.toml").read_text(encoding="utf-8"))["common"])
