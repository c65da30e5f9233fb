"""How one is employed: full-time, part-time, contract, temporary, internship and more."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alerts.model.posting import Evidence
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped
from alerts.normalise.cues import Cues
from alerts.normalise.lowered import narrow

KINDS = ("full-time", "part-time", "contract", "temporary", "internship", "apprenticeship", "volunteer", "freelance")


def read(stated: tuple[str, ...], title: str, text: str) -> tuple[tuple[str, ...], Evidence | None]:
    """All kinds that are offered: from the source's field and the title, else from plain statements in the text."""
    known: dict[str, str] = {}
    for word in stated:
        alone = [kind for kind in KINDS if word.strip().lower() in _table()[kind].get("field", ())]
        for kind in alone or [kind for kind, _ in _short(word)]:
            known.setdefault(kind, word)
    basis = "stated"
    said = dict(_short(_bare(title)))
    if not known:
        known, basis = said, "parsed"
    else:
        # "Full-time" in the field of an internship is about hours, and the title adds what it is.
        known |= {kind: word for kind, word in said.items() if kind in ("internship", "apprenticeship", "volunteer", "freelance")}
    if not known:
        known, basis = _in_text(text), "parsed"
    if not known:
        return (), None
    kinds = tuple(kind for kind in KINDS if kind in known)
    return kinds, Evidence("stated" if basis == "stated" else "parsed", "; ".join(dict.fromkeys(known.values())))


@lru_cache(maxsize=4096)
def _bare(title: str) -> str:
    """The title without the trades and things that carry such a word ("Contract Manager")."""
    return _not_in_titles().sub("", title[:400])


@cache
def _not_in_titles() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{grouped(tables.toml('employment.toml')['not_in_titles'])})(?![\w-])", re.IGNORECASE)


def _in_text(text: str) -> dict[str, str]:
    lower = narrow(text)
    table, there = _table(), _CUES.places(lower)
    said = [kind for kind in KINDS if not there.keys().isdisjoint(table[kind]["stems"])]
    return {kind: phrase for kind in said for phrase in table[kind]["text"] if phrase in lower}


@lru_cache(maxsize=4096)
def _short(words: str) -> tuple[tuple[str, str], ...]:
    plain = words[:400].replace("_", " ")
    lower = plain.lower()
    if len(lower) != len(plain):
        plain = lower
    matches = _pattern().finditer(lower)
    found = {match.lastgroup.replace("_", "-"): plain[slice(*match.span())] for match in matches if match.lastgroup}
    return tuple(found.items())


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tables.toml("employment.toml")


_CUES = Cues(lambda: (stem for kind in KINDS for stem in _table()[kind]["stems"]))


@cache
def _pattern() -> re.Pattern[str]:
    """For words in lower case; the group that matched is the kind, with "_" for "-"."""
    groups = []
    for kind in KINDS:
        words = sorted(_table()[kind]["title"], key=len, reverse=True)
        latin = grouped(re.escape(word.lower()) for word in words if word[0] < "\u2e80")
        other = [re.escape(word) for word in words if word[0] >= "\u2e80"]
        shapes = [rf"(?<![\w-])(?:{grouped(_table()[kind]['shapes'])})(?!\w)"] if "shapes" in _table()[kind] else []
        groups.append(f"(?P<{kind.replace('-', '_')}>" + "|".join([*shapes, rf"(?<![\w-])(?:{latin})(?![\w-])", *other]) + ")")
    return re.compile("|".join(groups))
