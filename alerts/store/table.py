"""A table as both engines see it, and what a move asks of either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

#: Values in the order of the columns.
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in an order that both engines keep, and which of them hold numbers with a fraction."""

    name: str
    columns: tuple[str, ...]
    fractions: frozenset[str]


class End(Protocol):
    """One side of a move."""

    def tables(self) -> list[Table]:
        """The tables of ours, without the index of words."""

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row of a table, in its columns' order."""


class Target(End, Protocol):
    """The side that is written."""

    def fill(self, table: Table, rows: Iterator[Row]) -> None:
        """Put rows into an empty table."""

    def finish(self) -> None:
        """The numbers go on where the last one ended, and the words of postings are indexed."""
