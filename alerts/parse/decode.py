"""Bytes to text: byte-order marks, declared and wrong character sets."""

from __future__ import annotations

import codecs
import re
import tomllib
from functools import cache
from importlib.resources import files

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._-]{2,40})""", re.IGNORECASE)
#: Encodings of text that hide markup from every check made on bytes, and codecs that are not character sets at all.
_REFUSED = re.compile(r"utf-?7|idna|punycode|escape|rot|hex|base|zip|zlib|bz2|uu|quopri|undefined|mbcs|oem", re.IGNORECASE)
_SEVEN_BIT = {"iso2022_jp"}


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of ``body``; never raises.

    The order is that of browsers: byte-order mark, ``charset`` of the transport, the declaration in the first bytes,
    and UTF-8. Valid UTF-8 wins over a declared single-byte set, since text that is UTF-8 by accident does not occur.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if body[:4] in (b"<\0?\0", b'{\0"\0'):
        return body.decode("utf-16-le", "replace")
    if body[:4] in (b"\0<\0?", b'\0{\0"'):
        return body.decode("utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_known(charset) or _known(_declared(body)) or "cp1252", "replace")


def in_utf8(body: bytes, content_type: str) -> bytes:
    """``body`` in UTF-8 behind a mark, where only the transport says of text that it is something else; else as it came."""
    charset = _known(charset_of(content_type))
    if charset is None or body.startswith(tuple(mark for mark, _ in _MARKS)) or b"\0" in body[:100]:
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return codecs.BOM_UTF8 + decode(body, charset).encode()
    # All ASCII, or UTF-8 after all; in ISO-2022-JP all is ASCII, too.
    return codecs.BOM_UTF8 + body.decode(charset, "replace").encode() if charset in _SEVEN_BIT and b"\x1b" in body else body


def charset_of(content_type: str) -> str | None:
    """The ``charset`` parameter of a Content-Type header."""
    found = re.search(r"charset\s*=\s*[\"']?([^\s\"';]+)", content_type, re.IGNORECASE)
    return found.group(1) if found else None


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body, 0, 2048)
    return found.group(1).decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """A usable codec for ``name``; UTF-8 itself has been tried before and is known to be wrong."""
    if not name or _REFUSED.search(name):
        return None
    try:
        found = codecs.lookup(_table("labels").get(name.strip().lower(), name)).name
    except (LookupError, ValueError):
        return None
    return None if found.startswith("utf") else _table("browsers").get(found, found)


@cache
def _table(name: str) -> dict[str, str]:
    table = tomllib.loads((files("alerts.parse") / "charsets.toml").read_text("utf-8"))[name]
    return {each: codec for codec, names in table.items() for each in names.split()}
