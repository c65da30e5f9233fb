"""A search as a table of the file ↔ the fields of its form (pure): every key has a field, what says the same stays as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from alerts.match.values import choices

Values = dict[str, Any]
LISTS = (
    "title", "keywords", "require", "exclude", "companies", "exclude_companies", "locations", "category", "industry", "languages",
    "prefer", "like",
)  # fmt: skip
TICKS = ("work", "employment", "level", "events", "channels")
LINES = ("name", "salary", "max_experience", "max_age", "when", "backfill", "letter")
NUMBERS = ("digest_above", "ask_above")
FLAGS = {"require_sponsorship": False, "exclude_clearance": False, "aliases": True}
#: Parts of ``like`` may have lines of their own.
_BETWEEN = {"like": "\n---\n"}
_PARTS = ("min", "max", "any", "all", "none", "is")


def slug(name: str) -> str:
    """A name as a part of an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "search"


def slugs(names: Iterable[str]) -> list[str]:
    """One for each, all different; “new” is taken."""
    taken, found = {"new"}, []
    for name in names:
        base, number = slug(name), 1
        one = base
        while one in taken:
            number += 1
            one = f"{base}-{number}"
        taken.add(one)
        found.append(one)
    return found


def fields_of(table: Mapping[str, Any]) -> Values:
    """What the form shows of a table."""
    plain = {key: _inner(value) for key, value in table.items()}
    found: Values = {key: _BETWEEN.get(key, "\n").join(_list(plain.get(key, []))) for key in LISTS}
    found |= {key: _ticked(key, _list(plain.get(key, ["new"] if key == "events" else []))) for key in TICKS}
    found |= {key: str(plain.get(key, "now" if key == "when" else "")) for key in (*LINES, *NUMBERS, "query")}
    found |= {key: bool(plain.get(key, usual)) for key, usual in FLAGS.items()}
    found["unknown"] = str(plain.get("unknown", "keep"))
    own = {key: value["unknown"] for key, value in table.items() if isinstance(value, dict) and "unknown" in value}
    found["unknown_for"] = "\n".join(f"{key}: {policy}" for key, policy in own.items())
    return found


def typed(form: Mapping[str, list[str]]) -> Values:
    """What was typed into the form."""
    found: Values = {key: form.get(key, [""])[0] for key in (*LISTS, *LINES, *NUMBERS, "query", "unknown_for")}
    found |= {key: form.get(key, []) for key in TICKS}
    return found | {key: key in form for key in FLAGS} | {"unknown": form.get("unknown", ["keep"])[0]}


def table_of(values: Values, base: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The table that the fields say, and field → what is wrong with it. What says the same as ``base`` stays as it is written."""
    was, table, wrong = fields_of(base), dict(base), {}
    for key, value in values.items():
        if key == "unknown_for" or _same(key, value, was[key]):
            continue
        try:
            _put(table, key, _value(key, value))
        except ValueError as error:
            wrong[key] = str(error)
    if values["unknown_for"].strip() != was["unknown_for"]:
        _policies(table, values["unknown_for"], wrong)
    return table, wrong


def _same(key: str, value: Any, was: Any) -> bool:
    if isinstance(value, str) and isinstance(was, str):
        return [line.strip() for line in value.strip().splitlines()] == [line.strip() for line in was.strip().splitlines()]
    return set(value) == set(was) if key in TICKS else value == was


def _value(key: str, value: Any) -> Any:
    """As it stands in the file; None where it is left out."""
    if key in LISTS:
        parts = [part.strip() for part in value.split(_BETWEEN.get(key, "\n"))]
        return list(dict.fromkeys(part for part in parts if part)) or None
    if key in TICKS:
        return list(value) or None
    if key in FLAGS:
        return value if value != FLAGS[key] else None
    text = value.strip()
    if key in NUMBERS and text:
        if not text.isascii() or not text.isdecimal():
            raise ValueError("must be a whole number")
        return int(text[:9])
    return text or None


def _put(table: dict[str, Any], key: str, value: Any) -> None:
    old = table.get(key)
    if value is None:
        table.pop(key, None)
    elif isinstance(old, dict):
        table[key] = {**old, next(part for part in _PARTS if part in old): value}
    else:
        table[key] = value


def _policies(table: dict[str, Any], text: str, wrong: dict[str, str]) -> None:
    wanted: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        key, _, policy = (part.strip() for part in line.partition(":"))
        if policy not in ("keep", "drop") or key not in table:
            wrong["unknown_for"] = (
                f"“{line.strip()[:60]}”: write a key that this search has, and keep or drop, such as salary: drop"
            )
            return
        wanted[key] = policy
    for key, value in list(table.items()):
        if key in wanted:
            inner = _inner(value)
            form = value if isinstance(value, dict) else {"any" if isinstance(inner, list) else "is": inner}
            table[key] = {**form, "unknown": wanted[key]}
        elif isinstance(value, dict) and "unknown" in value:
            table[key] = _inner(value)


def _inner(value: Any) -> Any:
    return next((value[part] for part in _PARTS if part in value), "") if isinstance(value, dict) else value


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _ticked(key: str, values: list[str]) -> list[str]:
    """As the boxes have them: other spellings are the same."""
    from alerts.match.values import BadValue, choice

    if key not in ("work", "employment", "level"):
        return values
    try:
        return [choice(key, value) for value in values]
    except BadValue:
        return values


def boxes(channels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What can be ticked."""
    return {key: choices(key) for key in ("work", "employment", "level")} | {
        "events": ("new", "changed", "reposted", "closed", "reopened"),
        "channels": tuple(channels),
    }
