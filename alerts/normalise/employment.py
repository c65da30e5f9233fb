"""How one is employed: full-time, part-time, contract, temporary, internship and more."""

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
        alone = [kind for kind in KINDS if word.strip().lower() in _table()[kind].get("field", ())]
        for kind in alone or [kind for kind, _ in _short(word)]:
            known.setdefault(kind, word)
    basis = "stated"
    said = dict(_short(title))
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


def _in_text(text: str) -> dict[str, str]:
    lower = text.lower()
    return {kind: phrase for kind in KINDS for phrase in _table()[kind]["text"] if phrase in lower}


@lru_cache(maxsize=4096)
def _short(words: str) -> tuple[tuple[str, str], ...]:
    plain = words[:400].replace("_", " ")
    found = {match.lastgroup.replace("_", "-"): match.group() for match in _pattern().finditer(plain) if match.lastgroup}
    return tuple(found.items())


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("alerts.normalise").joinpath("data/employment.toml").read_text("utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    groups = []
    for kind in KINDS:
        words = sorted(_table()[kind]["title"], key=len, reverse=True)
        latin = "|".join(re.escape(word) for word in words if word[0] < "\u2e80")
        other = [re.escape(word) for word in words if word[0] >= "\u2e80"]
        groups.append(f"(?P<{kind.replace('-', '_')}>" + "|".join([rf"(?<![\w-])(?:{latin})(?![\w-])", *other]) + ")")
    return re.compile("|".join(groups), re.IGNORECASE)
