"""What lists said of postings that changed, while the details of that are outstanding."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.model.posting import Posting
from alerts.store import statements
from alerts.store.codec import posting_in, posting_out, stamp, time_of
from alerts.store.ledger import Ledger

log = logging.getLogger("alerts")


@dataclass(frozen=True, slots=True)
class Said:
    """What a list said of one posting."""

    #: Hash of the list's entry.
    raw: str
    posting: Posting
    #: Since when the details of it are outstanding.
    since: datetime


class Listed:
    """The table ``listed``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def keep(self, number: int, raw: str, posting: Posting, now: datetime) -> None:
        """The list's words of now; those of before are over, but not the waiting."""
        self._ledger.write(
            statements.LISTED,
            (number, raw, posting_out(posting), posting.text, stamp(now)),
        )

    def of(self, numbers: Sequence[int]) -> dict[int, Said]:
        """What was said of those postings; a row that cannot be read is as good as none."""
        rows = self._ledger.rows(
            "SELECT * FROM listed WHERE posting IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        found: dict[int, Said] = {}
        for row in rows:
            try:
                found[row["posting"]] = Said(row["raw"], posting_in(row["said"], row["text"]), time_of(row["since"]))
            except (ValueError, TypeError, KeyError) as error:
                log.error("what a list said of posting %s cannot be read: %s", row["posting"], str(error).splitlines()[0])
        return found

    def forget(self, number: int) -> None:
        """The details came, or are given up."""
        self._ledger.delete("listed", "posting = ?", (number,))
