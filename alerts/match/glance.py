"""May a text say what is asked? Told from its bytes at a glance: often a certain no, never a wrong one; a yes is looked into.

To read the words of a text costs ten times as much. What a text is read as (``words``) keeps its letters: each word begins where
one of the text does, once its signs are taken for spaces or, within a word, left out (``full-stack`` is also *fullstack*).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache

from alerts.match.says import Term
from alerts.match.words import fold

#: Stands for a sign of which nothing is known: a text that has it may say anything.
_ODD = 1
#: Stand for letters that are written in two ways, *ä* and *ae*.
_UMLAUTS = {"ä": 0xE4, "Ä": 0xE4, "ö": 0xF6, "Ö": 0xF6, "ü": 0xFC, "Ü": 0xFC}
#: Signs that join, and Cyrillic letters that are read as Latin ones (in C++).
_AS = {"’": "'", "‐": "-", "‑": "-", "с": "c", "С": "c"}
_PLAIN = {_ODD: _ODD, 0xE4: ord("a"), 0xF6: ord("o"), 0xFC: ord("u")} | dict.fromkeys(b"'&.-", ord("-"))
#: A small letter or figure, a hyphen for each sign that joins, a space for all else; then without the hyphens, then what is what.
_SIGNS = bytes(_PLAIN.get(n, n if n < 128 and chr(n).isalnum() else 32) for n in range(256)).lower()
_SPACED = bytes(32 if n == ord("-") else n for n in range(256))
_MARKS = bytes(n if n in b" -" else 97 for n in range(256))
_NET = re.compile(rb"(?<= )-net\d{0,2}-")
#: What English puts behind a word, the longest first; the longest of them after a doubled letter.
_ENDINGS = ("ing", "ies", "ied", "ed", "es", "y", "e", "s", "d")
_LONGEST = 4
#: Languages whose stemmers leave the first three letters as they are (German may take *ue* for *u*).
_FIRM = frozenset(["de", "da", "sv", "nb", "nn", "no"])


class Core:
    """The letters of a word that stand in every text which has it in some form."""

    __slots__ = ("_exact", "letters", "two_ways")

    def __init__(self, letters: str, *, begins: bool = True, tail: int | None = None) -> None:
        """``begins``: a word begins with them; ``tail``: and has at most so many more, but for a figure."""
        self.letters = (" " if begins else "").encode() + letters.encode()
        self.two_ways = any(pair in letters for pair in ("ae", "oe", "ue"))
        more = rb"[a-z]{0,%d}[ 0-9\x01]" % tail if tail is not None else b""
        self._exact = re.compile(re.escape(self.letters) + more) if more else None

    def hits(self, letters: bytes) -> Iterator[int]:
        """Where they begin."""
        at = letters.find(self.letters)
        while at >= 0:
            if self._exact is None or self._exact.match(letters, at):
                yield at + (self.letters[:1] == b" ")
            at = letters.find(self.letters, at + 1)


#: Of a word with letters beyond ASCII: in any text that has such.
FOREIGN = Core("")


class Glance:
    """A text as bytes, one for each sign: its letters, and a space for all else."""

    def __init__(self, text: str) -> None:
        self._plain = text.isascii()
        raw = text.encode("ascii", "alerts.match.glance")
        signs = (b" %b " % raw).translate(_SIGNS)
        self._letters = signs.translate(_SPACED)
        signs = signs.replace(b"--", b"  ")  # two signs after one another join nothing …
        self._signs = _NET.sub(b" net ", signs) if b" -net" in signs else signs  # … and .NET is a word by itself
        #: All without the signs that join, so as to see soon what is not there.
        self._close = self._signs.translate(None, b"-")
        self._odd = not self._plain and _ODD in raw
        self._umlauts = not self._plain and any(byte in raw for byte in _UMLAUTS.values())

    def hides(self, core: Core) -> bool:
        """May it stand there, and not be seen?"""
        return self._odd or (self._umlauts and core.two_ways)

    def may_have(self, core: Core | None) -> bool:
        """May a word with these letters stand there? None: nothing is known of them."""
        if core is None or self.hides(core):
            return True
        return not self._plain if core is FOREIGN else core.letters in self._letters or core.letters in self._close

    def joins(self, core: Core) -> bool:
        """Do they stand there once the signs within words are left out?"""
        return any(core.hits(self._close)) and any(core.hits(self._joined))

    @cached_property
    def _joined(self) -> bytes:
        """What is written with signs inside, without them: " fullstack us "."""
        marks, found = self._signs.translate(_MARKS), [b""]
        at = marks.find(b"a-a")
        while at >= 0:
            start, end = marks.rfind(b" ", 0, at), marks.find(b" ", at)
            found.append(self._signs[start + 1 : end])
            at = marks.find(b"a-a", end)
        return b" ".join((*found, b"")).translate(None, b"-")

    def places(self, core: Core) -> Iterator[int]:
        """Where in the text they stand otherwise."""
        return (at - 1 for at in core.hits(self._letters))


@lru_cache(maxsize=20_000)
def core_of(term: Term, languages: tuple[str, ...]) -> Core | None:
    """What stands in every text in these languages which says the term; None: nothing is known of it."""
    if not term.word.isascii():
        return FOREIGN
    letters = re.sub(r"[^0-9a-z]", "", term.word)
    if not letters:
        return None
    if term.kind == "head":
        return Core(letters, begins=False)
    if term.kind != "form":
        return Core(letters, tail=None if term.kind == "prefix" else 0)
    kept = _kept(letters, languages)
    return Core(kept, tail=_LONGEST if languages == ("en",) else None) if kept else None


def _kept(letters: str, languages: tuple[str, ...]) -> str:
    """What all forms of a word begin with; "" where that is not known."""
    kept = _head(letters)
    for language in languages:
        if language == "en" or len(letters) < 3:
            continue
        if language not in _FIRM:
            return ""
        vowel = re.search("[aou]", letters[:3])
        kept = kept[: vowel.end() if vowel and language == "de" else 3]
    return kept


def _head(letters: str) -> str:
    """An English word without its ending, and without the letter that is doubled before it."""
    ending = next((one for one in _ENDINGS if letters.endswith(one) and len(letters) - len(one) >= 2), "")
    head = letters.removesuffix(ending)
    return head[:-1] if ending in ("ing", "ed") and len(head) > 2 and head[-1] == head[-2] else head


def _instead(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for letters beyond ASCII, a byte for each; asked by the codec."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return bytes(map(_sign, error.object[error.start : error.end])), error.end


@lru_cache(maxsize=20_000)
def _sign(sign: str) -> int:
    if sign in _UMLAUTS:
        return _UMLAUTS[sign]
    folded = _AS.get(sign) or fold(sign)
    if unicodedata.category(sign)[0] == "M" or sign == "\u0640":
        return _ODD  # goes with the letter before it
    if not folded.isascii() or (len(folded) > 1 and not sign.isalnum()):
        return 32
    return ord(folded) if len(folded) == 1 else _ODD


codecs.register_error("alerts.match.glance", _instead)
