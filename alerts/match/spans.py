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
        self._firsts = list(accumulate((words.length(line) + words.GAP for line in self._lines), initial=0))
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._chunks: dict[int, tuple[list[int], list[re.Match[str]]]] = {}
        self._read: dict[tuple[int, int], dict[int, Span]] = {}

    def __getitem__(self, position: int) -> Span:
        line = bisect_right(self._firsts, position) - 1
        firsts, chunks = self._line(line)
        at = position - self._firsts[line]
        number = bisect_right(firsts, at) - 1
        start, end = self._word(line, number, chunks[number])[at - firsts[number]]
        return self._starts[line] + start, self._starts[line] + end

    def _line(self, line: int) -> tuple[list[int], list[re.Match[str]]]:
        """The first position of each chunk of a line (what stands between two spaces), and the chunks."""
        if line not in self._chunks:
            chunks = list(_CHUNK.finditer(self._lines[line]))
            self._chunks[line] = list(accumulate((words.length(one.group()) for one in chunks), initial=0)), chunks
        return self._chunks[line]

    def _word(self, line: int, number: int, chunk: re.Match[str]) -> dict[int, Span]:
        """The words of a chunk: position in it → characters of the line."""
        if (line, number) not in self._read:
            start = chunk.start()
            read = {at: (start + first, start + last) for at, first, last in words.spans(chunk.group())}
            self._read[line, number] = read
        return self._read[line, number]
