"""The table of occupations: which forms one has, and which words end compounds in their language.

The table (``data/occupations.txt``) is kept as it stands in the file, cut by the first letter (all forms of one begin alike), and
searched there: it costs its own size and no parsing.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

#: The least letters before the head of a compound; before a short head more (college is no lege); Korean syllables say more.
FRONT, FRONT_OF_SHORT, KOREAN_FRONT = 3, 4, 2
#: Heads of so many letters are short.
SHORT = 4


class Forms(NamedTuple):
    """The forms of one occupation; do they end longer words?"""

    words: tuple[str, ...]
    heads: bool


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[Forms, ...]:
    """The occupations, of any language, of which the folded word is a form."""
    found = []
    table, wanted = table_of(word[:1]), word.encode()
    at = table.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if table[at - 1 : at] == b" " == table[end : end + 1]:
            start, end = table.rfind(b"\n", 0, at) + 1, table.find(b"\n", at)
            mark, *said = table[start:end].decode().split()
            found.append(Forms(tuple(said), mark == "+"))
        at = table.find(wanted, end)
    return tuple(found)


@lru_cache(maxsize=50_000)
def is_compound(word: str, head: str) -> bool:
    """Is the head the last part of the word? ``Projektleiter`` of *leiter*; not ``Begleiter``, nor ``Verkäufer`` of *käufer*."""
    front = word[: -len(head)]
    if not word.endswith(head) or not front.isalpha():
        return False
    if "\uac00" <= head[:1] <= "\ud7a3":
        return len(front) >= KOREAN_FRONT
    least = FRONT_OF_SHORT if len(head) <= SHORT else FRONT
    return len(front) >= least and front not in rules().verbal and word not in rules().not_compounds and not _longer(word, head)


def _longer(word: str, head: str) -> bool:
    """Is the last part a longer head, another than this (``Sachbearbeiter``: *bearbeiter*, no *arbeiter*)?"""
    for start in range(len(word) - len(head)):
        if 0 < start < FRONT:
            continue
        others = [found.words for found in forms(word[start:]) if found.heads]
        if others:
            return not any(head in said for said in others)
    return False


def split(word: str) -> tuple[str, tuple[str, ...]] | None:
    """A compound as what stands before its head, and the head's forms; None where no head is known."""
    for start in range(FRONT, len(word) - 3):
        head = word[start:]
        said = [form for found in forms(head) if found.heads for form in found.words]
        if said and is_compound(word, head):
            return word[:start], tuple(dict.fromkeys(said))
    return None


class Rules(NamedTuple):
    """The lists of ``data/endings.toml``."""

    endings: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]
    not_compounds: frozenset[str]
    verbal: frozenset[str]
    apart: frozenset[str]


@cache
def rules() -> Rules:
    """Endings, links and exceptions."""
    said = tomllib.loads(files("alerts.match").joinpath("data/endings.toml").read_text("utf-8"))
    endings = tuple(tuple(group) for group in said["endings"])
    return Rules(
        endings, tuple(said["links"]), frozenset(said["not_compounds"]), frozenset(said["verbal"]), frozenset(said["apart"])
    )


def table_of(letter: str) -> bytes:
    """The lines whose words begin with the letter."""
    return _table().get(letter, b"")


@cache
def _table() -> dict[str, bytes]:
    lines = files("alerts.match").joinpath("data/occupations.txt").read_text("utf-8").splitlines(keepends=True)
    return {letter: "".join(some).encode() for letter, some in groupby(lines[1:], key=lambda line: line[2])}
