"""Where words stand in a text: the characters at a position, found by counting lines and reading one word only.

A posting has hundreds of words and a reason shows one or two of them, so nothing is read that nobody asks for. What was read is
kept as long as the text is asked: many hits in one long line, or in one endless word, cost no more than one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from alerts.match import words

_CHUNK = re.compile(r"\S+")
#: First and last character (beyond the last, as slices have it).
Span = tuple[int, int]


class Spans:
    """Position → the characters of the word there. Positions are those of ``words.flat``."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._firsts = list(accumulate((sum(words.lengths(line.split())) + words.GAP for line in self._lines), initial=0))
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._chunks: dict[int, tuple[list[int], list[str], list[int]]] = {}
        self._read: dict[tuple[int, int], dict[int, Span]] = {}

    def __getitem__(self, position: int) -> Span:
        line = bisect_right(self._firsts, position) - 1
        firsts, chunks, starts = self._line(line)
        at = position - self._firsts[line]
        number = bisect_right(firsts, at) - 1
        start, end = self._word(line, number, chunks[number], starts[number])[at - firsts[number]]
        return self._starts[line] + start, self._starts[line] + end

    def _line(self, line: int) -> tuple[list[int], list[str], list[int]]:
        """Of each chunk of a line (what stands between two spaces): its first position, itself, its first character."""
        if line not in self._chunks:
            text = self._lines[line]
            chunks = text.split()
            firsts = list(accumulate(words.lengths(chunks), initial=0))
            self._chunks[line] = firsts, chunks, [one.start() for one in _CHUNK.finditer(text)]
        return self._chunks[line]

    def _word(self, line: int, number: int, chunk: str, start: int) -> dict[int, Span]:
        """The words of a chunk: position in it → characters of the line."""
        if (line, number) not in self._read:
            read = {at: (start + first, start + last) for at, first, last in words.spans(chunk)}
            self._read[line, number] = read
        return self._read[line, number]
