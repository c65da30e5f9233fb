"""Alerts owed, and the deliveries that carry them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from alerts.model.search import Reason
from alerts.store import statements
from alerts.store.channels import Channels
from alerts.store.codec import changes_out, moment, reasons_out, stamp, time_of
from alerts.store.ledger import Ledger
from alerts.store.outbox_rows import UNREADABLE, Delivery, QueuedAlert, alert_of_row, delivery_of_row

__all__ = ["UNREADABLE", "Delivery", "Outbox", "QueuedAlert"]

#: What was written so far in the future was so before the clock was set back; it is due now. A schedule may name a time
#: that is far away, so the time at which something is due tells nothing.
AHEAD = timedelta(days=1)
#: A poll records its alerts in portions; they are due together at its end, so that the brake sees all of them at once.
_READING = "FROM sources s {} WHERE s.lease > :now AND s.lease < :ahead"
_UNDER_WAY = (
    f"(at >= coalesce((SELECT min(s.tried) {_READING.format('')}), '9999')"
    f" AND job IN (SELECT p.job {_READING.format('JOIN postings p ON p.source = s.key')}))"
)
ALERT_DUE = f"state = 'owed' AND delivery IS NULL AND ((due <= :now AND NOT {_UNDER_WAY}) OR at > :ahead)"
_DELIVERY_DUE = "state = 'waiting' AND (due <= :now OR created > :ahead)"


class Outbox:
    """The tables ``alerts`` and ``deliveries``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # --- owed ----------------------------------------------------------------------------------------------------

    def enqueue(self, alert: QueuedAlert) -> bool:
        """Owe an alert; False when this was told, or is owed, already. What comes first decides the search it stands under."""
        row = {name: getattr(alert, name) for name in ("id", "channel", "job", "key", "search", "score")}
        row |= {"event": alert.event.value, "also": json.dumps(list(alert.also)), "at": stamp(alert.at), "due": stamp(alert.due)}
        row |= {"changes": changes_out(alert.changes), "reasons": reasons_out(alert.reasons)}
        return self._ledger.write(statements.ALERT, row) == 1

    def ready(self, channel: str, now: datetime) -> list[QueuedAlert]:
        """Alerts of a channel that are due and in no delivery yet, best first."""
        rows = self._ledger.rows(
            f"SELECT * FROM alerts WHERE channel = :channel AND {ALERT_DUE} ORDER BY score DESC, at, id",
            {"channel": channel, **times(now)},
        )
        return [alert_of_row(row) for row in rows]

    def alerts(self, ids: Sequence[str]) -> list[QueuedAlert]:
        """Those alerts, best first."""
        rows = self._ledger.rows(
            "SELECT * FROM alerts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY score DESC, at, id",
            (json.dumps(list(ids)),),
        )
        return [alert_of_row(row) for row in rows]

    def channels_ready(self, now: datetime) -> list[str]:
        """Channels that have something due, gathered or not."""
        rows = self._ledger.rows(
            f"SELECT DISTINCT channel FROM alerts WHERE {ALERT_DUE} UNION"
            f" SELECT DISTINCT channel FROM deliveries WHERE {_DELIVERY_DUE}",
            times(now),
        )
        return [row["channel"] for row in rows]

    def channels_due(self, now: datetime) -> dict[str, datetime]:
        """By channel: when it has something to do next, its pause included; now, where that was written by a clock ahead."""
        rows = self._ledger.rows(
            "SELECT channel, min(CASE WHEN at > :ahead THEN :now ELSE due END) AS due FROM alerts"
            " WHERE state = 'owed' AND delivery IS NULL GROUP BY channel UNION ALL"
            " SELECT channel, min(CASE WHEN created > :ahead THEN :now ELSE due END) AS due FROM deliveries"
            " WHERE state = 'waiting' GROUP BY channel",
            times(now),
        )
        states = Channels(self._ledger).states()
        until = {name: pause for name, state in states.items() if (pause := state.paused_until(now))}
        due: dict[str, datetime] = {}
        for row in rows:
            due[row["channel"]] = min(due.get(row["channel"], datetime.max.replace(tzinfo=UTC)), time_of(row["due"]))
        return {name: max(when, until.get(name, when)) for name, when in due.items()}

    def release(self, channel: str) -> None:
        """Give back the claims of a channel whose deliveries came to no end, because a write failed."""
        self._ledger.write("UPDATE deliveries SET lease = NULL WHERE channel = ? AND lease IS NOT NULL", (channel,))

    def of_delivery(self, delivery: str) -> list[QueuedAlert]:
        """The alerts that a delivery carries or carried, best first."""
        rows = self._ledger.rows("SELECT * FROM alerts WHERE delivery = ? ORDER BY score DESC, at, id", (delivery,))
        return [alert_of_row(row) for row in rows]

    def told(self, job: int) -> list[QueuedAlert]:
        """Every alert that was ever owed of a job."""
        return [alert_of_row(row) for row in self._ledger.rows("SELECT * FROM alerts WHERE job = ? ORDER BY at", (job,))]

    def drop(self, alerts: Mapping[str, Sequence[Reason]]) -> None:
        """Alerts that shall not be told after all, each with why (hidden meanwhile, no longer wanted)."""
        with self._ledger.transaction():
            for alert, why in alerts.items():
                self._ledger.write(
                    "UPDATE alerts SET state = 'dropped', reasons = ? WHERE id = ? AND state = 'owed'", (reasons_out(why), alert)
                )

    def put_aside(self, alerts: Sequence[str]) -> None:
        """Alerts whose rows cannot be read: they are told to nobody, and hold up nothing."""
        self._ledger.write(
            "UPDATE alerts SET state = 'unreadable' WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(alerts)),)
        )

    def keep_reasons(self, alert: str, reasons: Sequence[Reason]) -> None:
        """Why the job as a whole is wanted, now that all of its listings are known."""
        self._ledger.write("UPDATE alerts SET reasons = ? WHERE id = ?", (reasons_out(reasons), alert))

    # --- deliveries ----------------------------------------------------------------------------------------------

    def batch(self, delivery: str, channel: str, alerts: Sequence[str], now: datetime, batch: Mapping[str, object]) -> None:
        """Put alerts into a new delivery, due at once."""
        with self._ledger.transaction():
            row = {"id": delivery, "channel": channel, "created": stamp(now), "due": stamp(now), "batch": json.dumps(dict(batch))}
            self._ledger.insert("deliveries", row)
            self._ledger.write(
                "UPDATE alerts SET delivery = ? WHERE id IN (SELECT value FROM json_each(?))",
                (delivery, json.dumps(list(alerts))),
            )

    def notice(self, delivery: str, channel: str, subject: str, text: str, now: datetime, *, calendar: str = "") -> bool:
        """Owe a word to the operator, perhaps with an entry for a calendar; False when the same one is owed already."""
        notice = json.dumps({"subject": subject, "text": text} | ({"calendar": calendar} if calendar else {}))
        return self._ledger.write(statements.NOTICE, (delivery, channel, stamp(now), stamp(now), notice)) == 1

    def claim(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Take the oldest due delivery of a channel until the lease runs out.

        One whose row cannot be read is put aside, comes back as *unreadable*, and its alerts are owed as if it had not been.
        """
        with self._ledger.transaction():
            row = self._ledger.row(
                f"SELECT * FROM deliveries WHERE channel = :channel AND {_DELIVERY_DUE}"
                " AND (lease IS NULL OR lease <= :now OR lease > :ahead) ORDER BY created, rowid LIMIT 1",
                {"channel": channel, **times(now)},
            )
            if row is None:
                return None
            if (found := delivery_of_row(row)).state == UNREADABLE:
                self._settle(row["id"], UNREADABLE, now, found.error)
                self._ledger.write("UPDATE alerts SET delivery = NULL WHERE delivery = ? AND state = 'owed'", (row["id"],))
                return found
            self._ledger.write(
                "UPDATE deliveries SET lease = ?, attempts = attempts + 1 WHERE id = ?", (stamp(now + lease), row["id"])
            )
            self._ledger.write(statements.TRY, (row["id"], stamp(now)))
        return found

    def hasten(self, channel: str, now: datetime) -> None:
        """What waits for another try on a channel is due now."""
        self._ledger.write(
            "UPDATE deliveries SET due = :now WHERE channel = :channel AND state = 'waiting' AND due > :now",
            {"channel": channel, "now": stamp(now)},
        )

    def release_all(self) -> None:
        """Forget the leases of a process that is no more: only the one writer may call this, at its start."""
        self._ledger.write("UPDATE deliveries SET lease = NULL WHERE lease IS NOT NULL")

    def mark_sent(self, delivery: str, now: datetime) -> None:
        """The other side has it."""
        with self._ledger.transaction():
            self._settle(delivery, "sent", now, None)
            self._ledger.write("UPDATE alerts SET state = 'sent' WHERE delivery = ? AND state = 'owed'", (delivery,))

    def reschedule(
        self, delivery: str, due: datetime, error: str, recipients: Sequence[str] = (), awake: timedelta = timedelta(0)
    ) -> None:
        """Not now; again at ``due``, for the recipients that are left. ``awake``: kept with the first failure."""
        self._ledger.write(
            "UPDATE deliveries SET lease = NULL, due = ?, error = ?, recipients = ?,"
            " batch = CASE WHEN json_extract(batch, '$.awake') IS NULL THEN json_set(batch, '$.awake', ?) ELSE batch END"
            " WHERE id = ?",
            (stamp(due), error[:1000], json.dumps(list(recipients)), awake.total_seconds(), delivery),
        )

    def mark_empty(self, delivery: str, now: datetime, why: str) -> None:
        """Nothing of it shall be told any more."""
        self._settle(delivery, "dropped", now, why)

    def mark_dead(self, delivery: str, now: datetime, error: str) -> None:
        """Given up; the reason stays with it, and it can be tried again by hand."""
        with self._ledger.transaction():
            self._settle(delivery, "dead", now, error)
            self._ledger.write("UPDATE alerts SET state = 'dead' WHERE delivery = ? AND state = 'owed'", (delivery,))

    def _settle(self, delivery: str, state: str, now: datetime, error: str | None) -> None:
        self._ledger.write(
            "UPDATE deliveries SET lease = NULL, state = ?, settled = ?, error = ? WHERE id = ?",
            (state, stamp(now), error and error[:1000], delivery),
        )

    def revive(self, delivery: str, now: datetime) -> bool:
        """Try a dead or waiting delivery at once."""
        with self._ledger.transaction():
            done = self._ledger.write(
                "UPDATE deliveries SET state = 'waiting', due = ?, lease = NULL, attempts = 0,"
                " batch = json_remove(batch, '$.awake') WHERE id = ? AND state IN ('dead', 'waiting')",
                (stamp(now), delivery),
            )
            self._ledger.write("UPDATE alerts SET state = 'owed' WHERE delivery = ? AND state = 'dead'", (delivery,))
        return done == 1

    def discard(self, delivery: str, now: datetime) -> bool:
        """Give up a delivery that the user does not want any more."""
        with self._ledger.transaction():
            done = self._ledger.write(
                "UPDATE deliveries SET state = 'dropped', settled = ?, lease = NULL"
                " WHERE id = ? AND state IN ('dead', 'waiting', 'held')",
                (stamp(now), delivery),
            )
            if done:
                self._ledger.write(
                    "UPDATE alerts SET state = 'dropped' WHERE delivery = ? AND state IN ('owed', 'dead', 'counted')", (delivery,)
                )
        return done == 1

    def deliveries(self, *, states: Sequence[str] = (), limit: int = 50) -> list[Delivery]:
        """Deliveries in the given states (none given: all), newest first."""
        rows = self._ledger.rows(
            "SELECT * FROM deliveries WHERE ? = '[]' OR state IN (SELECT value FROM json_each(?))"
            " ORDER BY created DESC, rowid DESC LIMIT ?",
            (json.dumps(list(states)), json.dumps(list(states)), limit),
        )
        return [delivery_of_row(row) for row in rows]

    def delivery(self, start: str) -> Delivery | None:
        """The one delivery whose id starts so; None when there is none or several."""
        rows = self._ledger.rows("SELECT * FROM deliveries WHERE substr(id, 1, length(?)) = ? LIMIT 2", (start, start))
        return delivery_of_row(rows[0]) if len(rows) == 1 else None

    def sizes(self, deliveries: Sequence[str]) -> dict[str, int]:
        """How many alerts each delivery carries or carried."""
        sql = "SELECT delivery, count(*) AS n FROM alerts WHERE delivery IN (SELECT value FROM json_each(?)) GROUP BY delivery"
        return {row["delivery"]: row["n"] for row in self._ledger.rows(sql, (json.dumps(list(deliveries)),))}

    def tries(self, delivery: str) -> list[tuple[datetime, str | None]]:
        """When a delivery was tried, and what came of it; None: it came to no end."""
        rows = self._ledger.rows("SELECT at, said FROM tries WHERE delivery = ? ORDER BY at", (delivery,))
        return [(time_of(row["at"]), row["said"]) for row in rows]

    def waiting(self, limit: int) -> list[QueuedAlert]:
        """Alerts that are owed and in no delivery yet, what is due first first."""
        sql = "SELECT * FROM alerts WHERE state = 'owed' AND delivery IS NULL ORDER BY due, id LIMIT ?"
        return [alert_of_row(row) for row in self._ledger.rows(sql, (limit,))]

    def sent_between(self, channel: str, since: datetime, until: datetime) -> list[datetime]:
        """When messages went out on a channel; a clock that ran ahead wrote times after ``until``."""
        rows = self._ledger.rows(
            "SELECT settled FROM deliveries WHERE channel = ? AND state = 'sent' AND settled BETWEEN ? AND ? ORDER BY settled",
            (channel, stamp(since), stamp(until)),
        )
        return [found for row in rows if (found := moment(row["settled"]))]

    def oldest_owed(self) -> datetime | None:
        """Since when the oldest alert that is owed waits."""
        row = self._ledger.row("SELECT min(at) AS at FROM alerts WHERE state = 'owed'")
        return moment(row["at"]) if row else None

    def given_up(self) -> dict[str, int]:
        """By channel: how many alerts were given up; quick, however many there are of others."""
        rows = self._ledger.rows("SELECT channel, count(*) AS n FROM alerts WHERE state = 'dead' GROUP BY channel")
        return {row["channel"]: row["n"] for row in rows}

    def counts(self) -> dict[str, dict[str, int]]:
        """By channel: how many alerts are in each state."""
        counts: dict[str, dict[str, int]] = {}
        for row in self._ledger.rows("SELECT channel, state, count(*) AS n FROM alerts GROUP BY channel, state"):
            counts.setdefault(row["channel"], {})[row["state"]] = row["n"]
        return counts


def times(now: datetime) -> dict[str, str]:
    """What ``ALERT_DUE`` asks for."""
    return {"now": stamp(now), "ahead": stamp(now + AHEAD)}
