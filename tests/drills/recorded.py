"""Recorded boards as sources: every kind whose samples can be served from an address of our own, step by step, with details."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alerts import plugins
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import RawPosting
from benchmarks.samples_table import DETAIL, SKIPPED, counted, kind_of
from tests.drills.test_every_kind import table

FIXTURES = Path(__file__).parents[1] / "sources"
#: Their details are at addresses of the recorded site.
ELSEWHERE = ("breezy", "icims")
#: The same board at successive times stands in a folder of its own.
SERIES = re.compile(r"^(?:\w+-series/\w+|simplify-series)(?=/)")
_ROW = re.compile(rb"<(item|position|entry)[\s>].*?</\1>", re.DOTALL)


@dataclass
class Board:
    """One source: its configuration, what its list says at each step, and what its details are."""

    name: str
    kind: str
    table: str
    #: The first path that it asks for; every other one below its address is a page or the details of a posting.
    bodies: list[bytes]
    #: By step: the ids that are listed, and the entries.
    listed: list[dict[str, RawPosting]] = field(default_factory=list)
    #: By path: the details that are to be had there; None: there are none.
    details: dict[str, bytes | None] = field(default_factory=dict)

    def at(self, step: int) -> int:
        """Which body is served: one after the other, the whole twice over, then the last one."""
        rounds = [0, *range(1, len(self.bodies)), *range(1, len(self.bodies))]
        return rounds[min(step, len(rounds) - 1)]

    @property
    def steps(self) -> int:
        """How many steps it takes to be served twice over."""
        return 2 * len(self.bodies) - 1


def boards(samples: Path, site: str) -> list[Board]:
    """All that can be served, with a beginning in which every second row is not there yet."""
    groups: dict[tuple[str, str], list[Path]] = {}
    for name in sorted(counted(samples)):
        kind = kind_of(name)
        if any(part in name for part in SKIPPED) or DETAIL.search(name) or kind in ELSEWHERE:
            continue
        series = SERIES.match(name)
        groups.setdefault((kind, series[0] if series else kind), []).append(samples / name)
    found = [_board(kind, name.replace("/", "-"), files, site) for (kind, name), files in groups.items()]
    return [board for board in found if board.listed]


def _board(kind: str, name: str, files: Sequence[Path], site: str) -> Board:
    module = plugins.load("sources", kind)
    text = re.sub(r'name = "[^"]*"', f'name = "{name}"', table(kind, f"{site}/{name}"), count=1)
    if kind == "hackernews":
        text += "thread = 1\n"
    given = tomllib.loads(text)["sources"][0]
    options = module.Options(**{key: value for key, value in given.items() if key in module.Options.model_fields})
    request = next(iter(module.first(options, Asking())))
    board = Board(name, kind, text, [])
    for body in [_thinned(files[0].read_bytes()), *(file.read_bytes() for file in files)]:
        try:
            listed = {raw.source_id: raw for raw in module.read(_page(request, body), options).postings}
        except Exception:  # a recording that this kind does not read is none of its boards
            continue
        board.bodies.append(body)
        board.listed.append(listed)
        board.details |= _details(module, kind, options, listed.values())
    return board


def _page(request: Request, body: bytes) -> Page:
    return Page(request, request.url, body, datetime.now(UTC))


# --- a list as it was before ----------------------------------------------------------------------------------------


def _thinned(body: bytes) -> bytes:
    """The list without every second row; as it is, where rows cannot be told from the rest."""
    try:
        said = json.loads(body)
    except ValueError:
        rows = [row[0] for row in _ROW.finditer(body)]
        for row in rows[1::2]:
            body = body.replace(row, b"", 1)
        return body
    longest = max(_lists(said), key=len, default=[])
    del longest[1::2]
    return json.dumps(said).encode()


def _lists(said: Any) -> Iterable[list[Any]]:
    if isinstance(said, list):
        yield said if all(isinstance(one, dict) for one in said) else []
    for one in said.values() if isinstance(said, Mapping) else said if isinstance(said, list) else ():
        yield from _lists(one)


# --- details --------------------------------------------------------------------------------------------------------


def _details(module: Any, kind: str, options: Any, raws: Iterable[RawPosting]) -> dict[str, bytes | None]:
    if not hasattr(module, "detail"):
        return {}
    found: dict[str, bytes | None] = {}
    for raw in raws:
        request = None if raw.detailed else module.detail(raw, options)
        if request is not None:
            path = request.url.split("/", 3)[3]
            found["/" + path] = next((body for body in _said(kind, raw) if _is_read(module, request, body, raw, options)), None)
    return found


def _is_read(module: Any, request: Request, body: bytes, raw: RawPosting, options: Any) -> bool:
    try:
        return bool(module.read_detail(_page(request, body), raw, options).detailed)
    except Exception:
        return False


def _said(kind: str, raw: RawPosting) -> Iterable[bytes]:
    """A page with the structured data of a job; else our own fixture of this kind, made to speak of this posting."""
    words = f"What {raw.title} ({raw.source_id}) is about is said nowhere else: number {raw.source_id} has tasks of its own."
    posting = {"@context": "https://schema.org", "@type": "JobPosting", "title": raw.title, "description": words}
    posting |= {"hiringOrganization": {"@type": "Organization", "name": raw.company or "Acme"}}
    yield f'<html><script type="application/ld+json">{json.dumps(posting)}</script></html>'.encode()
    for file in sorted((FIXTURES / kind).glob("detail.*")):
        try:
            said = json.loads(file.read_bytes())
        except ValueError:
            yield file.read_bytes() + f"<p>{words}</p>".encode()
        else:
            yield json.dumps(_reworded(said, max(_texts(said), key=len, default=""), words, raw.title)).encode()


def _texts(said: Any) -> Iterable[str]:
    if isinstance(said, str):
        yield said
    for one in said.values() if isinstance(said, Mapping) else said if isinstance(said, list) else ():
        yield from _texts(one)


def _reworded(said: Any, longest: str, words: str, title: str) -> Any:
    if isinstance(said, Mapping):
        return {
            key: title if key in ("title", "name") and isinstance(one, str) else _reworded(one, longest, words, title)
            for key, one in said.items()
        }
    if isinstance(said, list):
        return [_reworded(one, longest, words, title) for one in said]
    return words if said == longest else said
