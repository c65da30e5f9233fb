"""How high a job stands: intern … executive, from its title or the source's own word.

*Manager* means leading people: product, project, account, customer success … managers are trades, so they carry no level
unless another word does (``Senior Product Manager`` is senior). Head of → director; chief → executive.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alerts.model.posting import Evidence
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped

#: From here on Unicode has the scripts that are written without spaces.
_SIGNS = "\u2e80"
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_TRADE = (
    r"engineers?|developers?|sde|swe|sdet|analysts?|scientists?|designers?|technicians?|specialists?|consultants?|architects?|\
administrators?|programmers?|representatives?|coordinators?|accountants?|associates?|assistants?|operators?|researchers?|mechanics?|\
nurses?|clerks?|inspectors?|auditors?|planners?|buyers?|recruiters?|underwriters?|paralegals?|machinists?|testers?|writers?|\
development|software|engineering|level|lvl"
)


def from_title(title: str) -> tuple[str, str] | None:
    """The level that a title says, and the word that says it; None where it says none."""
    return _from_title(title[:400])


def read(stated: tuple[str, ...], title: str) -> tuple[str | None, Evidence | None]:
    """The level: from the title where it says one, else from the source's own field."""
    if found := from_title(title):
        return found[0], Evidence("parsed", found[1])
    for word in stated:
        if level := from_stated(word):
            return level, Evidence("stated", word)
    return None, None


def from_stated(word: str) -> str | None:
    """The level behind a source's own word (``mid_level``, ``Mid-Senior level``)."""
    plain = re.sub(r"[\s_]+", " ", word).strip().lower()
    known: dict[str, str] = _table()["stated"]
    if plain in known:
        return known[plain] or None
    found = from_title(plain)
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _from_title(title: str) -> tuple[str, str] | None:
    lower = title.lower()
    if len(lower) != len(title):
        title = lower
    roles, levels, signs, numeral = _patterns()
    plain = roles.sub(lambda match: "x" * len(match.group()), lower)
    found = [*levels.finditer(plain), *(() if plain.isascii() else signs.finditer(plain))]
    matches = {match.lastgroup or "": match for match in reversed(found)}
    for level in _ranks():
        if match := matches.get(level):
            return level, title[match.start() : match.end()].strip()
    if match := numeral.search(lower):
        number = match.group("n")
        return _table()["numerals"][_NUMERALS.get(number, number)], title[match.start() : match.end()].strip()
    return None


@cache
def _table() -> dict[str, dict[str, str]]:
    return tables.toml("levels.toml")


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(entry["level"] for entry in _table()["levels"])  # type: ignore[index]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Trades to take out, level words (a named group each), those of scripts without spaces, and numerals behind a trade."""
    roles = re.compile(rf"(?<!\w)(?:{grouped(_table()['roles'])})(?!\w)")
    spaced, signs = [], []
    for entry in _table()["levels"]:
        level, words = entry["level"], sorted(entry["words"], key=len, reverse=True)  # type: ignore[index]
        before = [rf"{word}(?= [^\W\d])" for word in _table()["before"].get(level, ())]
        spaced.append(f"(?P<{level}>{grouped([*(re.escape(word) for word in words if word[0] < _SIGNS), *before])})")
        if unspaced := [re.escape(word) for word in words if word[0] >= _SIGNS]:
            signs.append(f"(?P<{level}>{'|'.join(unspaced)})")
    numeral = (
        rf"(?<!\w)(?:{grouped([_TRADE])})(?:[\s,\-–(]+|[^,|–]{{1,16}}?[\s)]+(?=\w+\)?$))(?P<n>iii|ii|iv|i|[1-4])(?![\w.+%/]|-\w)"
    )
    return roles, re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"), re.compile("|".join(signs)), re.compile(numeral)
