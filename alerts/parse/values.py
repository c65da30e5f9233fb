"""Typed getters for hostile data: text, numbers, lists and paths that never raise."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

# C0 and C1 controls but tab, line feed and carriage return; lone surrogates; non-characters.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?|[+-]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,10})?", re.ASCII)
_LINE_LIMIT = 1000


def text(value: object) -> str | None:
    """A string or number as text, stripped and without control characters; None for all else and for emptiness."""
    if isinstance(value, str):
        return _CONTROLS.sub("", value).strip() or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _digits(value)
    return None


def line(value: object, limit: int = _LINE_LIMIT) -> str | None:
    """As :func:`text`, on one line of at most ``limit`` characters (titles, names, places)."""
    if isinstance(value, str) and len(value) > 20 * limit:
        value = value[: 20 * limit]
    said = text(value)
    return " ".join(said.split())[:limit].strip() or None if said else None


def number(value: object) -> float | None:
    """A finite number, or a string that is nothing but one ("52000", "52,000.50"); else None."""
    if isinstance(value, str):
        said = value.strip()
        if len(said) > 30 or not _DECIMAL.fullmatch(said):
            return None
        return float(said.replace(",", ""))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def flag(value: object) -> bool | None:
    """A truth value as sources write it: true, "true", "yes", 1, and their opposites; else None."""
    if isinstance(value, bool):
        return value
    said = (text(value) or "").lower()
    return True if said in {"true", "yes", "1"} else False if said in {"false", "no", "0"} else None


def when(value: object) -> str | int | float | None:
    """A date as said (text or number), for the fields of dates; else None."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) or number(value) is None else value
    return line(value, 100)


def items(value: object) -> list[Any]:
    """The list itself, or an empty one for anything that is not a list."""
    return value if isinstance(value, list) else []


def several(value: object) -> list[Any]:
    """The list itself; a single value (a mapping, a string, a number) as a list of one; nothing for None."""
    return value if isinstance(value, list) else [] if value is None else [value]


def mapping(value: object) -> dict[str, Any]:
    """The mapping itself, or an empty one for anything that is not a mapping."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> Iterator[dict[str, Any]]:
    """Those members of a list that are mappings."""
    return (each for each in items(value) if isinstance(each, dict))


def path(value: object, way: str) -> Any:
    """What stands at ``a.b.0.c``, or None where the way ends early."""
    for step in way.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isascii() and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def texts(value: object, *, of: str = "") -> tuple[str, ...]:
    """A string or a list of strings as a tuple of lines without repetition; ``of`` is a path inside each member."""
    found = (line(path(each, of) if of and not isinstance(each, str) else each) for each in several(value))
    return tuple(dict.fromkeys(each for each in found if each))


def _digits(value: float) -> str | None:
    try:
        return str(value) if math.isfinite(value) else None
    except (ValueError, OverflowError):  # more digits than Python writes
        return None
