"""Values ↔ JSON text; times as text that sorts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from alerts.model.event import Change
from alerts.model.identity import Fingerprint
from alerts.model.pending import Pending
from alerts.model.posting import Posting
from alerts.model.search import Reason


def stamp(moment: datetime) -> str:
    """A moment as text that sorts: UTC, always six decimals."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str | None) -> datetime | None:
    """A stored time that may be missing; one that cannot be read is as good as missing."""
    try:
        return None if text is None else datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None


def time_of(text: str) -> datetime:
    """A stored time."""
    return datetime.fromisoformat(text)


#: As the first shape of the store wrote it.
_PENDING = {"quiet": Pending.BASELINE}


def pending_out(pending: Pending | None) -> str | None:
    """What is outstanding of a posting, as it is stored."""
    return next((word for word, meant in _PENDING.items() if meant is pending), pending and pending.value)


def pending_in(word: str | None) -> Pending | None:
    """What is outstanding of a stored posting; a word that nobody knows makes it outstanding as new: never lost."""
    if word is None:
        return None
    return _PENDING.get(word) or (Pending(word) if word in set(Pending) else Pending.NEW)


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def posting_out(posting: Posting) -> str:
    """JSON of a posting without its text, which has a column of its own."""
    return str(_adapter(Posting).dump_json(posting, exclude={"text"}, exclude_defaults=True), "utf-8")


def posting_in(text: str, body: str = "") -> Posting:
    """The posting of a row."""
    values = json.loads(text)
    values["text"] = body
    posting: Posting = _adapter(Posting).validate_python(values)
    return posting


def posting_of(text: str) -> Posting:
    """The posting of a row, without its text; sooner read than with it."""
    posting: Posting = _adapter(Posting).validate_json(text)
    return posting


def fingerprint_out(fingerprint: Fingerprint) -> str:
    """JSON of a fingerprint; the signature as hexadecimal."""
    values = _adapter(Fingerprint).dump_python(fingerprint, exclude_defaults=True, exclude={"signature"}, mode="json")
    return json.dumps(values | ({"signature": fingerprint.signature.hex()} if fingerprint.signature else {}), ensure_ascii=False)


def fingerprint_in(text: str) -> Fingerprint:
    """The fingerprint of a row."""
    values = json.loads(text)
    values["signature"] = bytes.fromhex(values.get("signature", ""))
    fingerprint: Fingerprint = _adapter(Fingerprint).validate_python(values)
    return fingerprint


def changes_out(changes: Sequence[Change]) -> str:
    """JSON of changes."""
    return str(_adapter(tuple[Change, ...]).dump_json(tuple(changes)), "utf-8")


def changes_in(text: str) -> tuple[Change, ...]:
    """The changes of a row."""
    changes: tuple[Change, ...] = _adapter(tuple[Change, ...]).validate_json(text)
    return changes


def reasons_out(reasons: Sequence[Reason]) -> str:
    """JSON of reasons, the tree included."""
    return str(_adapter(tuple[Reason, ...]).dump_json(tuple(reasons), exclude_defaults=True), "utf-8")


def reasons_in(text: str) -> tuple[Reason, ...]:
    """The reasons of a row."""
    reasons: tuple[Reason, ...] = _adapter(tuple[Reason, ...]).validate_json(text)
    return reasons
