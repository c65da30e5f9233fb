"""How one is employed: full-time, part-time, contract, temporary, internship, apprenticeship, volunteer, freelance."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from alerts.model import Evidence

KINDS = ("full-time", "part-time", "contract", "temporary", "internship", "apprenticeship", "volunteer", "freelance")


def read(stated: tuple[str, ...], title: str, text: str) -> tuple[tuple[str, ...], Evidence | None]:
    """All kinds that are offered: from the source's field and the title, else from plain statements in the text."""
    known: dict[str, str] = {}
    for word in stated:
        for kind in _kinds(word, "title"):
            known.setdefault(kind, word)
    basis = "stated"
    said = dict(_kinds(title, "title"))
    if not known:
        known, basis = said, "parsed"
    else:
        # "Full-time" in the field of an internship is about hours, and the title adds what it is.
        known |= {kind: word for kind, word in said.items() if kind in ("internship", "apprenticeship", "volunteer", "freelance")}
    if not known:
        known, basis = dict(_kinds(text, "text")), "parsed"
    if not known:
        return (), None
    kinds = tuple(kind for kind in KINDS if kind in known)
    return kinds, Evidence("stated" if basis == "stated" else "parsed", "; ".join(dict.fromkeys(known.values())))


def _kinds(words: str, where: str) -> dict[str, str]:
    if where == "title":
        return dict(_short(words))
    return {match.lastgroup.replace("_", "-"): match.group() for match in _pattern("text").finditer(words) if match.lastgroup}


@lru_cache(maxsize=4096)
def _short(words: str) -> tuple[tuple[str, str], ...]:
    plain = words.replace("_", " ")
    found = {match.lastgroup.replace("_", "-"): match.group() for match in _pattern("title").finditer(plain) if match.lastgroup}
    return tuple(found.items())


@cache
def _pattern(where: str) -> re.Pattern[str]:
    table = tomllib.loads(files("alerts.normalise").joinpath("data/employment.toml").read_text("utf-8"))
    groups = []
    for kind in KINDS:
        words = sorted(table[kind][where], key=len, reverse=True)
        latin = "|".join(re.escape(word) for word in words if word[0] < "\u2e80")
        other = [re.escape(word) for word in words if word[0] >= "\u2e80"]
        groups.append(f"(?P<{kind.replace('-', '_')}>" + "|".join([rf"(?<![\w-])(?:{latin})(?![\w-])", *other]) + ")")
    return re.compile("|".join(groups), re.IGNORECASE)
