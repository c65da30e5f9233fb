"""A few hundred bytes that say how alike two texts are: the least hashes of their three-word runs (bottom-k MinHash).

Every run of three words is hashed once and the 64 least hashes are kept. Among the 64 least of two signatures together, the share
that stands in both estimates the share of runs that the texts have in common (standard error about 0.06).
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

#: Hashes kept, of four bytes each.
KEPT = 64
#: Shorter texts say too little to be compared.
FEWEST_WORDS = 30
#: Words looked at; longer texts differ in their boilerplate at the end.
MOST_WORDS = 2000

#: In bytes, because they are what is hashed; letters beyond ASCII are two bytes or more of 0x80 and above.
_WORDS = re.compile(rb"[0-9a-z_\x80-\xff]+")


def signature(text: str) -> bytes:
    """The signature of a text (256 bytes), or nothing where it has fewer than 30 words."""
    words = _WORDS.findall(text.casefold().encode("utf-8", "replace"))[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return b""
    runs = map(b" ".join, zip(words, words[1:], words[2:], strict=False))
    return array("I", sorted(set(map(crc32, runs)))[:KEPT]).tobytes()


def similarity(a: bytes, b: bytes) -> float | None:
    """Estimated share of three-word runs in common, 0 to 1; None where either text was too short to say."""
    if not a or not b or len(a) % 4 or len(b) % 4:
        return None
    one, two = set(array("I", a)), set(array("I", b))
    least = sorted(one | two)[:KEPT]
    return sum(value in one and value in two for value in least) / len(least)
