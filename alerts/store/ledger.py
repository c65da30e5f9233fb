"""What every table of the store is read and written through, whichever engine is below: the contract of both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from alerts.store.waiting import PATIENCE

__all__ = ["PATIENCE", "Ledger", "Row", "Values"]

Row = dict[str, Any]
Values = Sequence[object] | dict[str, Any]


class Ledger(ABC):
    """Rows in, rows out, and transactions; shared by threads. Statements are written as SQLite reads them."""

    #: Seconds to wait for another program.
    patience: float

    def __init__(self) -> None:
        self._before_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []

    def at_the_end(self, commit: Callable[[], None], rollback: Callable[[], None]) -> None:
        """Call ``commit`` as the last part of every transaction, ``rollback`` after one that came to nothing."""
        self._before_commit.append(commit)
        self._after_rollback.append(rollback)

    @abstractmethod
    def transaction(self, patience: float | None = None, *, lasting: bool = True) -> AbstractContextManager[None]:
        """All or nothing, and no other program writes meanwhile; nested ones are part of the outer one.

        Raises StoreError when the disk says no. What is not ``lasting`` outlives the process, but not a power cut, until a
        lasting one follows: the disk is not waited for. For what costs no more than being asked again.
        """

    @abstractmethod
    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query, read at once so that no lock stays behind. Raises StoreError."""

    @abstractmethod
    def tuples(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """As ``rows``, for thousands at once: making a dict of each costs more than reading them."""

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @abstractmethod
    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """One new row; its number, where it has one."""

    @abstractmethod
    def insert_all(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Many new rows."""

    @abstractmethod
    def upsert(self, table: str, row: Mapping[str, object], key: str) -> None:
        """A new row, or new values for the one with this key."""

    @abstractmethod
    def delete(self, table: str, where: str, values: Values) -> int:
        """Delete the rows that fulfil a condition; how many."""

    @abstractmethod
    def write(self, sql: str, values: Values = ()) -> int:
        """One statement, in a transaction of its own unless one is open; the number of rows that it touched."""

    @abstractmethod
    def add(self, sql: str, values: Values) -> int:
        """One new row by a statement of ``statements.py``; its number."""

    @abstractmethod
    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """A statement of ``statements.py`` for each row."""

    @abstractmethod
    def unreferenced(self) -> AbstractContextManager[None]:
        """A transaction in which rows may be taken out and put back under the same number, and nothing follows them."""

    @abstractmethod
    def repack(self, table: str, where: str, values: Values) -> None:
        """Rows became shorter: join what they left free, where the engine does not do so by itself."""

    @abstractmethod
    def overwriting(self) -> AbstractContextManager[None]:
        """What is deleted meanwhile leaves nothing behind that could be read, as far as the engine can see to it."""

    @abstractmethod
    def overwritten(self) -> bool:
        """Is what was deleted gone also from the log of the database? Tries to make it so."""

    @abstractmethod
    def close(self) -> None:
        """Give the database back."""
