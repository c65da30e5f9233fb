"""Which searches were run, and what they matched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from alerts.model.search import Match, Reason
from alerts.store import statements
from alerts.store.codec import reasons_out, stamp
from alerts.store.ledger import Ledger


class Searches:
    """The tables ``searches`` and ``matches``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def digests(self) -> dict[str, str]:
        """By name: the digest of what each search asked for when it was last run over the store."""
        return {row["name"]: row["digest"] for row in self._ledger.rows("SELECT name, digest FROM searches")}

    def keep(self, name: str, digest: str, now: datetime) -> None:
        """A search was run over what is stored."""
        self._ledger.write(statements.SEARCH, (name, digest, stamp(now)))

    def keep_match(self, search: str, job: int, at: datetime, reasons: Sequence[Reason], score: float) -> None:
        """A search wants a job; the first time stays, the reasons are the newest."""
        self._ledger.write(statements.MATCH, (search, job, stamp(at), reasons_out(reasons), score))

    def keep_matches(self, job: int, at: datetime, matches: Iterable[tuple[str, Match]]) -> None:
        """As :meth:`keep_match`, for all searches that want a job at once."""
        moment = stamp(at)
        rows = [(search, job, moment, reasons_out(match.reasons), match.score) for search, match in matches]
        self._ledger.write_many(statements.MATCH, rows)

    def matched(self, job: int) -> set[str]:
        """The searches that want, or wanted, a job."""
        return {row["search"] for row in self._ledger.rows("SELECT search FROM matches WHERE job = ?", (job,))}

    def matches_of(self, sources: Sequence[str]) -> list[tuple[str, int]]:
        """(search, job) of the open postings of these sources."""
        rows = self._ledger.rows(
            "SELECT DISTINCT m.search, m.job FROM postings p JOIN matches m ON m.job = p.job"
            " WHERE p.source IN (SELECT value FROM json_each(?)) AND p.closed IS NULL",
            (json.dumps(list(sources)),),
        )
        return [(row["search"], row["job"]) for row in rows]

    def counts(self, since: datetime) -> dict[str, int]:
        """How many jobs each search matched since."""
        rows = self._ledger.rows("SELECT search, count(*) AS n FROM matches WHERE at >= ? GROUP BY search", (stamp(since),))
        return {row["search"]: row["n"] for row in rows}
