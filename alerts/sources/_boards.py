"""Known boards by the employer's name, for ``add "Company name"``.

The list (``alerts/sources/data/boards.tsv.gz``: kind, company, address without ``https://``) was built in November 2026 by
``benchmarks/build_boards.py`` from the registry github.com/shivavvs7/ats-scrapers (MIT licence); only facts were taken. A
board may have moved or closed since: look at what it answers before it is added.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Board:
    """One employer's board at one system."""

    company: str
    kind: str
    address: str


def find(name: str, limit: int = 10) -> list[Board]:
    """Boards of employers of that name, the likeliest first: the same name, then names that begin so, then all its words.

    Case, accents and signs do not matter, and "data dog" is "Datadog". An employer may have several boards.
    """
    words = folded(name).split()
    if not words:
        return []
    ranked = ((_rank(words, board), board) for board in known())
    found = [(rank, len(board.company), board.company.casefold(), board) for rank, board in ranked if rank is not None]
    return [board for _, _, _, board in sorted(found, key=lambda each: each[:3])][:limit]


def known() -> Iterator[Board]:
    """All boards of the list."""
    packed = (files("alerts.sources") / "data" / "boards.tsv.gz").read_bytes()
    for said in gzip.decompress(packed).decode().rstrip("\n").split("\n"):
        kind, company, address = said.split("\t")
        yield Board(company, kind, f"https://{address}")


def folded(name: str) -> str:
    """A name in small letters without accents, its words apart by one space."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain))


def _rank(words: list[str], board: Board) -> int | None:
    """0: the same name. 1: begins so. 2: has all the words. None: another."""
    theirs = folded(board.company)
    joined, mine = theirs.replace(" ", ""), "".join(words)
    if joined == mine:
        return 0
    if theirs.startswith(" ".join(words)) or (len(mine) > 3 and joined.startswith(mine)):
        return 1
    return 2 if set(words) <= set(theirs.split()) else None
