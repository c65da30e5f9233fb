"""What a text must say: single words, phrases, words that stand together, and choices between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: How far apart the words of an entry may stand in a long text, counted as words that stand between them.
NEAR = 8
#: Entries with the words of an entry: near in a long text, anywhere in a short field (title, company, tag).
LOOSE = -1

Kind = Literal["form", "exact", "prefix", "head", "name"]
#: Fields that have words. ``any`` is title, tags or text.
FIELDS = ("title", "tags", "text", "company")
ANY = ("title", "tags", "text")


@dataclass(frozen=True, slots=True)
class Term:
    """One folded word: any form of it, exactly it, whatever begins with it, it and compounds that end
    with it (``head``), it where it is a name (``name``)."""

    word: str
    kind: Kind = "form"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow one another."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """All parts in any order. ``slop``: words that may stand between them; None: anywhere; ``LOOSE``: see there."""

    parts: tuple[Expression, ...]
    slop: int | None = LOOSE


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = Term | Phrase | Together | Either


def terms(expression: Expression) -> set[Term]:
    """Every word that the expression speaks of."""
    if isinstance(expression, Term):
        return {expression}
    return {term for part in expression.parts for term in terms(part)}


def words_in_order(text: str) -> str:
    """For messages: the text on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"
