"""A few hundred bytes that say how alike two texts are: one-permutation MinHash of three-word runs.

64 bins of 32 bits. Every run of three words is hashed once; the hash names its bin and stands there when it is the least.
The share of bins that agree estimates the share of runs that two texts have in common (standard error about 0.06).
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

BINS = 64
#: What stands in a bin that no run fell into.
_EMPTY = 0xFFFFFFFF
_WORDS = re.compile(r"\w+")
#: Shorter texts say too little to be compared.
FEWEST_WORDS = 30
#: Runs looked at; longer texts differ in their boilerplate at the end.
MOST_WORDS = 2000


def signature(text: str) -> bytes:
    """The signature of a text (256 bytes), or nothing where it has fewer than 30 words."""
    words = _WORDS.findall(text.casefold())[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return b""
    codes = [crc32(word) for word in " ".join(words).encode().split()]
    runs = zip(codes, codes[1:], codes[2:], strict=False)
    least = [_EMPTY] * BINS
    # From the greatest down, so that the least is what stays.
    for value in sorted({(a * 0x9E3779B1 + b * 0x85EBCA77 + c * 0xC2B2AE3D) & 0x3FFFFFFFFF for a, b, c in runs}, reverse=True):
        least[value & 63] = value >> 6
    return array("I", least).tobytes()


def similarity(a: bytes, b: bytes) -> float | None:
    """Estimated share of three-word runs in common, 0 to 1; None where either text was too short to say."""
    if len(a) != BINS * 4 or len(b) != len(a):
        return None
    one, two = array("I", a), array("I", b)
    used = same = 0
    for left, right in zip(one, two, strict=True):
        if left != _EMPTY or right != _EMPTY:
            used += 1
            same += left == right
    return same / used if used else None
