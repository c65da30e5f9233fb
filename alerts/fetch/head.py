"""The head of an answer on its way to the parser, without the lines that are no headers: browsers skip them, h11 gives up."""

from __future__ import annotations

import re

_FIELD = re.compile(rb"([-!#$%&'*+.^_`|~0-9a-zA-Z]+)[ \t]*:([^\x00\n\x0b\x0c\r]*)")
_NUMBER = re.compile(rb"[ \t]*[0-9]+(?:[ \t]*,[ \t]*[0-9]+)*[ \t]*")
_STATUS = re.compile(rb"HTTP/[0-9]\.[0-9] ([0-9]{3})")


class Head:
    """Takes bytes as they come, gives those that may go on; ``over`` once the body begins."""

    def __init__(self) -> None:
        self.over = False
        self._waiting = b""
        self._status = b""
        self._kept = True

    def feed(self, data: bytes) -> bytes:
        """The whole lines so far that are fit, and everything behind the head; the end of ``data`` may wait for its line."""
        out = bytearray()
        self._waiting += data
        while not self.over:
            line, end, rest = self._waiting.partition(b"\n")
            if not end:
                return bytes(out)
            self._waiting = rest
            out += self._line(line.removesuffix(b"\r"), line + end)
        out += self._waiting
        self._waiting = b""
        return bytes(out)

    def rest(self) -> bytes:
        """What still waits when nothing more comes."""
        waiting, self._waiting = self._waiting, b""
        return waiting

    def _line(self, line: bytes, raw: bytes) -> bytes:
        if not self._status:
            found = _STATUS.match(line)
            self._status = found[1] if found else b"?"
            # What is no HTTP at all is left to the parser to refuse.
            self.over = found is None
            return raw
        if not line:
            # Behind an answer of the 1xx kind comes another head.
            self.over = not self._status.startswith(b"1") or self._status == b"101"
            self._status = b""
            return raw
        if line[:1] in b" \t":
            self._kept = self._kept and _FIELD.fullmatch(b"x:" + line) is not None
            return raw if self._kept else b""
        found = _FIELD.fullmatch(line)
        self._kept = found is not None and _means_something(found[1].lower(), found[2])
        return found[1] + b":" + found[2] + b"\r\n" if found and self._kept else b""


def _means_something(name: bytes, value: bytes) -> bool:
    """The two headers that say how long a body is must be right, or are as good as not there."""
    if name == b"content-length":
        return _NUMBER.fullmatch(value) is not None
    return name != b"transfer-encoding" or value.strip().lower() != b"identity"
