"""The index of the words of postings: kept in the transactions that store them, and asked in a person's words."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.model.errors import StoreError
from alerts.store import statements
from alerts.store.ledger import Ledger

#: Postings of an older file that are brought in at once: a second's work.
PORTION = 1_000
#: Words of a question that count; more would only make it slow.
_MOST_WORDS = 32
_LARGEST = 2**63 - 1
FOUND = (
    "SELECT p.id, p.job FROM postings_fts f JOIN postings p ON p.id = f.rowid"
    " WHERE postings_fts MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored listing in which the words stand, and its job."""

    posting: int
    job: int


class SearchIndex:
    """The virtual table ``postings_fts``.

    New words go in at the end of each transaction, all postings of it at once: FTS5 writes out what it gathered at every
    savepoint, and the library sets one for each query.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._added: set[int] = set()
        ledger.at_the_end(self._write, self._added.clear)

    def added(self, number: int) -> None:
        """A posting was stored with new words; call it in that transaction."""
        self._added.add(number)

    def take_out(self, numbers: Sequence[int]) -> None:
        """Postings are about to lose the words that they have; call it in that transaction."""
        there = [number for number in numbers if number not in self._added]
        self._added.difference_update(numbers)
        self._ledger.write(statements.UNINDEXED, (json.dumps(there),))

    def catch_up(self, most: int = PORTION) -> int:
        """Bring in postings that were stored before there was an index; how many."""
        sql = "SELECT id FROM postings WHERE title IS NULL ORDER BY id LIMIT ?"
        if not (found := [row["id"] for row in self._ledger.rows(sql, (most,))]):
            return 0
        with self._ledger.transaction():
            self._ledger.write(
                "UPDATE postings SET title = CASE WHEN json_valid(posting) THEN coalesce(json_extract(posting, '$.title'), '')"
                " ELSE '' END, company = CASE WHEN json_valid(posting) THEN json_extract(posting, '$.company') END"
                " WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
                (json.dumps(found),),
            )
            self._added.update(found)
        return len(found)

    def search(self, words: str, limit: int = 50, before: int | None = None) -> list[Hit]:
        """Listings in which all words stand (title, company or text; in any form), the newest first."""
        question = " ".join(f'"{word}"' for word in _words(words)[:_MOST_WORDS])
        if not question:
            return []
        try:
            rows = self._ledger.rows(
                FOUND,
                (question, _LARGEST if before is None else before, limit),
            )
        except StoreError as error:
            if "fts5: " in str(error):  # a character that SQLite's older tables take for no letter: no posting has it in a word
                return []
            raise
        return [Hit(row["id"], row["job"]) for row in rows]

    def _write(self) -> None:
        if self._added:
            self._ledger.write(statements.INDEXED, (json.dumps(list(self._added)),))
            self._added.clear()


def _words(text: str) -> list[str]:
    """The words as FTS5 parts them: letters, numbers and the marks on them; nothing else can be asked for."""
    parted = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in text)
    return list(dict.fromkeys(parted.split()))
