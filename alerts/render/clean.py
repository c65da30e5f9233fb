"""Foreign words made harmless to show: no controls, no invisible or turning marks, links to the web only."""

from __future__ import annotations

import re
import unicodedata

from alerts.parse import addresses

#: What shows nothing and is no control: fillers, variation and vowel marks without a sound, noncharacters, tags.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufdd0-\ufdef\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
#: Controls and marks that steer: all of these categories but line ends, tabs and joiners.
_STEERING = {"Cc", "Cf"}
_KEPT = "\n\t\u200c\u200d"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Joiners are needed inside words of some scripts and inside emoji, and nowhere else.
_LOOSE_JOINER = re.compile(
    "(?<![\u0080-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0080-\U0010ffff])|([\u200c\u200d])[\u200c\u200d]+"
)
_MARKS_IN_A_ROW = 4
_SPACES = re.compile(r"[^\S\n]+")
SHORTENED = "… (shortened)"


def line(said: str | None, limit: int = 300) -> str:
    """``said`` on one line of at most ``limit`` characters; what is longer ends with "… (shortened)". "" for nothing."""
    return _said(" ".join(_settled(said, limit).split()), said, limit)


def block(said: str | None, limit: int = 100_000) -> str:
    """``said`` with its lines kept, at most ``limit`` characters; what is longer ends with "… (shortened)"."""
    text = _SPACES.sub(" ", _settled(said, limit))
    return _said(re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip(), said, limit)


def steady(said: str) -> str:
    """``said`` as it stands, layout and all, without what steers a terminal or turns the direction of reading."""
    return _settled(said, len(said))


def link(address: str | None, limit: int = 2000) -> str | None:
    """The address when it leads to the web (http, https) and can stand in any message; else None."""
    whole = addresses.link(_ascii_host(address)) if address else None
    if whole is None:
        return None
    whole = re.sub("[|<>\"'`^{}\\\\ ]", lambda sign: f"%{ord(sign[0]):02X}", whole)
    return whole if whole.isascii() and len(whole) <= limit else None


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, never inside a character of several parts, and saying that it was cut."""
    if len(text) <= limit:
        return text
    end = max(limit - len(SHORTENED), 0)
    while end and (
        unicodedata.combining(text[end]) or unicodedata.category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]
    ):
        end -= 1
    return (text[:end].rstrip() + SHORTENED)[:limit]


def _head(limit: int) -> int:
    """Characters of a giant that are looked at: enough that hiding among invisible ones takes a thousand of them."""
    return 2 * limit + 1000


def _said(text: str, whole: str | None, limit: int) -> str:
    """``text`` cut to its limit; that the rest of a giant was not looked at is said too."""
    if len(whole or "") > _head(limit) and 0 < len(text) <= limit:
        text = text[: limit - len(SHORTENED)] + SHORTENED
    return cut(text, limit)


def _settled(said: str | None, limit: int) -> str:
    """Harmless text; of a giant only the head is looked at."""
    if not said:
        return ""
    text = str(said)[: _head(limit)]
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", _SURROGATE.sub("\ufffd", text))
    steering = {ord(sign): None for sign in set(text) if unicodedata.category(sign) in _STEERING and sign not in _KEPT}
    text = _UNSEEN.sub("", text.translate(steering) if steering else text)
    text = unicodedata.normalize("NFC", _LOOSE_JOINER.sub(r"\1", text))
    return text if text.isascii() else _few_marks(text)


def _few_marks(text: str) -> str:
    """At most four combining marks in a row: more climb over the neighbouring lines."""
    marks = "".join(re.escape(sign) for sign in set(text) if unicodedata.category(sign) in {"Mn", "Me"})
    return re.sub(f"([{marks}]{{{_MARKS_IN_A_ROW}}})[{marks}]+", r"\1", text) if marks else text


def _ascii_host(address: str) -> str:
    """The address with a host of other scripts in its ASCII form, so that a look-alike cannot pose as another name."""
    match = re.match(r"(https?://)([^/?#:@\[\]]+)(.*)", address.strip()[:4001], re.DOTALL | re.IGNORECASE)
    if match is None or match[2].isascii():
        return address
    import idna

    try:
        return match[1] + idna.encode(match[2], uts46=True).decode() + match[3]
    except idna.IDNAError:
        return ""
