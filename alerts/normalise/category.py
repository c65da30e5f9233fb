"""What kind of work it is, and in which trade: a small mapping from words of the source and the title."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alerts.model.posting import Evidence
from alerts.normalise import tables
from alerts.normalise.alternatives import grouped

#: No work with data.
_DATA_CENTRE = re.compile(r"data cent(?:er|re)s?", re.IGNORECASE)


def category(stated: tuple[str, ...], title: str, tags: tuple[str, ...] = ()) -> tuple[str | None, Evidence | None]:
    """One of the categories of ``data/categories.toml``: from the source's fields, else the title, else the tags."""
    return _first("categories", [("stated", stated), ("parsed", (title,)), ("inferred", tags)])


def industry(stated: tuple[str, ...], tags: tuple[str, ...] = ()) -> tuple[str | None, Evidence | None]:
    """One of the industries of ``data/categories.toml``: from the source's fields, else its tags."""
    return _first("industries", [("stated", stated), ("inferred", tags)])


def known(table: str) -> tuple[str, ...]:
    """The values that ``categories`` or ``industries`` may take."""
    return tuple(_tables()[table])


def _first(table: str, sayings: list[tuple[str, tuple[str, ...]]]) -> tuple[str | None, Evidence | None]:
    for basis, words in sayings:
        for word in words:
            if found := find(table, word):
                return found[0], Evidence(
                    "stated" if basis == "stated" else "parsed" if basis == "parsed" else "inferred", found[1]
                )
    return None, None


@lru_cache(maxsize=4096)
def find(table: str, words: str) -> tuple[str, str] | None:
    """(category, the word that says it) of one field, title or user's word."""
    words = _DATA_CENTRE.sub("facility", words[:400].replace("_", " "))
    lower = words.lower()
    if len(lower) != len(words):
        words = lower
    found = {match.lastgroup: words[slice(*match.span())] for match in reversed(list(_pattern(table).finditer(lower)))}
    return next(((name, found[name]) for name in _tables()[table] if name in found), None)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tables.toml("categories.toml")


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """For words in lower case; the group that matched is the category."""
    groups = []
    for name, words in _tables()[table].items():
        spaced = sorted([name.replace("_", " "), *words], key=len, reverse=True)
        latin = grouped(re.escape(word.lower()) for word in spaced if word[0] < "\u2e80")
        other = [re.escape(word) for word in words if word[0] >= "\u2e80"]
        groups.append(f"(?P<{name}>" + "|".join([rf"(?<![\w-])(?:{latin})(?![\w-])", *other]) + ")")
    return re.compile("|".join(groups))
