"""A text as words: folded, with their places; C++, .NET, Node.js, R&D and full-stack stay what they are.

A *position* counts words; the end of a sentence or line counts ``GAP`` of them, so that words of two sentences are never near.
One position may hold several words (``Node.js`` is also ``node``, and a posting's ``Python3`` also ``python``). A word ends where
the script changes (``Java개발자``). Signs of scripts that put no space between words are words of their own (``scripts``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from alerts.match import scripts
from alerts.match.scripts import HANGUL, MARK, SIGN

#: What the end of a sentence counts.
GAP = 64
#: A word longer than this is cut (nobody searches for it, and a feed may be hostile).
LONGEST = 80
#: Different things between spaces that are remembered; emptied when full, so that a hostile feed cannot fill memory.
_MOST = 80_000

_LETTER = rf"(?![{scripts.UNSPACED}{scripts.KOREAN}])[^\W_]"
_LATIN = f"{_LETTER}(?:{_LETTER}|{MARK})*"
_WORD = f"(?:{_LATIN}|{HANGUL})"
_RAW = re.compile(
    rf"{_WORD}(?:(?:[+＋]{{2}}|(?<=\b[a-zA-Z])[#＃])\d{{0,2}}(?!{_LETTER}|[+#_])|(?:['’&.\-‐‑]{_WORD})+)?"
    # Only here do capitals matter: for the whole it would take four times as long to compile the tables of scripts.
    rf"|(?<![\w.])(?i:\.net)\d{{0,2}}\b|{SIGN}|[.!?;](?=$|[\"'”’)\]])|[。！？]|[•|]"
)
_PARTS = re.compile(r"['’&.\-‐‑]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_LETTERS |= scripts.LETTERS
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
#: Endings after a dot that make one word: node.js, asp.net, socket.io.
_DOTTED = frozenset(["js", "net", "io", "ai", "py", "ts"])
#: Names before .net that are the framework's; others are addresses (acme.net).
_NET = frozenset(["asp", "ado", "vb", "ml"])
_VERSION = re.compile(r"(\.net|[a-z]{2,}|[a-z]\+\+|[a-z]#)\d{1,4}[cdgi]?")
#: Names of which the figure is a part: they are no version of what stands before it.
_WHOLE = frozenset(
    ["web3", "auth0", "base64", "mp3", "mp4", "ec2", "mt4", "mt5", "co2", "ipv4", "ipv6", "sha256", "h264", "level3"]
)
_BREAK = ((),)

#: What one raw word is: for each position the words there; ``((),)`` ends a sentence.
Reading = tuple[tuple[str, ...], ...]


def fold(word: str) -> str:
    """``Ingénieur`` → ``ingenieur``, ``STRASSE`` and ``Straße`` → ``strasse``."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()[:LONGEST]
    return unicodedata.normalize("NFC", plain)


class _Readings(dict[str, Reading]):
    """What stands between two spaces → its words, worked out once."""

    def __missing__(self, chunk: str) -> Reading:
        reading = tuple(_more(words) for raw, _, _ in _raws(chunk) for words in _read(raw))
        if len(chunk) <= LONGEST:
            if len(self) > _MOST:
                self.clear()
            self[chunk] = reading
        return reading


def _raws(chunk: str) -> Iterator[tuple[str, int, int]]:
    """The raw words of a chunk and the ends of sentences, with their places; a dot after a short word (``Sr.``) ends none."""
    before = ""
    for match in _RAW.finditer(chunk):
        raw = match.group()
        if raw != "." or len(before) > 3:
            yield raw, match.start(), match.end()
        before = raw


def _read(raw: str) -> Reading:
    return _read_short(raw) if len(raw) < 40 else _read_any(raw)


@lru_cache(maxsize=50_000)
def _read_short(raw: str) -> Reading:
    return _read_any(raw)


def _read_any(raw: str) -> Reading:
    if not raw[0].isalnum() and raw[:4].lower() != ".net":
        return _BREAK
    if "+" in raw or "#" in raw or "＋" in raw or "＃" in raw:
        return ((fold(raw).replace("с", "c"),),)  # the Cyrillic letter is taken for the Latin one that it looks like
    parts = _PARTS.split(raw)
    if len(parts) == 1 or raw[0] == ".":
        return (_spellings(raw),)
    if "&" in raw:
        return _ampersand(raw, parts)
    if "." in raw:
        return _dotted(raw, parts)
    if "'" in raw or "’" in raw:
        return _apostrophe(raw, parts)
    return _hyphen(parts)


def _more(found: tuple[str, ...]) -> tuple[str, ...]:
    """What a posting says beside its words: ``Python3`` is Python as well, ``NodeJS`` Node; of Korean words the parts."""
    if not found:
        return found
    first = found[0]
    if first.isascii():
        if first.endswith("js") and len(first) > 4 and first.isalpha():
            return (*found, first[:-2])
        version = _VERSION.fullmatch(first) if _figured(first) and first not in _WHOLE else None
        return (*found, version.group(1)) if version else found
    return (*found, *scripts.korean_parts(first)) if scripts.is_korean(first) else found


def _figured(word: str) -> bool:
    """Does it end in a figure, or a figure and a letter?"""
    return word[-1].isdigit() or word[-2:-1].isdigit()


def _spellings(raw: str) -> tuple[str, ...]:
    plain = fold(raw)
    if scripts.is_arabic(plain):
        return scripts.arabic_spellings(plain)
    low = unicodedata.normalize("NFC", raw).lower()
    other = fold(low.translate(_UMLAUTS))
    return (plain,) if other == plain else (plain, other)


def _ampersand(raw: str, parts: list[str]) -> Reading:
    """``R&D``, ``FP&A`` and ``AT&T`` are one word, ``Finance&Strategy`` two."""
    if all(len(part) <= 3 for part in parts):
        return ((fold(raw),),)
    return tuple(words for part in parts for words in _read(part))


def _dotted(raw: str, parts: list[str]) -> Reading:
    """``Node.js`` is one word that ``node`` and ``nodejs`` find as well; ``U.S.`` and ``end.Start`` are their parts."""
    if len(parts) == 2 and parts[1].lower().rstrip("0123456789") in _DOTTED:
        head, tail = fold(parts[0]), fold(parts[1]).rstrip("0123456789")
        return ((f"{head}.{tail}", head, head + tail, *([".net"] if tail == "net" and head in _NET else [])),)
    if all(len(part) == 1 and part.isalpha() for part in parts):
        return ((fold("".join(parts)),),)
    return tuple(words for part in parts for words in _read(part))


def _apostrophe(raw: str, parts: list[str]) -> Reading:
    """``bachelor's`` is ``bachelor``, ``l'équipe`` is two words, ``don't`` is ``dont``."""
    if len(parts) == 2 and parts[1].lower() == "s":
        return _read(parts[0])
    if len(parts) == 2 and fold(parts[0]) in ("l", "d", "qu", "dell", "all") and len(parts[1]) > 2:
        return (*_read(parts[0]), *_read(parts[1]))
    return ((fold("".join(_PARTS.split(raw))),),)


def _hyphen(parts: list[str]) -> Reading:
    """``full-stack`` is *full* and *stack*, and ``fullstack`` finds it as well."""
    if len(parts) > 4:
        return tuple(words for part in parts for words in _read(part))
    first, *rest = (_spellings(part) for part in parts)
    joined = fold("".join(parts))
    whole = not any(part.isdigit() for part in parts) or (len(parts) == 2 and len(parts[0]) == len(parts[1]) == 1)  # 3-D
    return ((*first, joined), *rest) if whole else (first, *rest)


_READINGS = _Readings()


def flat(text: str) -> list[tuple[str, ...]]:
    """The words at each place in order; ``()`` where a sentence ends."""
    return list(chain.from_iterable(map(_READINGS.__getitem__, text.replace("\n", " | ").split())))


def places(found: Iterable[tuple[str, ...]], only: Container[str] | None = None) -> dict[str, list[int]]:
    """Each folded word → its positions, in order; of these words ``only``."""
    where: dict[str, list[int]] = {}
    at = 0
    for words in found:
        if not words:
            at += GAP
            continue
        for word in words:
            if only is None or word in only:
                where.setdefault(word, []).append(at)
        at += 1
    return where


def spans(chunk: str) -> Iterator[tuple[int, int, int]]:
    """(position, start, end) of every word of what stands between two spaces, counted from its beginning."""
    at = 0
    for raw, start, end in _raws(chunk):
        for words in _read(raw):
            if words:
                yield at, start, end
            at += 1 if words else GAP


class _Lengths(dict[str, int]):
    """What stands between two spaces → how many positions it takes; bounded as the readings are."""

    def __missing__(self, chunk: str) -> int:
        length = sum(1 if words else GAP for words in _READINGS[chunk])
        if len(chunk) <= LONGEST:
            if len(self) > _MOST:
                self.clear()
            self[chunk] = length
        return length


_LENGTHS = _Lengths()


def lengths(chunks: Iterable[str]) -> Iterator[int]:
    """How many positions each thing between two spaces takes."""
    return map(_LENGTHS.__getitem__, chunks)


@lru_cache(maxsize=4096)
def readings(text: str) -> Reading:
    """What a user's words are, position by position, the ends of sentences left out; ``Python3`` is that alone."""
    chunks = text.replace("\n", " | ").split()
    return tuple(words for chunk in chunks for raw, _, _ in _raws(chunk) for words in _read(raw) if words)
