"""Bytes to text: byte-order marks, declared and wrong character sets."""

from __future__ import annotations

import codecs
import re

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
#: What browsers read where a codec of this name is meant (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_DO = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("iso8859-11", "tis-620"), "cp874"),
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SEVEN_BIT = {"iso2022_jp"}
#: The labels of browsers that Python does not know.
_LABELS = {
    **dict.fromkeys(("x-gbk", "csgb2312", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("windows-949", "korean", "ksc_5601", "ks_c_5601-1989"), "cp949"),
    **dict.fromkeys(("x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "csiso88598e", "csiso88598i", "logical", "visual"), "iso8859-8"),
    **dict.fromkeys(("koi", "koi8"), "koi8-r"),
    "koi8-ru": "koi8-u",
    "x-mac-roman": "mac-roman",
    "dos-874": "cp874",
    "sun_eu_greek": "iso8859-7",
    "x-euc-jp": "euc_jp",
    **{f"x-cp{number}": f"cp{number}" for number in range(1250, 1259)},
}


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
    name = _LABELS.get(name.strip().lower(), name.strip())
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found.startswith("utf") else _AS_BROWSERS_DO.get(found, found)
