"""What is known of each source, and which are due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alerts.model.plan import Source
from alerts.store import statements
from alerts.store.codec import moment, stamp, time_of
from alerts.store.ledger import Ledger, Row

#: A source that was last tried so far in the future was so before the clock was set back; it is due now. Whatever sets
#: ``due`` sets ``tried`` by the same clock: it may have been set between the claim and the end of a poll.
AHEAD = timedelta(seconds=5)
#: A lease further away than this was written by a clock that ran ahead.
FURTHEST = timedelta(days=2)
#: A pause further away than this was written by a clock that ran ahead.
LONGEST_PAUSE = timedelta(days=60)
_RESTS = "(paused > :now AND paused <= :longest)"
_DUE = f"((due <= :now OR coalesce(tried, due) > :ahead) AND {_RESTS} IS NOT TRUE)"
_NEXT = f"CASE WHEN {_RESTS} THEN max(due, paused) ELSE due END"
#: A parameter that may be missing has its type said: PostgreSQL cannot see it.
_LISTED = "CAST(:listed AS INTEGER)"
#: The columns of ``validators`` that say what a request brought.
_VOUCHERS = ("etag", "last_modified", "body", "entries")
_FREE = "(lease IS NULL OR lease <= :now OR lease > :furthest)"


@dataclass(frozen=True, slots=True)
class SourceState:
    """One row of ``sources``."""

    key: str
    name: str
    kind: str
    first_read: datetime | None
    due: datetime
    tried: datetime | None
    read: datetime | None
    changed: datetime | None
    failures: int
    failing_since: datetime | None
    error: str | None
    listed: int | None
    dropped: int | None
    typical: float | None
    interval: float | None
    requests: int
    saved: int
    trouble: str | None
    #: The last reading with a body, and how many answers came without one since.
    whole: datetime | None
    unverified: int
    #: Since when no try reached anybody.
    unreachable: datetime | None
    #: A person wants it not to be read until then.
    paused: datetime | None = None
    #: It stands in the configuration.
    configured: bool = True

    def rests(self, now: datetime) -> datetime | None:
        """Until when a person wants it to rest."""
        return self.paused if self.paused and now < self.paused <= now + LONGEST_PAUSE else None


class Sources:
    """The table ``sources`` and the validators of each."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def configure(self, sources: Sequence[Source], now: datetime) -> None:
        """Make the table say what the configuration says; what is new is due at once."""
        with self._ledger.transaction():
            self._ledger.write("UPDATE sources SET configured = 0")
            self._ledger.write_many(statements.SOURCE, [(one.key, one.name, one.kind, stamp(now)) for one in sources])

    def due(self, now: datetime, limit: int = 500) -> list[str]:
        """The sources that could be claimed now, the longest waiting first."""
        found = self._ledger.rows(
            f"SELECT key FROM sources WHERE configured = 1 AND {_DUE} AND {_FREE} ORDER BY due LIMIT :limit",
            {**_times(now), "limit": limit},
        )
        return [str(row["key"]) for row in found]

    def due_times(self, now: datetime) -> dict[str, datetime]:
        """When each configured source is due next: now where the clock was set back since it was tried."""
        rows = self._ledger.rows(f"SELECT key, {_NEXT} AS due, {_DUE} AS is_due FROM sources WHERE configured = 1", _times(now))
        return {row["key"]: min(time_of(row["due"]), now) if row["is_due"] else time_of(row["due"]) for row in rows}

    def due_at(self, key: str, now: datetime) -> datetime:
        """When one source is due next."""
        row = self._ledger.row(
            f"SELECT {_NEXT} AS due, {_DUE} AS is_due FROM sources WHERE key = :key", {**_times(now), "key": key}
        )
        return now if row is None or row["is_due"] else time_of(row["due"])

    def claim_due(
        self, now: datetime, lease: timedelta, limit: int, keys: Sequence[str] | None = None, *, ours: str | None = None
    ) -> list[str]:
        """Take up to ``limit`` due sources (or the named ones, due or not) until the lease runs out.

        ``ours``: that source only, if it is due; a lease that stands there is of a try of this process that came to no end.
        """
        # A claim that a power cut takes back costs one more request.
        with self._ledger.transaction(lasting=False):
            due = _DUE if keys is None else "key IN (SELECT value FROM json_each(:keys))"
            free = _FREE if ours is None else "key = :ours"
            found = self._ledger.rows(
                f"SELECT key FROM sources WHERE configured = 1 AND {due} AND {free} ORDER BY due LIMIT :limit",
                {**_times(now), "keys": json.dumps(keys), "limit": limit, "ours": ours},
            )
            claimed = [str(row["key"]) for row in found]
            for key in claimed:
                # Due until its end is written: the time that stood there may be one of a clock that was ahead.
                self._ledger.write(
                    "UPDATE sources SET lease = :lease, tried = :now, due = min(due, :now) WHERE key = :key",
                    {"lease": stamp(now + lease), "now": stamp(now), "key": key},
                )
        return claimed

    def release_all(self) -> None:
        """Forget the leases of a process that is no more: only the one writer may call this, at its start."""
        self._ledger.write("UPDATE sources SET lease = NULL WHERE lease IS NOT NULL")

    def state(self, key: str) -> SourceState:
        """What is known of one source."""
        row = self._ledger.row("SELECT * FROM sources WHERE key = ?", (key,))
        if row is None:
            raise KeyError(key)
        return _state(row)

    def states(self) -> list[SourceState]:
        """What is known of all configured sources, by name."""
        return [_state(row) for row in self._ledger.rows("SELECT * FROM sources WHERE configured = 1 ORDER BY name")]

    def all(self) -> list[SourceState]:
        """What is known of all sources that were ever configured, by name; of those that are no longer, it is old."""
        return [_state(row) for row in self._ledger.rows("SELECT * FROM sources ORDER BY name")]

    def names(self) -> dict[str, str]:
        """The name of every source ever configured, by key."""
        return dict(self._ledger.tuples("SELECT key, name FROM sources"))

    def names_of(self, keys: Iterable[str]) -> dict[str, str]:
        """As :meth:`names`, of these alone."""
        asked = json.dumps(sorted(set(keys)))
        return dict(self._ledger.tuples("SELECT key, name FROM sources WHERE key IN (SELECT value FROM json_each(?))", (asked,)))

    def keep_good(
        self,
        key: str,
        now: datetime,
        due: datetime,
        *,
        changed: bool,
        listed: int | None,
        requests: int,
        saved: int,
        unproved: bool = False,
        interval: float | None = None,
    ) -> None:
        """A reading was good: what it cost and brought, and when the next one is due.

        ``listed``: if it was complete. ``unproved``: it was only called unchanged, without a body. ``interval``: the learned
        one, in seconds.
        """
        self._ledger.write(
            "UPDATE sources SET lease = NULL, tried = :now, due = :due, read = :now,"
            " first_read = coalesce(first_read, :now), failures = 0, failing_since = NULL, error = NULL, unreachable = NULL,"
            " changed = CASE WHEN :changed = 1 THEN :now ELSE coalesce(changed, :now) END,"
            f" typical = CASE WHEN {_LISTED} IS NULL THEN typical ELSE coalesce(typical * 0.8 + {_LISTED} * 0.2, {_LISTED}) END,"
            f" listed = coalesce({_LISTED}, listed), requests = requests + :requests, saved = saved + :saved,"
            " whole = CASE WHEN :unproved = 1 THEN whole ELSE :now END,"
            " unverified = CASE WHEN :unproved = 1 THEN unverified + 1 ELSE 0 END,"
            " interval = coalesce(:interval, interval) WHERE key = :key",
            {"key": key, "now": stamp(now), "due": stamp(due), "changed": changed, "listed": listed}
            | {"requests": requests, "saved": saved, "unproved": unproved}
            | {"interval": interval},
        )

    def keep_bad(self, key: str, now: datetime, due: datetime, error: str, *, unreachable: bool = False) -> None:
        """A reading failed; nothing else of the source is touched. ``unreachable``: nobody answered."""
        self._ledger.write(
            "UPDATE sources SET lease = NULL, tried = :now, due = :due, failures = failures + 1, error = :error,"
            " unreachable = CASE WHEN :unreachable = 1 THEN coalesce(unreachable, :now) END,"
            " failing_since = coalesce(failing_since, unreachable, :now) WHERE key = :key",
            {"key": key, "now": stamp(now), "due": stamp(due), "error": error[:500], "unreachable": unreachable},
        )

    def keep_offline(self, key: str, now: datetime, due: datetime, error: str) -> None:
        """Nobody was reached, and nothing speaks for its being the fault of this source: no failure of it is counted."""
        self._ledger.write(
            "UPDATE sources SET lease = NULL, tried = :now, due = :due, error = :error, unreachable = coalesce(unreachable, :now)"
            " WHERE key = :key",
            {"key": key, "now": stamp(now), "due": stamp(due), "error": error[:500]},
        )

    def reached_since(self, moment: datetime, but_not: str) -> bool | None:
        """Did any other source get an answer since a moment? None where there is no other source."""
        row = self._ledger.row(
            "SELECT count(*) AS others,"
            " count(*) FILTER (WHERE unreachable IS NULL AND lease IS NULL AND tried >= :since) AS reached"
            " FROM sources WHERE configured = 1 AND key <> :key",
            {"since": stamp(moment), "key": but_not},
        )
        return bool(row["reached"]) if row and row["others"] else None

    def hasten_unreachable(self, now: datetime) -> None:
        """The network is back: what could not be reached is due at once."""
        self._ledger.write(
            "UPDATE sources SET due = :now WHERE configured = 1 AND unreachable IS NOT NULL AND due > :now", {"now": stamp(now)}
        )

    def hasten(self, key: str, now: datetime) -> bool:
        """A person wants it to be read now, whatever pause it has. False where it is not configured."""
        sql = "UPDATE sources SET due = min(due, :now), paused = NULL WHERE key = :key AND configured = 1"
        return self._ledger.write(sql, {"key": key, "now": stamp(now)}) == 1

    def pause(self, key: str, until: datetime | None) -> bool:
        """A person wants it to rest until a moment; None: it goes on. False where it is not configured."""
        sql = "UPDATE sources SET paused = ? WHERE key = ? AND configured = 1"
        return self._ledger.write(sql, (until and stamp(until), key)) == 1

    def keep_drop(self, key: str, dropped: int | None) -> None:
        """Remember a sharply smaller listing until it repeats; None when it is over."""
        self._ledger.write("UPDATE sources SET dropped = ? WHERE key = ? AND dropped IS NOT ?", (dropped, key, dropped))

    def keep_trouble(self, key: str, trouble: str | None) -> None:
        """Remember what the operator was told of this source, until it is over."""
        self._ledger.write("UPDATE sources SET trouble = ? WHERE key = ?", (trouble, key))

    def validators(self, key: str) -> dict[str, dict[str, str]]:
        """By request: etag, last_modified, the hash of the body and those of its entries, as far as known."""
        found = self._ledger.rows("SELECT * FROM validators WHERE source = ?", (key,))
        return {row["request"]: {name: row[name] for name in _VOUCHERS if row[name] is not None} for row in found}

    def keep_validators(self, key: str, validators: Mapping[str, Mapping[str, str]]) -> None:
        """Replace the validators of a source; only ever together with what they vouch for."""
        with self._ledger.transaction():
            self._ledger.delete("validators", "source = ?", (key,))
            said = [(key, request, *(values.get(name) for name in _VOUCHERS)) for request, values in validators.items()]
            self._ledger.write_many(statements.VALIDATORS, said)


def _times(now: datetime) -> dict[str, str]:
    times = {"now": now, "ahead": now + AHEAD, "furthest": now + FURTHEST, "longest": now + LONGEST_PAUSE}
    return {name: stamp(moment) for name, moment in times.items()}


def _state(row: Row) -> SourceState:
    times: dict[str, Any] = {name: moment(row[name]) for name in ("first_read", "tried", "read", "changed", "failing_since")}
    times |= {name: moment(row[name]) for name in ("whole", "unreachable", "paused")}
    plain = {name: row[name] for name in ("key", "name", "kind", "failures", "error", "listed", "dropped", "typical")}
    rest = {name: row[name] for name in ("interval", "requests", "saved", "trouble", "unverified")}
    return SourceState(**plain, **rest, **times, due=time_of(row["due"]), configured=bool(row["configured"]))
