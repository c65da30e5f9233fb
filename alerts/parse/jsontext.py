"""JSON that says what is wrong: a web page, a bot check, a bomb."""

from __future__ import annotations

import json
import re
from typing import Any

from alerts.model.errors import ReadError
from alerts.parse.decode import decode
from alerts.parse.values import line, path

#: Integers longer than this are no id and no amount.
_DIGITS = 30
_BOT_CHECK = re.compile(
    r"captcha|cf-challenge|challenge-platform|just a moment|attention required|access denied|are you (?:a )?human|unusual traffic"
    r"|enable javascript and cookies|datadome|perimeterx|incapsula",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"type=[\"']?password|sign in to|log in to|<title>\s*(?:log ?in|sign ?in)", re.IGNORECASE)


def load(body: bytes) -> Any:
    """The value that ``body`` says; raises ReadError, which tells a person what the body is instead."""
    said = decode(body).lstrip("\ufeff \t\r\n")
    # Guards of some interfaces against being run as a script.
    for guard in (")]}',", ")]}'", "while(1);", "for(;;);"):
        said = said.removeprefix(guard)
    if not said.strip():
        raise ReadError("the answer is empty where JSON was expected")
    if said.startswith("<"):
        raise ReadError(f"{what_page(said)} where JSON was expected")
    try:
        return json.loads(said, parse_int=_integer, parse_constant=lambda _: None)
    except RecursionError:
        raise ReadError("the JSON is nested too deeply to be read") from None
    except ValueError as wrong:
        raise ReadError(f"not JSON: {wrong}"[:200]) from None


def what_page(said: str) -> str:
    """What a page that nobody asked for is, in a few words."""
    head = said[:20_000]
    if _BOT_CHECK.search(head):
        return "a bot check or block page (HTML)"
    if _LOGIN.search(head):
        return "a login page (HTML)"
    return "an XML document" if head.startswith("<?xml") and "<html" not in head.lower() else "an HTML page"


def _integer(said: str) -> int | None:
    return int(said) if len(said) <= _DIGITS else None


def listed(value: Any, *ways: str) -> list[Any]:
    """The list that an answer consists of: itself, or what stands at one of ``ways`` ("jobs", "data.items"); else ReadError."""
    if isinstance(value, list):
        return value
    for way in ways:
        found = path(value, way)
        if isinstance(found, list):
            return found
    said = (
        line(path(value, "error.message"))
        or line(path(value, "error"))
        or line(path(value, "message"))
        or line(path(value, "detail"))
    )
    raise ReadError(f"the answer holds no list of postings ({said or 'expected ' + ' or '.join(ways or ('a list',))})"[:300])
