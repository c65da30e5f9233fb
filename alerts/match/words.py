"""A text as words: folded, with their places; C++, .NET, Node.js, R&D and full-stack stay what they are.

A *position* counts words; the end of a sentence or line counts ``GAP`` of them, so that words of two sentences are never near.
One position may hold several words (``Node.js`` is also ``node``). Chinese and Japanese signs are words of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain

#: What the end of a sentence counts.
GAP = 64
#: A word longer than this is cut (nobody searches for it, and a feed may be hostile).
LONGEST = 80

_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_SIGN = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_MARK = r"[\u0300-\u036f]"
_WORD = rf"{_LETTER}(?:{_LETTER}|{_MARK})*"
_RAW = re.compile(
    rf"{_WORD}(?:(?:\+\+|(?<=\b[a-zA-Z])\#)(?![\w+#])|(?:['’&.\-‐‑]{_WORD})+)?"
    rf"|(?<![\w.])\.net\b|{_SIGN}|[.!?;](?=$|[\"'”’)\]])|[。！？]|[•|]",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"\n|\S+")
_PARTS = re.compile(r"['’&.\-‐‑]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
#: Endings after a dot that make one word: node.js, asp.net, socket.io.
_DOTTED = frozenset(["js", "net", "io", "ai", "py", "ts"])
_BREAK = ((),)

#: What one raw word is: for each position the words there; ``((),)`` ends a sentence.
Reading = tuple[tuple[str, ...], ...]


def fold(word: str) -> str:
    """``Ingénieur`` → ``ingenieur``, ``STRASSE`` and ``Straße`` → ``strasse``."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()[:LONGEST]


class _Readings(dict[str, Reading]):
    """What stands between two spaces → its words, worked out once; emptied when large: a hostile feed cannot fill memory."""

    def __missing__(self, chunk: str) -> Reading:
        reading = tuple(words for raw, _, _ in _raws(chunk) for words in _read(raw))
        if len(chunk) <= LONGEST:
            if len(self) > 80_000:
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
    if not raw[0].isalnum() and raw.lower() != ".net":
        return _BREAK
    if raw[-1] in "+#":
        return ((fold(raw),),)
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


def _spellings(raw: str) -> tuple[str, ...]:
    plain = fold(raw)
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
    if len(parts) == 2 and parts[1].lower() in _DOTTED:
        head, tail = fold(parts[0]), fold(parts[1])
        return ((f"{head}.{tail}", head, head + tail, *([".net"] if tail == "net" else [])),)
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
    return ((*first, joined), *rest) if not any(part.isdigit() for part in parts) else (first, *rest)


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


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """(position, start, end) of every word: where it stands in the text."""
    at = 0
    for chunk in _CHUNK.finditer(text):
        if chunk.group() == "\n":
            at += GAP
            continue
        for raw, start, end in _raws(chunk.group()):
            for words in _read(raw):
                if not words:
                    at += GAP
                    continue
                yield at, chunk.start() + start, chunk.start() + end
                at += 1


@lru_cache(maxsize=4096)
def readings(text: str) -> Reading:
    """What a user's words are, position by position, the ends of sentences left out."""
    return tuple(words for words in flat(text) if words)
