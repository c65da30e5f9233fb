"""Is a conditional answer to be believed? What speaks against a 304, and what is refused for its validators (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from alerts.fetch.client import Answer
from alerts.fetch.headers import usable

#: What a compressing front appends to the tag of the file behind it, in one answer and not in the other.
_ENCODING = re.compile(r"(?:--|[-;:])(?:gzip|br|zstd|deflate)(?=\"?$)")


def contradicts_itself(answer: Answer, sent: Mapping[str, str] | None) -> bool:
    """Does it say "not modified" and beside it the tag or the date of something newer? Then only its body can tell."""
    asked = usable(sent)
    if not answer.not_modified:
        return False
    before, after = asked.get("etag"), answer.headers.get("etag")
    if before and after and _tag(before) != _tag(after):
        return True
    return _is_newer(answer.headers.get("last-modified"), asked.get("last_modified"))


def refuses_condition(answer: Answer, sent: Mapping[str, str] | None) -> bool:
    """May the refusal be of the validators? Not where it asks to be left alone."""
    if not usable(sent) or answer.status < 400 or answer.status == 429:
        return False
    return "retry-after" not in answer.headers


def _tag(etag: str) -> str:
    return _ENCODING.sub("", etag.strip().removeprefix("W/"))


def _is_newer(after: str | None, before: str | None) -> bool:
    try:
        return bool(after and before) and parsedate_to_datetime(after or "") > parsedate_to_datetime(before or "")
    except (ValueError, TypeError):
        return False
