"""What the body of an HTTP answer says, by the rows of data/answers.toml: a refusal behind a 2xx, a login page, nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, cast

Ruling = Literal["sent", "later", "message", "destination"]
#: Bytes that are looked at.
_MOST = 20_000
_NAMES = ("error", "code", "message", "msg")


def ruling(body: bytes, tables: Mapping[str, Any], kind: str) -> tuple[Ruling, str]:
    """What the body of a 2xx means, and the words that say so; it arrived where no row fits."""
    said = body[:_MOST].decode("utf-8", "replace").lstrip("\ufeff").strip()
    known = tables.get(kind, {})
    if said in known:
        return known[said], said
    found = fields(body)
    row = next((row for row in tables["body"] if _fits(row, said, found)), None)
    if row is None:
        return "sent", ""
    if row["means"] != "known":
        return row["means"], ""
    words = next((word for word in [*_words(found), said] if word in known and known[word] != "sent"), None)
    return cast(Ruling, known[words] if words else row["else"]), words or next(iter([*_words(found), said]))[:120]


def fields(body: bytes) -> Mapping[str, Any]:
    """The JSON object that a body is; nothing where it is none."""
    try:
        found = json.loads(body[:_MOST]) if body.lstrip()[:1] == b"{" else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _fits(row: Mapping[str, Any], said: str, found: Mapping[str, Any]) -> bool:
    if "says" in row:
        return re.match(row["says"], said[:2_000], re.IGNORECASE | re.DOTALL) is not None
    return any(_refuses(found.get(name), values) for name, values in row["json"].items() if name in found)


def _refuses(value: object, values: list[object]) -> bool:
    plain = value.lower() if isinstance(value, str) else value
    return ("*" in values and bool(value)) or any(type(plain) is type(one) and plain == one for one in values)


def _words(found: Mapping[str, Any]) -> list[str]:
    """What an object says of its error."""
    return [str(found[name]) for name in _NAMES if isinstance(found.get(name), str | int) and str(found[name])]
