"""More alerts than a person wants at once: those that a digest only counts, and those held until the operator answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alerts.model.search import Reason
from alerts.store.codec import reasons_out, stamp, time_of
from alerts.store.ledger import Ledger
from alerts.store.outbox import ALERT_DUE, times

#: Rows that one transaction changes, so that none holds up a poll.
PORTION = 200
#: The newest deliveries, among which those of the last hour are looked for.
RECENT = 2_000
#: More than there are.
ALL = 2**62
#: source | search | channel, and its key or name.
Scope = tuple[str, str]
_SOURCE = "coalesce((SELECT p.source FROM postings p WHERE p.job = a.job ORDER BY p.id LIMIT 1), '')"
_SCOPES = "CASE WHEN json_valid(d.batch) THEN json_extract(d.batch, '$.scopes') END"
_NEW = "d.rowid > (SELECT max(rowid) FROM deliveries) - :recent AND d.channel = :channel AND d.created BETWEEN :since AND :until"


@dataclass(frozen=True, slots=True)
class DueAlert:
    """As much of an alert as is needed to see whether there are too many."""

    id: str
    job: int
    search: str
    source: str


@dataclass(frozen=True, slots=True)
class Recent:
    """What a channel was given lately, by scope."""

    #: Alerts told one by one.
    told: Mapping[Scope, int] = field(default_factory=dict)
    #: When there was a digest.
    digests: Mapping[Scope, datetime] = field(default_factory=dict)
    #: The delivery in which alerts are held.
    held: Mapping[Scope, str] = field(default_factory=dict)


class Floods:
    """The tables ``alerts`` and ``deliveries``, as far as there are many of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def due(self, channel: str, now: datetime) -> list[DueAlert]:
        """Alerts of a channel that are due and in no delivery yet, best first."""
        rows = self._ledger.rows(
            f"SELECT a.id, a.job, a.search, {_SOURCE} AS source FROM alerts a"
            f" WHERE channel = :channel AND {ALERT_DUE} ORDER BY score DESC, at, id",
            {"channel": channel, **times(now)},
        )
        return [DueAlert(row["id"], row["job"], row["search"], row["source"]) for row in rows]

    def recent(self, channel: str, since: datetime, until: datetime) -> Recent:
        """What a channel was given; a clock that ran ahead wrote times after ``until``."""
        values = {"channel": channel, "since": stamp(since), "until": stamp(until), "recent": RECENT}
        told: dict[Scope, int] = {}
        for row in self._ledger.rows(
            f"SELECT a.search, {_SOURCE} AS source, count(*) AS n FROM deliveries d JOIN alerts a ON a.delivery = d.id"
            f" WHERE {_NEW} AND d.state IN ('waiting', 'sent') AND {_SCOPES} IS NULL GROUP BY 1, 2",
            values,
        ):
            for scope in (("search", row["search"]), ("source", row["source"]), ("channel", channel)):
                told[scope] = told.get(scope, 0) + row["n"]
        digests: dict[Scope, datetime] = {}
        held: dict[Scope, str] = {}
        for row in self._ledger.rows(
            f"SELECT d.id, d.created, d.state, {_SCOPES} AS scopes FROM deliveries d WHERE {_NEW} AND {_SCOPES} IS NOT NULL"
            " AND d.state IN ('waiting', 'sent', 'held') AND json_extract(d.batch, '$.released') IS NULL ORDER BY d.rowid",
            values,
        ):
            for kind, name in json.loads(row["scopes"]):
                if row["state"] == "held":
                    held[kind, name] = row["id"]
                else:
                    digests[kind, name] = time_of(row["created"])
        return Recent(told, digests, held)

    # --- digests -------------------------------------------------------------------------------------------------

    def count_in(self, delivery: str, alerts: Sequence[str]) -> None:
        """Alerts that a digest counts without showing them."""
        for portion in _portions(alerts):
            self._ledger.write(
                "UPDATE alerts SET state = 'counted', delivery = ?"
                " WHERE state = 'owed' AND id IN (SELECT value FROM json_each(?))",
                (delivery, portion),
            )

    def postpone(self, alerts: Sequence[str], due: datetime) -> None:
        """Alerts that shall wait until a later moment."""
        for portion in _portions(alerts):
            self._ledger.write("UPDATE alerts SET due = ? WHERE id IN (SELECT value FROM json_each(?))", (stamp(due), portion))

    # --- held ----------------------------------------------------------------------------------------------------

    def hold(self, delivery: str, channel: str, now: datetime, batch: Mapping[str, object]) -> None:
        """A delivery that waits for the operator's word."""
        row = {"id": delivery, "channel": channel, "created": stamp(now), "due": stamp(now), "batch": json.dumps(dict(batch))}
        self._ledger.insert("deliveries", row | {"state": "held"})

    def move(self, delivery: str, alerts: Sequence[str]) -> None:
        """Put alerts into a delivery, some at a time: what is not yet in it is simply due again."""
        for portion in _portions(alerts):
            self._ledger.write(
                "UPDATE alerts SET delivery = ? WHERE state = 'owed' AND id IN (SELECT value FROM json_each(?))",
                (delivery, portion),
            )

    def held(self) -> list[tuple[str, str, int, str]]:
        """(delivery, channel, alerts, heading) of all that waits for the operator's word."""
        rows = self._ledger.rows(
            "SELECT d.id, d.channel, count(a.id) AS n, CASE WHEN json_valid(d.batch) THEN json_extract(d.batch, '$.heading') END"
            " AS heading FROM deliveries d LEFT JOIN alerts a ON a.delivery = d.id AND a.state = 'owed'"
            " WHERE d.state = 'held' GROUP BY d.id ORDER BY d.rowid"
        )
        return [(row["id"], row["channel"], row["n"], row["heading"] or "") for row in rows]

    def owed_in(self, delivery: str, most: int = ALL, skip: int = 0) -> list[str]:
        """The alerts that a delivery owes, best first."""
        rows = self._ledger.rows(
            "SELECT id FROM alerts WHERE delivery = ? AND state = 'owed' ORDER BY score DESC, at, id LIMIT ? OFFSET ?",
            (delivery, most, skip),
        )
        return [row["id"] for row in rows]

    def give_up(self, alerts: Sequence[str], why: Reason | None = None) -> None:
        """Alerts that the operator does not want."""
        for portion in _portions(alerts):
            self._ledger.write(
                "UPDATE alerts SET state = 'dropped', reasons = coalesce(?, reasons)"
                " WHERE state IN ('owed', 'dead', 'counted') AND id IN (SELECT value FROM json_each(?))",
                (reasons_out([why]) if why else None, portion),
            )

    def release(self, delivery: str, now: datetime) -> bool:
        """The operator's word is there: all that the delivery still owes is to be told."""
        done = self._ledger.write(
            "UPDATE deliveries SET state = 'waiting', due = ?, batch = json_set(batch, '$.released', 1)"
            " WHERE id = ? AND state = 'held'",
            (stamp(now), delivery),
        )
        return done == 1

    def go_on_later(self, delivery: str, now: datetime) -> None:
        """A released delivery gave some of its alerts to messages; those go out before the next ones are made."""
        self._ledger.write(
            "UPDATE deliveries SET lease = NULL, attempts = 0, created = ? WHERE id = ?",
            (stamp(now + timedelta(seconds=1)), delivery),
        )


def _portions(alerts: Sequence[str]) -> Iterator[str]:
    """The ids as JSON lists, each for one transaction."""
    for start in range(0, len(alerts), PORTION):
        yield json.dumps(list(alerts[start : start + PORTION]))
