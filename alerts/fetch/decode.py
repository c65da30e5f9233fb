"""The body of an answer, inflated no further than allowed."""

from __future__ import annotations

import zlib

_MOST_MEMBERS = 1000
#: Chunks of a byte each cost far more time than they bring; honest servers stay well below.
_MOST_PIECES = 100_000


class BadBody(Exception):
    """The body cannot be used; ``str()`` says why."""


class TooLarge(BadBody):
    """The body is larger than ``limit`` bytes, as it came or once inflated."""

    def __init__(self, limit: int, which: str = "answer") -> None:
        super().__init__(f"the {which} is larger than {_size(limit)}")


class Body:
    """Takes the body as it comes from the wire; ``limit`` counts bytes before and after inflating.

    Only plain and gzip bodies are taken, because only these were asked for and only these can be bounded here.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        token = encoding.strip().lower()
        if token not in ("", "identity", "gzip", "x-gzip"):
            raise BadBody("the answer is packed in a way that was not asked for (only gzip is read)")
        self._limit = limit
        self._arrived = 0
        self._pieces = 0
        self._members = 0
        self._inflate = zlib.decompressobj(31) if token.endswith("gzip") else None
        self._out = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; raises TooLarge or BadBody."""
        self._arrived += len(chunk)
        self._pieces += 1
        if self._pieces > _MOST_PIECES:
            raise BadBody("the answer comes in too many small pieces")
        if self._inflate is None:
            self._out += chunk
        if self._arrived > self._limit:
            raise TooLarge(self._limit)
        if self._inflate is not None:
            self._inflate_members(chunk)

    def _inflate_members(self, chunk: bytes) -> None:
        while chunk and self._inflate is not None:
            if self._inflate.eof:
                # Several gzip members may follow one another; anything else behind the end is padding.
                if not chunk.startswith(b"\x1f") or self._members >= _MOST_MEMBERS:
                    return
                self._members += 1
                self._inflate = zlib.decompressobj(31)
            try:
                self._out += self._inflate.decompress(chunk, self._limit - len(self._out) + 1)
            except zlib.error:
                raise BadBody("the answer says that it is gzip, but it is not, or it is damaged") from None
            if len(self._out) > self._limit:
                raise TooLarge(self._limit, "unpacked answer")
            chunk = self._inflate.unused_data

    def so_far(self) -> bytes:
        """What has been read, whole or not, cut at the limit."""
        return bytes(self._out[: self._limit])

    def finish(self) -> bytes:
        """The whole body; raises BadBody when its end is missing."""
        if self._inflate is not None and self._arrived and not self._inflate.eof:
            raise BadBody("the packed answer breaks off before its end")
        return bytes(self._out)


def _size(size: int) -> str:
    return f"{size / 2**20:.4g} MiB" if size >= 2**20 else f"{size / 2**10:.4g} KiB"
