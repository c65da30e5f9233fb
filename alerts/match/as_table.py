"""The text form of a search → the table form, as far as there is one: ``write`` backwards. What has none stays a query."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from alerts.match import query, write
from alerts.match.query_fields import QueryError
from alerts.model.search import Search

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(~?)')
#: Field of the text → key of the table, for lists of values.
_LISTED = {
    "location": "locations", "work": "work", "employment": "employment", "level": "level", "category": "category",
    "industry": "industry", "speaks": "languages", "employer": "companies", "company": "companies", "title": "title",
}  # fmt: skip
_RANGES = {
    "salary": re.compile(r'salary:\[("(?:[^"\\]|\\.)*") TO \*\]'),
    "max_experience": re.compile(r'experience:\[\* TO ("(?:[^"\\]|\\.)*")\]'),
    "max_age": re.compile(r'posted:\["now-((?:[^"\\]|\\.)*)" TO \*\]'),
}
_FLAGS = {"sponsorship:yes": "require_sponsorship", "clearance:no": "exclude_clearance"}
_TURNED = {"companies": "exclude_companies", "keywords": "exclude"}
#: What is told by the text; every other key stands beside it.
KEYS = (*_LISTED.values(), *_RANGES, *_FLAGS.values(), "keywords", "require", "exclude", "exclude_companies", "query")


def from_text(text: str, before: Search) -> tuple[dict[str, Any], dict[str, str]]:
    """Keys with their values, and which of them have an ``unknown`` of their own. ``before``: what decides between two
    keys that mean the same. Raises QueryError.

    A part becomes a key only where writing that key gives the part again, word for word.
    """
    found: dict[str, Any] = {}
    unknown: dict[str, str] = {}
    rest: list[str] = []
    for part in query.conjuncts(text):
        read = _read(part.source, before)
        if read is None or not _fits(found, read):
            rest.append(part.source)
            continue
        key, value, policy = read
        found[key] = (*found.get(key, ()), *value) if isinstance(value, tuple) else value
        if policy:
            unknown[key] = policy
    if rest:
        found["query"] = _query(rest)
    return found, unknown


def _query(rest: Sequence[str]) -> str:
    if len(rest) == 1:
        inner = rest[0][1:-1] if rest[0].startswith("(") and rest[0].endswith(")") else ""
        return inner if inner and _whole(inner) else rest[0]
    return " AND ".join(rest)


def _whole(inner: str) -> bool:
    """Did the parentheses around it belong together?"""
    try:
        query.parse(inner)
    except QueryError:
        return False
    return True


def _fits(found: Mapping[str, Any], read: tuple[str, Any, str | None]) -> bool:
    """May it join what was found? Lists of *all* and *none* grow; of others there is one."""
    key, _, policy = read
    return key not in found or (key in ("require", "exclude", "exclude_companies") and not policy)


def _read(source: str, before: Search) -> tuple[str, Any, str | None] | None:
    for head, policy in (("known:(", "drop"), ("maybe:(", "keep")):
        if source.startswith(head) and source.endswith(")"):
            inner = _read(source[len(head) : -1], before)
            return (inner[0], inner[1], policy) if inner and inner[2] is None else None
    for key, value in _candidates(source, before):
        if write.to_query(replace(Search("", home=before.home), **{key: value})) == source:
            return key, value, None
    return None


def _candidates(source: str, before: Search) -> list[tuple[str, Any]]:
    if flag := _FLAGS.get(source):
        return [(flag, True)]
    for key, form in _RANGES.items():
        if found := form.fullmatch(source):
            return [(key, _plain(found[1]) if found[1].startswith('"') else found[1])]
    if source.startswith("NOT "):
        return [(_TURNED[key], value) for key, value in _candidates(source[4:], before) if key in _TURNED]
    values = [_entry(clause) for clause in _clauses(source)]
    keys = {_LISTED.get(field) for field, _ in values}
    listed = [(key, tuple(value for _, value in values)) for key in keys if key and len(keys) == 1]
    words = _words(values, before)
    return words + listed if set(words[0][1]) <= {*before.require, *before.keywords} else listed + words


def _words(values: Sequence[tuple[str, str]], before: Search) -> list[tuple[str, Any]]:
    said = tuple(f"{field}:{value}" if field else value for field, value in values)
    both = [("keywords", said), ("require", said)]
    return both if len(said) > 1 or said[0] in before.keywords else both[::-1]


def _clauses(source: str) -> list[str]:
    """The alternatives of ``(a OR b)``; one where there are none."""
    inner = source[1:-1] if source.startswith("(") and source.endswith(")") else source
    parts, at = [], 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"| OR ', inner):
        if found[0] == " OR ":
            parts.append(inner[at : found.start()])
            at = found.end()
    return [*parts, inner[at:]]


def _entry(clause: str) -> tuple[str, str]:
    """Field ("" for none) and the entry as the table form has it."""
    field, _, value = clause.partition(":") if re.match(r"[a-z_]+:", clause) else ("", "", clause)
    quoted = _QUOTED.fullmatch(value)
    if not quoted:
        return field, value
    listed = field in _LISTED and field not in ("company", "title")
    return field, _plain(value.rstrip("~")) if quoted[2] or listed else value


def _plain(quoted: str) -> str:
    return query.unescaped(quoted[1:-1])
