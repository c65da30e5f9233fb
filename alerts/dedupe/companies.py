"""Are two folded company names one employer? Boards write subsidiaries, career sites, short and long names."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from alerts.normalise import company

_JOINS = ("of", "at", "and", "the", "in", "for")
Relation = Literal["same", "near", "part", "kin", "unsaid", "other"]


@lru_cache(maxsize=8192)
def compare(a: str, b: str) -> Relation:
    """same: equal names. near: the house in a country or its site, initials, another script.

    part: one name holds the other and says more ("Delta", "Delta Dental"), or is one slip of the pen away: as often
    another employer as not.
    kin: both have a rare word, as houses of one group have ("GE Vernova", "GE Healthcare"). The same for (b, a).
    """
    a, b = named(a), named(b)
    one, two = a.split(), b.split()
    if not one or not two:
        return "unsaid"
    if a.replace(" ", "") == b.replace(" ", ""):
        return "same"
    if _glued(a, b):
        return "same"
    if _house(one, two) or _initials(one, two) or _initials(two, one) or _one_sound(a, b):
        return "near"
    if _holds(one, two) or _slip(a, b):
        return "part"
    return "kin" if _kin(one, two) else "other"


def named(name: str) -> str:
    """The one name for a folded one: that of its other script; empty where it names nobody ("confidential")."""
    return "" if name in _lists()["nobody"] else _aliases().get(name, name)


def latin(name: str) -> str:
    """A folded name in Latin letters, as far as one letter stands for another."""
    return name if name.isascii() else "".join(_letters().get(letter, letter) for letter in name)


def _glued(a: str, b: str) -> bool:
    """One name and the same in one word with its legal form ("boschgroup", "トヨタ自動車株式会社")."""
    shorter, longer = sorted((a.replace(" ", ""), b.replace(" ", "")), key=lambda name: (len(name), name))
    return len(shorter) >= 3 and any(longer in (shorter + form, form + shorter) for form in _lists()["glued"])


def _house(one: list[str], two: list[str]) -> bool:
    """Does the longer name say no more than the shorter, a country, or that it is a site for jobs?"""
    shorter, longer = sorted((one, two), key=lambda words: (len(words), words))
    if not set(shorter) - _lists()["common"]:
        return False
    name, plain = "".join(shorter), [word for word in longer if word not in _JOINS]
    begins = [word for word in shorter if word not in _JOINS]
    if plain[: len(begins)] != begins:
        return False
    rest = plain[len(begins) :]
    return all(word in _lists()["house"] or (len(name) >= 3 and word.startswith(name)) for word in rest)


def _holds(one: list[str], two: list[str]) -> bool:
    """All rare words of the shorter name stand in the longer, or the longer begins with the shorter."""
    shorter, longer = sorted((one, two), key=lambda words: (len(words), words))
    rare = set(shorter) - _lists()["common"]
    if rare and rare <= set(longer):
        return True
    beginning = "".join(shorter)
    return len(beginning) >= 4 and "".join(longer).startswith(beginning)


def _kin(one: list[str], two: list[str]) -> bool:
    rare = (set(one) & set(two)) - _lists()["common"]
    return any(len(word) >= 4 for word in rare) or (one[0] == two[0] and one[0] in rare and len(one[0]) >= 2)


def _initials(short: list[str], long: list[str]) -> bool:
    """``bmo`` for "bank of montreal", ``hcsc`` for "health care service" (corporation): one more letter is a legal form."""
    if len(long) < 2 or not 2 <= len(short[0]) <= 6:
        return False
    for words in (long, [word for word in long if word not in _JOINS]):
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
    if min(len(a), len(b)) < 6 or a[:2] != b[:2] or a.count(" ") != b.count(" "):
        return False
    return SequenceMatcher(None, min(a, b), max(a, b)).ratio() >= 0.88


def _one_sound(a: str, b: str) -> bool:
    """One name in two scripts ("Яндекс", "Yandex")."""
    if a.isascii() == b.isascii():
        return False
    one, two = (latin(name).replace("ks", "x").replace("kh", "h").replace("ya", "ia") for name in (a, b))
    return one.isascii() and two.isascii() and (one == two or _slip(one, two))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("alerts.dedupe") / "companies.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(company.fold(word) for word in _table()[name]) for name in ("common", "house", "nobody", "glued")}


@cache
def _aliases() -> dict[str, str]:
    return {company.fold(name): names[0] for names in _table()["aliases"] for name in names}


@cache
def _letters() -> dict[str, str]:
    return {pair[0]: pair[2:] for row in _table()["letters"] for pair in row.split()}
