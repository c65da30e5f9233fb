"""Pay words: what the words round a figure say of it (pay, bonus, perk, funding …), its period and its open end."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from alerts.normalise import tables
from alerts.normalise.alternatives import grouped

#: In this order where two begin at the same word.
ROLES = ("pay", "ote", "bonus", "equity", "stipend", "decoy", "counted")
PERIODS = ("hour", "day", "week", "month", "year")


@cache
def _data() -> dict[str, Any]:
    return tables.toml("pay_words.toml")


@cache
def _any_role() -> re.Pattern[str]:
    data = _data()
    starts = grouped(word for role in ROLES for word in data[role]["start"])
    inside = grouped(re.escape(word) for role in ROLES for word in data[role]["inside"])
    return re.compile(rf"\b(?:{starts})|(?:{inside})")


@cache
def _which_role() -> re.Pattern[str]:
    data = _data()
    starts = "|".join(f"(?P<{role}>{grouped(data[role]['start'])})" for role in ROLES)
    inside = "|".join(f"(?P<{role}_>{grouped(map(re.escape, data[role]['inside']))})" for role in ROLES if data[role]["inside"])
    return re.compile(rf"\b(?:{starts})|(?:{inside})")


def roles(low: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """``(start, end, role)`` of each word of a role between two offsets of lower-case text."""
    found = []
    for match in _any_role().finditer(low, start, end):
        which = _which_role().match(low, match.start(), end)
        if which is not None and which.lastgroup:
            found.append((match.start(), which.end(), which.lastgroup.rstrip("_")))
    return found


def other_than_pay(low: str) -> bool:
    """Does lower-case text hold a word that makes its figure something else than pay?"""
    return any(role not in ("pay", "ote") for _, _, role in roles(low, 0, len(low)))


@cache
def any_pay() -> re.Pattern[str]:
    """Finds a word of pay in lower-case text."""
    data = _data()["pay"]
    return re.compile(rf"\b(?:{grouped(data['start'])})|(?:{grouped(map(re.escape, data['inside']))})")


@cache
def period() -> re.Pattern[str]:
    """Finds a period in lower-case text; the group that matched is the period.

    Short forms ("h", "m", "pa", "an" …) count only after a slash or right at the beginning; see ``loose``.
    """
    data = _data()["period"]
    groups = []
    for name in PERIODS:
        words: list[str] = data[name]["words"]
        groups.append(f"(?P<{name}>{grouped(words)})")
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(groups)})|(?P<cjk>[年月日天时])")


@cache
def twice() -> re.Pattern[str]:
    """Finds a period for which there is no word of ours ("every two weeks"); group "n26" is paid 26 times a year."""
    groups = (f"(?P<n{times}>{grouped(words)})" for times, words in _data()["twice"].items())
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(groups)})")


@cache
def monthly() -> frozenset[str]:
    """Countries (ISO2) where nobody is paid by the day unless it is said."""
    return frozenset(_data()["monthly"]["countries"])


@cache
def openings() -> re.Pattern[str]:
    """At the end of lower-case text: "from" or "up to"."""
    data = _data()
    begin = grouped(sorted(data["from"]["words"], key=len, reverse=True))
    cap = grouped(sorted(data["upto"]["words"], key=len, reverse=True))
    filler = r"\s*[:=]?\s*(?:of|von|de|ca\.?|approx\.?|about|around|circa|~|≈)?\s*$"
    return re.compile(
        rf"(?:(?<!\w)(?P<upto>{cap})|(?<!\w)(?P<from>{begin})|(?P<least>mindest\w*(?:gehalt|entgelt|lohn|verdienst)[^\d]{{0,70}})){filler}"
    )


@cache
def endings() -> re.Pattern[str]:
    """Right behind a figure, lower case: "+", "and up", "max"."""
    data = _data()
    return re.compile(
        rf"\s*(?:(?P<from>{'|'.join(data['from_after']['words'])})|(?P<upto>{'|'.join(data['upto_after']['words'])}))"
    )


@cache
def between() -> re.Pattern[str]:
    """At the end of lower-case text: a word that makes "X and Y" a range."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_data()['between']['words'])})\W{{0,6}}$")


@cache
def beside() -> re.Pattern[str]:
    """At the end of lower-case text: a word that puts what follows beside the pay ("plus bonus")."""
    return re.compile(rf"(?:{'|'.join(_data()['negation']['start'])})\W*(?:\w+\W+)?$")


def table(name: str) -> dict[str, Any]:
    """A table of the data file as it stands."""
    found: dict[str, Any] = _data()[name]
    return found


@cache
def short() -> frozenset[str]:
    """Periods that count only where they are tied to the figure ("h", "month")."""
    return frozenset(_data()["short"]["words"])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of the whole patterns of the data file, for lower-case text."""
    return re.compile(grouped([_data()["pattern"][name]]))
