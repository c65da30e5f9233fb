"""What is said and read in headers: who we are, validators, Retry-After."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from alerts import __version__

#: Seconds.
_LEAST_WAIT, _LONGEST_WAIT = 1.0, 86_400.0
_LONGEST_VALIDATOR = 1024
_CONDITIONS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
_PRINTABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")


def user_agent(contact: str | None) -> str:
    """``job-alerts/1.0 (+mailto:me@example.org)``: an honest name, and how a site can reach the operator."""
    contact = re.sub(r"[^\x21-\x7e]|[()\\]", "", contact or "")
    if not contact:
        return f"job-alerts/{__version__}"
    prefix = "mailto:" if "@" in contact and ":" not in contact else ""
    return f"job-alerts/{__version__} (+{prefix}{contact})"


def sendable(value: str) -> bool:
    """Can ``value`` stand in a header as it is?"""
    return not value or _PRINTABLE.fullmatch(value) is not None


def usable(validators: Mapping[str, str] | None) -> dict[str, str]:
    """Of what was kept beside a page, that which a server can be asked with: ``etag``, ``last_modified``."""
    return {name: value for name, value in (validators or {}).items() if name in _CONDITIONS and value and sendable(value)}


def conditions(validators: Mapping[str, str]) -> dict[str, str]:
    """The headers that ask for an answer only if something changed."""
    return {_CONDITIONS[name]: value for name, value in usable(validators).items()}


def validators_of(headers: Mapping[str, str]) -> dict[str, str]:
    """``etag`` and ``last_modified`` of an answer, verbatim; nothing where the answer says that it is never fresh."""
    # A publisher that sends "Expires: 0" stamps every answer anew, and its validators mean nothing.
    if headers.get("expires", "").strip() == "0":
        return {}
    found = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
    return {name: value for name, value in found.items() if value and len(value) <= _LONGEST_VALIDATOR and sendable(value)}


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, from ``Retry-After`` as seconds or as a date; at least 1 s, at most 24 h; None where it says nothing.

    A date is measured from the answer's own ``Date``, so that a wrong clock on either side does no harm.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,18}(\.[0-9]{0,9})?", value, re.ASCII):
        seconds = float(value)
    else:
        until = _date(value)
        if until is None:
            return None
        seconds = (until - (_date(headers.get("date", "")) or now)).total_seconds()
    return min(max(seconds, _LEAST_WAIT), _LONGEST_WAIT)


def _date(value: str) -> datetime | None:
    # Every form of an HTTP date names a month, so digits alone are never one.
    if not re.search(r"[A-Za-z]{3}", value) or len(value) > 64:
        return None
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
