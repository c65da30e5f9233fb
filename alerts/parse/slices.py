"""A feed cut into its entries, in bytes, so that those seen before need not be parsed; None where a cut could be wrong.

Only what ``feed_plain`` admits is cut: UTF-8, no document type. Between entries there may be nothing but blanks, and behind
the last one nothing but the end of the feed. A key is of the entry's own bytes and of all that decides how they are read: the
head of the feed (without the dates on which it was made), and what the caller names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from alerts.parse import feed_plain

_DATES = re.compile(rb"<(lastBuildDate|pubDate|updated)>[^<]*</\1>")
_ROOT = re.compile(rb"<(rss|feed)[\s>]")
#: CDATA sections and comments are passed over whole; any other ``<!`` or ``<?`` is refused.
_MARKS = {
    name: re.compile(
        rb"<!\[CDATA\[[^\]]*(?:\](?!\]>)[^\]]*)*\]\]>|<!--[^-]*(?:-(?!->)[^-]*)*-->|<!|<\?"
        rb"|<" + name + rb"(?=[\s>/])|</" + name + rb"(?=[\s>])[^>]{0,20}>"
    )
    for name in (b"item", b"entry")
}
_END = {b"item": re.compile(rb"\s*</channel>\s*</rss>\s*"), b"entry": re.compile(rb"\s*</feed>\s*")}


@dataclass(frozen=True, slots=True)
class Cut:
    """A feed in pieces. ``keys``: what stands for each entry."""

    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes
    keys: tuple[str, ...]

    def without(self, known: Container[str]) -> bytes:
        """The feed as if it had only the entries whose keys are not known."""
        fresh = (entry for entry, key in zip(self.entries, self.keys, strict=True) if key not in known)
        return b"".join((self.head, *fresh, self.tail))


def cut(body: bytes, *, context: str) -> Cut | None:
    """The pieces of a feed. ``context``: whatever else decides how an entry is read."""
    body = body.removeprefix(b"\xef\xbb\xbf")
    root = _ROOT.search(body, 0, 10_000)
    if not feed_plain.admits(body) or root is None:
        return None
    name = b"item" if root[1] == b"rss" else b"entry"
    spans = _spans(body, name, root.start())
    if not spans or any(body[end:begin].strip() for (_, end), (begin, _) in pairwise(spans)):
        return None
    head, tail = body[: spans[0][0]], body[spans[-1][1] :]
    if not _END[name].fullmatch(tail):
        return None
    entries = tuple(body[begin:end] for begin, end in spans)
    keys = _keys(entries, f"{context}\n".encode("utf-8", "replace") + _DATES.sub(b"", head))
    return Cut(head, entries, tail, keys) if len(set(keys)) == len(keys) else None


def _spans(body: bytes, name: bytes, start: int) -> list[tuple[int, int]]:
    """Where each entry begins and ends; nothing where that is doubtful."""
    spans, begun = [], -1
    for mark in _MARKS[name].finditer(body, start):
        said = mark[0]
        if said.startswith((b"<![CDATA[", b"<!--")):
            continue
        if said.startswith(b"</") and begun >= 0:
            spans.append((begun, mark.end()))
            begun = -1
        elif said == b"<" + name and begun < 0 and body[mark.end() : mark.end() + 1] != b"/":
            begun = mark.start()
        else:
            return []
    return spans if begun < 0 else []


def _keys(entries: tuple[bytes, ...], context: bytes) -> tuple[str, ...]:
    start, keys = hashlib.sha256(context + b"\0"), []
    for entry in entries:
        one = start.copy()
        one.update(entry)
        keys.append(one.hexdigest()[:32])
    return tuple(keys)
