"""Hours: the time zones in which a remote worker must live or work, as sentences demand it."""

from __future__ import annotations

import re
from functools import cache

from alerts.normalise import tables
from alerts.normalise.areas import members

_UTC = re.compile(r"\b(?:utc|gmt)(?: ?([+\u2212-]) ?(\d{1,2})(?!\d))?")
#: Only a sentence with one of these demands anything.
_DEMAND = re.compile(
    r"\b(?:must|need(?:s|ed)? to|requir\w+|should|candidates?|applicants?|only|located|based|overlap\w*|work(?:ing)? hours|"
    r"within|open to|hours of)\b|time ?zones?(?::| (?:between|from|within|of))|\+/-|±"
)
_NOT = re.compile(
    r"\b(?:no|any|all|every|regardless of|different|across|multiple|various)\b[^.;]{0,25}time ?zone|\bday|deadline|posted"
)


def read(windows: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """(codes of the zones, the words that demand them) of the first demand; None where there is none."""
    for window in windows:
        for sentence in re.split(r"[.;!?\n](?:\s|$)|\n", window):
            low = sentence.lower()
            if _DEMAND.search(low) and not _NOT.search(low) and (found := _zones_in(low)):
                return found, sentence.strip()
    return None


def _zones_in(low: str) -> tuple[str, ...]:
    found: list[str] = []
    offsets = _offsets(low)
    if offsets:
        spread = range(min(offsets), max(offsets) + 1) if len(offsets) == 2 else offsets
        found = [code for hour in spread if (code := _names().get(f"utc{hour:+d}"))]
    else:
        for match in _pattern().finditer(low):
            found += [_names()[name] for name in re.findall(_alternatives(), match[0])]
    return tuple(dict.fromkeys(found))


def _offsets(low: str) -> list[int]:
    """The hours from UTC that are named; a bare GMT is one end of a range only beside another ("between GMT and GMT+3")."""
    named = [(sign, hours) for sign, hours in _UTC.findall(low)]
    if len(named) != 2 or not any(hours for _, hours in named):
        named = [(sign, hours) for sign, hours in named if hours]
    return [int(hours or 0) * (1 if sign == "+" else -1) for sign, hours in named]


def keeps(codes: tuple[str, ...], mine: set[str]) -> bool | None:
    """Does one who lives there keep the hours of one of the zones? None where that cannot be told."""
    answers = [_keeps(code, mine) for code in codes]
    return True if True in answers else None if None in answers else False


def _keeps(code: str, mine: set[str]) -> bool | None:
    states = {state for state in mine if any(state in known for known in _states().values())}
    if code in _states() and states:
        return bool(states & set(_states()[code]))
    return bool(members(code) & mine)


@cache
def _names() -> dict[str, str]:
    return dict(tables.toml("zones.toml")["hours"])


@cache
def _states() -> dict[str, list[str]]:
    return dict(tables.toml("zones.toml")["states"])


def _alternatives() -> str:
    names = sorted((name for name in _names() if name[-1].isalpha()), key=len, reverse=True)
    return rf"\b(?:{'|'.join(names)})\b"


@cache
def _pattern() -> re.Pattern[str]:
    """Names of zones, several in a row, of which those that are words need "time" or "hours" behind them."""
    short = "|".join(name for name in _names() if name.isalpha() and len(name) in (3, 4) and name not in ("gmt", "utc", "bst"))
    name = _alternatives()
    row = rf"{name}(?:(?:,? (?:or|and|to) |, ?|/| ?& ?){name})*"
    return re.compile(
        rf"(?:{row}) (?:standard |daylight )?(?:time\b|hours|business hours|working hours|zones?\b)|"
        rf"\b(?:{short}|gmt|utc)\b(?:(?: (?:or|and|to) |/|, ?)(?:{short}|gmt|utc)\b)*"
    )
