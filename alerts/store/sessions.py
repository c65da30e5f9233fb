"""Sign-ins at the desk, one-time links, and passwords; of every secret only a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.store.codec import stamp, time_of
from alerts.store.ledger import Ledger, Row


@dataclass(frozen=True, slots=True)
class Session:
    """One row of ``sessions``."""

    id: str
    person: str
    made: datetime
    until: datetime
    agent: str
    #: auto | light | dark
    theme: str
    keys: bool


class Sessions:
    """The tables ``sessions``, ``login_links`` and ``passwords``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, session: Session) -> None:
        """Somebody signed in; those whose time is over are forgotten."""
        row = {"id": session.id, "person": session.person, "made": stamp(session.made), "until": stamp(session.until)}
        with self._ledger.transaction():
            self._ledger.delete("sessions", "until <= ?", (stamp(session.made),))
            self._ledger.insert("sessions", row | {"agent": session.agent, "theme": session.theme, "keys": int(session.keys)})

    def get(self, identity: str, now: datetime) -> Session | None:
        """The sign-in of this hash, while it lasts."""
        row = self._ledger.row("SELECT * FROM sessions WHERE id = ? AND until > ?", (identity, stamp(now)))
        return _session(row) if row else None

    def all(self, person: str, now: datetime) -> list[Session]:
        """Every sign-in of a person that lasts, the newest first."""
        sql = "SELECT * FROM sessions WHERE person = ? AND until > ? ORDER BY made DESC"
        return [_session(row) for row in self._ledger.rows(sql, (person, stamp(now)))]

    def end(self, identity: str | None = None) -> int:
        """End one sign-in, or all; how many there were."""
        return self._ledger.delete("sessions", "CAST(:id AS TEXT) IS NULL OR id = :id", {"id": identity})

    def keep_looks(self, identity: str, *, theme: str | None = None, keys: bool | None = None) -> None:
        """How a sign-in wants its pages."""
        sql = "UPDATE sessions SET theme = coalesce(?, theme), keys = coalesce(?, keys) WHERE id = ?"
        self._ledger.write(sql, (theme, None if keys is None else int(keys), identity))

    def keep_link(self, identity: str, person: str, until: datetime, now: datetime) -> None:
        """A one-time link was given out."""
        with self._ledger.transaction():
            self._ledger.delete("login_links", "until <= ?", (stamp(now),))
            self._ledger.insert("login_links", {"id": identity, "person": person, "until": stamp(until)})

    def use_link(self, identity: str, now: datetime) -> str | None:
        """Use a one-time link up: whose it was; None where it was used, is too old, or never was."""
        with self._ledger.transaction():
            row = self._ledger.row("SELECT person FROM login_links WHERE id = ? AND until > ?", (identity, stamp(now)))
            self._ledger.delete("login_links", "id = ?", (identity,))
        return str(row["person"]) if row else None

    def password(self, person: str) -> str | None:
        """The hash of a person's password."""
        row = self._ledger.row("SELECT hash FROM passwords WHERE person = ?", (person,))
        return str(row["hash"]) if row else None

    def keep_password(self, person: str, hashed: str) -> None:
        """A person has a new password: every sign-in ends."""
        with self._ledger.transaction():
            self._ledger.upsert("passwords", {"person": person, "hash": hashed}, "person")
            self._ledger.delete("sessions", "person = ?", (person,))


def _session(row: Row) -> Session:
    plain = {name: row[name] for name in ("id", "person", "agent", "theme")}
    return Session(**plain, keys=bool(row["keys"]), made=time_of(row["made"]), until=time_of(row["until"]))
