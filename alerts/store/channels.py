"""How each channel is: pauses, failures, and what the operator was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.store import statements
from alerts.store.codec import moment, stamp
from alerts.store.ledger import Ledger, Row

#: A pause further away than this was written by a clock that ran ahead.
LONGEST_PAUSE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ChannelState:
    """One row of ``channels``; all None where it was never used."""

    name: str
    not_before: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    error: str | None = None
    sent: datetime | None = None
    trouble: str | None = None
    #: A person wants nothing to be sent until then.
    paused: datetime | None = None

    def rests(self, now: datetime) -> datetime | None:
        """Until when a person wants nothing to be sent."""
        return self.paused if self.paused and now < self.paused <= now + LONGEST_PAUSE else None

    def paused_until(self, now: datetime) -> datetime | None:
        """Until when nothing goes there, by the destination's wish or a person's."""
        return max((until for until in (self.rests(now), self._left_alone(now)) if until), default=None)

    def _left_alone(self, now: datetime) -> datetime | None:
        """Until when the destination wants to be left alone. Not when the clock was set back since that was written."""
        set_back = self.sent is not None and self.sent > now + timedelta(minutes=1)
        if set_back or self.not_before is None:
            return None
        return self.not_before if now < self.not_before <= now + timedelta(days=2) else None


class Channels:
    """The table ``channels``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def state(self, name: str) -> ChannelState:
        """How a channel is."""
        row = self._ledger.row("SELECT * FROM channels WHERE name = ?", (name,))
        return _state(row) if row else ChannelState(name)

    def states(self) -> dict[str, ChannelState]:
        """How all channels are that were ever used."""
        return {row["name"]: _state(row) for row in self._ledger.rows("SELECT * FROM channels")}

    def good(self, name: str, now: datetime, not_before: datetime | None) -> None:
        """A message arrived; the next one not before a moment."""
        row = {"name": name, "sent": stamp(now), "not_before": not_before and stamp(not_before)}
        self._ledger.upsert("channels", row | {"failures": 0, "failing_since": None, "error": None}, "name")

    def bad(self, name: str, now: datetime, error: str, not_before: datetime | None, *, counts: int = 1) -> None:
        """The destination failed; nothing goes there before a moment. ``counts``: for how many failures it counts."""
        self._ledger.write(
            statements.CHANNEL_BAD,
            {"name": name, "now": stamp(now), "error": error[:500], "counts": counts}
            | {"not_before": not_before and stamp(not_before)},
        )

    def keep_trouble(self, name: str, trouble: str | None) -> None:
        """Remember what the operator was told of this channel, until it is over."""
        self._ledger.write("UPDATE channels SET trouble = ? WHERE name = ?", (trouble, name))

    def pause(self, name: str, until: datetime) -> None:
        """A person wants nothing to be sent until a moment."""
        self._ledger.upsert("channels", {"name": name, "paused": stamp(until)}, "name")

    def resume(self, name: str) -> None:
        """Lift the pause of a channel, whoever wanted it."""
        self._ledger.write("UPDATE channels SET not_before = NULL, paused = NULL WHERE name = ?", (name,))


def _state(row: Row) -> ChannelState:
    times = {name: moment(row[name]) for name in ("not_before", "failing_since", "sent", "paused")}
    return ChannelState(row["name"], failures=row["failures"], error=row["error"], trouble=row["trouble"], **times)
