"""The body of an answer, inflated no further than allowed."""

from __future__ import annotations

import codecs
import zlib

_MOST_MEMBERS = 1000
#: Chunks of a byte each cost far more time than they bring; honest servers stay well below.
_MOST_PIECES = 100_000
_GZIP = b"\x1f\x8b"
_READ = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
#: Words that servers put there without packing anything; names of character sets are others.
_EMPTY_WORDS = {
    "",
    "identity",
    "none",
    "no",
    "null",
    "binary",
    "raw",
    "plain",
    "text",
    "8bit",
    "7bit",
    "aws-chunked",
    "*",
    "utf8mb4",
}
_NO_CHARSETS = {"hex", "zip", "zlib", "bz2", "base64", "uu", "quopri", "rot-13"}


class BadBody(Exception):
    """The body cannot be used; ``str()`` says why."""


class BadPacking(BadBody):
    """The body is not packed as it says, or in a way that is not read: a second answer, not packed at all, may be better."""


class TooLarge(BadBody):
    """The body is larger than ``limit`` bytes, as it came or once inflated."""

    def __init__(self, limit: int, which: str = "answer") -> None:
        super().__init__(f"the {which} is larger than {_size(limit)}")


class Body:
    """Takes the body as it comes from the wire; ``limit`` counts bytes before and after inflating.

    Only gzip was asked for, and only gzip and deflate can be bounded here. Bodies that were packed twice are unpacked twice.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._packings = _packings(encoding)
        self._limit = limit
        self._arrived = 0
        self._pieces = 0
        self._members = 0
        self._start = b""
        self._inflate: zlib._Decompress | None = None
        self._out = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; raises TooLarge or BadBody."""
        self._arrived += len(chunk)
        self._pieces += 1
        if self._pieces > _MOST_PIECES:
            raise BadBody("the answer comes in too many small pieces")
        if not self._packings:
            self._out += chunk
        if self._arrived > self._limit:
            raise TooLarge(self._limit)
        if self._packings:
            self._unpack(chunk)

    def _unpack(self, chunk: bytes) -> None:
        if self._inflate is None:
            # The first two bytes tell the kinds of packing apart.
            self._start += chunk
            if len(self._start) < 2:
                return
            chunk, self._start = self._start, b""
            self._inflate = zlib.decompressobj(_window(chunk, self._packings[-1]))
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
                raise BadPacking(f"the answer says that it is {self._packings[-1]}, but it is not, or it is damaged") from None
            if len(self._out) > self._limit:
                raise TooLarge(self._limit, "unpacked answer")
            chunk = self._inflate.unused_data

    def so_far(self) -> bytes:
        """What has been read, whole or not, cut at the limit."""
        return bytes(self._out[: self._limit])

    def finish(self) -> bytes:
        """The whole body; raises BadBody when its end is missing."""
        if self._packings and self._arrived and (self._inflate is None or not self._inflate.eof):
            raise BadPacking("the packed answer breaks off before its end")
        if self._packings and self._out.startswith(_GZIP):
            # Packed twice, whether the headers said so or not.
            within = Body("gzip", self._limit)
            within.feed(bytes(self._out))
            if within.so_far()[:2] != _GZIP:
                return within.finish()
            raise BadPacking("the answer is packed more than twice")
        return bytes(self._out)


def _packings(encoding: str) -> list[str]:
    words = [word.strip().lower() for word in encoding.split(",")]
    packed = [word for word in words if not _means_nothing(word)]
    if len(packed) > 2 or not set(packed) <= _READ.keys():
        raise BadPacking("the answer is packed in a way that was not asked for (only gzip and deflate are read)")
    return [_READ[word] for word in packed]


def _means_nothing(word: str) -> bool:
    if word in _EMPTY_WORDS:
        return True
    try:
        return codecs.lookup(word).name not in _NO_CHARSETS
    except (LookupError, ValueError):
        return False


def _window(start: bytes, packing: str) -> int:
    """What zlib is told: gzip, or deflate with (RFC 9110) or without (some servers) the head of zlib."""
    if packing == "gzip" or start.startswith(_GZIP):
        return 31
    return 15 if start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0 else -15


def _size(size: int) -> str:
    return f"{size / 2**20:.4g} MiB" if size >= 2**20 else f"{size / 2**10:.4g} KiB"
