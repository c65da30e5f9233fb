"""A search in the table form → the text form, which means the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from alerts.match import readings, values
from alerts.model.search import Search

_PLAIN = re.compile(r"[^\W_][\w.#+&]*\*?")
_QUOTED = re.compile(r'"[^"\\*]*"')
_MARK = re.compile(r"\s*(title|company|text|tags?)\s*:\s*(?=\S)", re.IGNORECASE)


def to_query(search: Search) -> str:
    """The query that asks what the search asks; "" when it asks nothing.

    ``prefer`` and ``like`` only rank and have no place in it; a key with ``unknown = drop`` of its own is wrapped in
    ``known:( )``, one with ``keep`` in ``maybe:( )``.
    """
    parts = []
    for key, write in _KEYS.items():
        value = getattr(search, key)
        if not value:
            continue
        text = write(value, search)
        policy = search.unknown_for.get(key)
        if policy:
            text = f"{'known' if policy == 'drop' else 'maybe'}:({text})"
        parts.append(text)
    return " AND ".join(parts)


def entry(text: str, field: str = "") -> str:
    """One entry of words as a clause."""
    if mark := _MARK.match(text):
        field = "tags" if mark.group(1).lower().startswith("tag") else mark.group(1).lower()
        text = text[mark.end() :]
    text = text.strip().replace("“", '"').replace("”", '"')
    head = f"{field}:" if field else ""
    if text in ("AND", "OR", "NOT") or not (_PLAIN.fullmatch(text) or _QUOTED.fullmatch(text)):
        return f"{head}{quoted(text)}~"
    return head + text


def quoted(text: str) -> str:
    """In quotation marks, those inside it escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _joined(clauses: Sequence[str], sign: str) -> str:
    return clauses[0] if len(clauses) == 1 else "(" + f" {sign} ".join(clauses) + ")"


def _any(one: Callable[[str], str]) -> Callable[[tuple[str, ...], Search], str]:
    return lambda value, search: _joined([one(text) for text in value], "OR")


def _all(one: Callable[[str], str], sign: str = "") -> Callable[[tuple[str, ...], Search], str]:
    return lambda value, search: " AND ".join(sign + one(text) for text in value)


def _company(text: str) -> str:
    return entry(text, "company") if "*" in text or '"' in text else f"employer:{quoted(text)}"


def _listed(field: str) -> Callable[[str], str]:
    return lambda text: f"{field}:{quoted(text)}"


def _locations(value: tuple[str, ...], search: Search) -> str:
    """Places; a circle without a centre gets the home it starts from."""
    areas = [(values.area(text, search.home).text if readings.area(text) is None else text) for text in value]
    return _joined([f"location:{quoted(text)}" for text in areas], "OR")


_KEYS: dict[str, Callable[..., str]] = {
    "title": _any(lambda text: entry(text, "title")),
    "keywords": _any(entry),
    "require": _all(entry),
    "exclude": _all(entry, "NOT "),
    "companies": _any(_company),
    "exclude_companies": _all(_company, "NOT "),
    "locations": _locations,
    "work": _any(_listed("work")),
    "employment": _any(_listed("employment")),
    "level": _any(_listed("level")),
    "category": _any(_listed("category")),
    "industry": _any(_listed("industry")),
    "salary": lambda value, search: f"salary:[{quoted(value)} TO *]",
    "max_experience": lambda value, search: f"experience:[* TO {quoted(value)}]",
    "max_age": lambda value, search: f"posted:[{quoted('now-' + value)} TO *]",
    "languages": _any(_listed("speaks")),
    "require_sponsorship": lambda value, search: "sponsorship:yes",
    "exclude_clearance": lambda value, search: "clearance:no",
    "query": lambda value, search: f"({value})",
}
