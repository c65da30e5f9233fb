"""Listings, the jobs they speak of, and the keys by which they find each other."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from alerts.model.identity import Fingerprint
from alerts.model.pending import Pending
from alerts.model.posting import Posting
from alerts.store import facets, lookups, statements
from alerts.store.codec import fingerprint_in, fingerprint_out, pending_out, posting_out, stamp
from alerts.store.latest import Latest
from alerts.store.ledger import Ledger
from alerts.store.posting_rows import JobState, Known, Stored, job_state, known_of, readable, stored_of
from alerts.store.search_index import SearchIndex

log = logging.getLogger("alerts")


_ASKED = "(SELECT CAST(value AS INTEGER) FROM json_each(?))"
_OTHERS = "NOT EXISTS (SELECT 1 FROM {0} o WHERE o.job = :into AND {1})"
#: What the job that stays has already stays with the other one.
_MERGED = (
    "UPDATE alerts SET job = :into WHERE job = :other AND "
    + _OTHERS.format("alerts", "o.channel = alerts.channel AND o.key = alerts.key"),
    "UPDATE matches SET job = :into WHERE job = :other AND " + _OTHERS.format("matches", "o.search = matches.search"),
    "UPDATE events SET job = :into WHERE job = :other",
)


class Postings:
    """The tables ``postings``, ``jobs``, ``blocks`` and ``pairs``."""

    def __init__(self, ledger: Ledger, index: SearchIndex) -> None:
        self._ledger, self._index = ledger, index
        self.latest = Latest(ledger)

    # --- what is known -------------------------------------------------------------------------------------------

    def known(self, source: str, ids: Sequence[str]) -> dict[str, Known]:
        """Those of ``ids`` that this source has listed before, in one look-up."""
        return {one.source_id: one for one in self._listed(lookups.KNOWN, source, ids)}

    def contents(self, source: str, ids: Sequence[str]) -> dict[str, str]:
        """Those of ``ids`` of which nothing is outstanding, and the hash of what each said when it was stored."""
        return dict(self._ledger.tuples(lookups.CONTENTS, (json.dumps(list(ids)), source)))

    def gone(self, source: str, ids: Sequence[str]) -> list[Known]:
        """Those of ``ids`` that a listing lacked before, or that are closed."""
        return self._listed(lookups.GONE, source, ids)

    def _listed(self, statement: str, source: str, ids: Sequence[str]) -> list[Known]:
        if not ids:
            return []
        found = self._ledger.rows(statement, (json.dumps(list(ids)), source))
        return [known_of(row) for row in found]

    def open_of(self, source: str) -> list[Known]:
        """Every open posting of a source."""
        rows = self._ledger.rows(f"SELECT {lookups.LISTED} FROM postings p WHERE p.source = ? AND p.closed IS NULL", (source,))
        return [known_of(row) for row in rows]

    def count_open(self, source: str) -> int:
        """How many postings of a source are open."""
        row = self._ledger.row("SELECT count(*) AS open FROM postings WHERE source = ? AND closed IS NULL", (source,))
        return int(row["open"]) if row else 0

    def missed_of(self, source: str) -> list[Known]:
        """The open postings that a listing lacked before."""
        found = f"SELECT {lookups.LISTED} FROM postings p WHERE p.source = ? AND p.closed IS NULL AND p.missed > 0"
        return [known_of(row) for row in self._ledger.rows(found, (source,))]

    def pending_of(self, source: str) -> list[Known]:
        """Open postings whose details are outstanding."""
        rows = self._ledger.rows(
            f"SELECT {lookups.LISTED} FROM postings p WHERE p.source = ? AND p.pending IS NOT NULL AND p.closed IS NULL",
            (source,),
        )
        return [known_of(row) for row in rows]

    def open_by_key(self, source: str, keys: Sequence[str]) -> dict[str, list[Known]]:
        """By key: the open postings of a source that are found by it, the oldest first; in one look-up."""
        if not keys:
            return {}
        found = self._ledger.rows(lookups.OPEN_BY_KEY, (json.dumps(list(keys)), source))
        by_key: dict[str, list[Known]] = {}
        for row in found:
            by_key.setdefault(row["key"], []).append(known_of(row))
        return by_key

    def candidates(self, keys: Sequence[str], most: int = 40) -> dict[str, list[tuple[int, Fingerprint]]]:
        """By key: (job, fingerprint) of at most ``most`` stored postings that share it; in one look-up."""
        if not keys:
            return {}
        found = self._ledger.rows(lookups.CANDIDATES, (json.dumps(list(keys)), most))
        by_key: dict[str, list[tuple[int, Fingerprint]]] = {}
        for row in found:
            try:
                by_key.setdefault(row["key"], []).append((row["job"], fingerprint_in(row["fingerprint"])))
            except (ValueError, TypeError) as error:
                log.warning("a stored posting of job %s cannot be compared (%s)", row["job"], type(error).__name__)
        return by_key

    def get(self, posting: int) -> Stored:
        """One stored posting; raises KeyError."""
        row = self._ledger.row(f"{lookups.WHOLE} WHERE p.id = ?", (posting,))
        if row is None:
            raise KeyError(posting)
        return stored_of(row)

    def many(self, postings: Sequence[int]) -> dict[int, Stored]:
        """Stored postings by number, in one look-up."""
        if not postings:
            return {}
        rows = self._ledger.rows(
            f"{lookups.WHOLE} WHERE p.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))", (json.dumps(list(postings)),)
        )
        return {one.id: one for one in readable(rows)}

    def of_job(self, job: int) -> list[Stored]:
        """The postings of a job, open ones first, the oldest first."""
        return readable(self._ledger.rows(f"{lookups.WHOLE} WHERE p.job = ? ORDER BY p.closed IS NOT NULL, p.id", (job,)))

    def open(self, batch: int = 500) -> Iterator[list[Stored]]:
        """Every open posting, in batches, so that memory does not hold the store."""
        yield from self._batches("p.closed IS NULL", {}, batch)

    def since(self, moment: datetime, batch: int = 500) -> Iterator[list[Stored]]:
        """Every posting first seen since a moment, open or closed, in batches."""
        yield from self._batches("p.first_seen >= :since", {"since": stamp(moment)}, batch)

    def newest(self, most: int) -> list[Stored]:
        """The postings that were added last, oldest of them first."""
        return readable(reversed(self._ledger.rows(f"{lookups.WHOLE} ORDER BY p.id DESC LIMIT :most", {"most": most})))

    def last(self) -> int:
        """The number of the posting that was added last; 0 where there is none."""
        row = self._ledger.row("SELECT max(id) AS n FROM postings")
        return int(row["n"] or 0) if row else 0

    def _batches(self, condition: str, values: dict[str, object], batch: int) -> Iterator[list[Stored]]:
        last = 0
        while rows := self._ledger.rows(
            f"{lookups.WHOLE} WHERE p.id > :last AND {condition} ORDER BY p.id LIMIT :batch",
            values | {"last": last, "batch": batch},
        ):
            last = rows[-1]["id"]
            yield readable(rows)

    def find(self, words: str, keys: Sequence[str]) -> list[Stored]:
        """The postings with this id at their source, or with one of these keys of an address; newest first."""
        rows = self._ledger.rows(
            lookups.FIND,
            {"words": words, "keys": json.dumps(list(keys))},
        )
        return readable(rows)

    def count(self) -> tuple[int, int, int]:
        """(jobs, postings, open postings) in the store."""
        row = self._ledger.row(
            "SELECT (SELECT count(*) FROM jobs WHERE merged IS NULL) AS jobs, count(*) AS postings,"
            " count(*) FILTER (WHERE closed IS NULL) AS open FROM postings"
        )
        return (row["jobs"], row["postings"], row["open"]) if row else (0, 0, 0)

    # --- what is kept --------------------------------------------------------------------------------------------

    def add(
        self,
        posting: Posting,
        fingerprint: Fingerprint,
        blocks: Iterable[str],
        raw: str,
        now: datetime,
        *,
        job: int,
        pending: Pending | None = None,
    ) -> int:
        """A posting seen for the first time; its number."""
        row = {"source": posting.source, "source_id": posting.source_id, "job": job, "raw": raw, "posting": posting_out(posting)}
        row |= {"title": posting.title, "company": posting.company, "text": posting.text, "first_seen": stamp(now)}
        row |= {"fingerprint": fingerprint_out(fingerprint), "pending": pending_out(pending)}
        keys = tuple(blocks)
        with self._ledger.transaction():
            number = self._ledger.add(statements.POSTING, row)
            self._ledger.write(statements.FACETS, facets.row(number, posting))
            self._keep_blocks(number, keys)
            self.latest.added(job, fingerprint, keys)
            self._index.added(number)
        return number

    def replace(
        self, number: int, posting: Posting, fingerprint: Fingerprint, blocks: Iterable[str], raw: str, *, pending: Pending | None
    ) -> None:
        """A posting said something new, perhaps under a new id of its source."""
        values = (posting.source_id, raw, posting_out(posting), posting.title, posting.company, posting.text)
        with self._ledger.transaction():
            self._index.take_out([number])
            self._ledger.write(
                "UPDATE postings SET source_id = ?, raw = ?, posting = ?, title = ?, company = ?, text = ?, fingerprint = ?,"
                " pending = ? WHERE id = ?",
                (*values, fingerprint_out(fingerprint), pending_out(pending), number),
            )
            self._ledger.delete("facets", "posting = ?", (number,))
            self._ledger.write(statements.FACETS, facets.row(number, posting))
            self._ledger.delete("blocks", "posting = ?", (number,))
            self._keep_blocks(number, blocks)
            self.latest.replaced()
            self._index.added(number)

    def delete(self, numbers: Sequence[int]) -> None:
        """Forget listings: their words in the index, their keys, and what their events say of which listing it was."""
        asked = json.dumps(list(numbers))
        with self._ledger.transaction():
            self._index.take_out(numbers)
            self._ledger.write(f"UPDATE events SET posting = NULL WHERE posting IN {_ASKED}", (asked,))
            self._ledger.delete("postings", f"id IN {_ASKED}", (asked,))

    def _keep_blocks(self, number: int, blocks: Iterable[str]) -> None:
        self._ledger.write_many(statements.BLOCK, [(key, number) for key in blocks])

    def keep_presence(self, number: int, missed: int, first_missed: datetime | None, closed: datetime | None) -> None:
        """How a posting stands in the listings of its source."""
        self._ledger.write(
            "UPDATE postings SET missed = ?, first_missed = ?, closed = ? WHERE id = ?",
            (missed, first_missed and stamp(first_missed), closed and stamp(closed), number),
        )

    def keep_tries(self, number: int, tries: int, pending: Pending | None) -> None:
        """How often the details of a posting were asked for in vain; ``pending`` None: never again."""
        self._ledger.write("UPDATE postings SET tries = ?, pending = ? WHERE id = ?", (tries, pending_out(pending), number))

    # --- jobs ----------------------------------------------------------------------------------------------------

    def new_job(self, now: datetime, *, baseline: bool) -> int:
        """A job seen for the first time; its number. ``baseline``: it was there before anybody asked."""
        return self._ledger.add(statements.JOB, {"first_seen": stamp(now), "quiet": int(baseline)})

    def job(self, job: int) -> JobState | None:
        """One job; the one that it was merged into, where it was."""
        row = self._ledger.row("SELECT * FROM jobs WHERE id = ?", (job,))
        if row is None:
            return None
        if row["merged"] is not None:
            return self.job(row["merged"])
        return job_state(row)

    def has_open(self, job: int) -> bool:
        """Can one still apply anywhere?"""
        return self._ledger.row("SELECT 1 FROM postings WHERE job = ? AND closed IS NULL LIMIT 1", (job,)) is not None

    def keep_job(self, job: int, *, closed: datetime | None = None, reposted: bool = False) -> None:
        """Close or open a job, and count a repost."""
        self._ledger.write(
            "UPDATE jobs SET closed = ?, reposts = reposts + ? WHERE id = ?", (closed and stamp(closed), int(reposted), job)
        )

    def pair(self, a: int, b: int, relation: str, evidence: Sequence[str], now: datetime, *, by_user: bool = False) -> None:
        """Two jobs are possibly one, or the user said what they are; the user's word stays."""
        low, high = sorted((a, b))
        self._ledger.write(statements.PAIR, (low, high, relation, int(by_user), json.dumps(list(evidence)), stamp(now)))

    def pairs_of(self, job: int) -> list[tuple[int, str, bool]]:
        """(other job, relation, said by the user) of a job."""
        rows = self._ledger.rows("SELECT a, b, relation, by_user FROM pairs WHERE a = :job OR b = :job", {"job": job})
        return [(row["b"] if row["a"] == job else row["a"], row["relation"], bool(row["by_user"])) for row in rows]

    def merge(self, into: int, other: int) -> None:
        """Make two jobs one; what was told of either counts as told."""
        with self._ledger.transaction():
            self._ledger.write("UPDATE postings SET job = ? WHERE job = ?", (into, other))
            for statement in _MERGED:
                self._ledger.write(statement, {"into": into, "other": other})
            self._ledger.write(
                "UPDATE alerts SET state = 'dropped' WHERE job = ? AND state = 'owed' AND delivery IS NULL", (other,)
            )
            self._ledger.write("UPDATE marks SET subject = ? WHERE of = 'job' AND subject = ?", (str(into), str(other)))
            self._ledger.write("UPDATE jobs SET merged = ?, closed = NULL WHERE id = ?", (into, other))

    def part(self, posting: int, now: datetime) -> int:
        """Make a posting a job of its own, known already, so that parting tells nothing; the new job."""
        with self._ledger.transaction():
            job = self.new_job(now, baseline=True)
            old = self.get(posting).job
            self._ledger.write(statements.PARTED_MATCHES, (job, old))
            self._ledger.write("UPDATE postings SET job = ? WHERE id = ?", (job, posting))
        return job
