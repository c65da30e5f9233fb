"""An application: what was kept of the posting, and what happened, in the order in which it was so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from alerts.model.posting import Posting


class State(StrEnum):
    """How far an application is."""

    SAVED = "saved"
    PREPARING = "preparing"
    APPLIED = "applied"
    ANSWERED = "answered"
    INTERVIEW = "interview"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_BY_NAME = {state.value: state for state in State}
#: Nothing was sent yet; the employer is to speak next; it is over.
BEFORE = frozenset({State.SAVED, State.PREPARING})
WAITING = frozenset({State.APPLIED, State.ANSWERED, State.INTERVIEW})
OVER = frozenset({State.REJECTED, State.WITHDRAWN})
#: The employer said something.
ANSWERS = frozenset({State.ANSWERED, State.INTERVIEW, State.OFFER, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said of an application."""

    id: int
    #: The row that it belongs to.
    application: int
    #: state | note | contact | reminder | done | nudge | draft | letter | file | answer | form
    kind: str
    words: str
    #: When it was so, and when it was written down.
    at: datetime
    written: datetime
    #: ``when`` and ``zone`` of an appointment as on the wall, ``question`` of an answer, ``mark`` where a mark said it,
    #: ``dated`` where the person named the day, ``entry`` the reminder that is done.
    more: Mapping[str, str] = field(default_factory=dict)
    undone: datetime | None = None

    @property
    def when(self) -> datetime | None:
        """The moment of an appointment; what the clock on the wall shows stays, whatever becomes of the zone's rules."""
        try:
            wall = datetime.fromisoformat(self.more["when"])
            return (wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(self.more["zone"]))).astimezone(UTC)
        except (KeyError, ValueError, OSError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Copy:
    """The posting as it read at a moment, under the name of its source."""

    at: datetime
    posting: Posting


@dataclass(frozen=True, slots=True)
class Application:
    """All that is known of the application for one job."""

    #: The rows that it is made of, the oldest first; the first takes what is written.
    rows: tuple[int, ...]
    #: The job of today.
    job: int
    begun: datetime
    #: Everything that was said and not taken back, in the order in which it was so.
    entries: tuple[Entry, ...]
    #: The oldest first.
    copies: tuple[Copy, ...] = ()

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        """The entries of some kinds."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    @property
    def states(self) -> tuple[tuple[State, Entry], ...]:
        """The states that it went through."""
        return tuple((_BY_NAME[e.words], e) for e in self.entries if e.kind == "state" and e.words in _BY_NAME)

    @property
    def state(self) -> State | None:
        """How far it is; None where all was taken back."""
        return self.states[-1][0] if self.states else None

    @property
    def since(self) -> datetime:
        """Since when it is in its state."""
        return self.states[-1][1].at if self.states else self.begun

    @property
    def applied(self) -> datetime | None:
        """When it was applied for, the last time."""
        return next((entry.at for state, entry in reversed(self.states) if state is State.APPLIED), None)

    @property
    def answered(self) -> datetime | None:
        """When the employer first said something after that."""
        applied = self.applied
        return next((e.at for state, e in self.states if applied and state in ANSWERS and e.at >= applied), None)

    @property
    def appointments(self) -> tuple[tuple[datetime, Entry], ...]:
        """Interviews and reminders of one's own with their moments, in their order."""
        over = {entry.more.get("entry") for entry in self.of("done")}
        found = [(when, entry) for entry in self.of("state", "reminder") if str(entry.id) not in over and (when := entry.when)]
        return tuple(sorted(found, key=lambda one: (one[0], one[1].id)))

    @property
    def draft(self) -> Entry | None:
        """The last draft of the letter that was kept."""
        drafts = self.of("draft")
        return drafts[-1] if drafts else None

    def copy_at(self, moment: datetime | None) -> Copy | None:
        """The posting as it read at a moment: the last copy that was made by then, else the first after it."""
        before = [copy for copy in self.copies if moment is None or copy.at <= moment] or list(self.copies[:1])
        return before[-1] if before else None


def in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """Entries by when they were so.

    What has no day of its own follows what was written before it, also where a clock that ran ahead wrote that.
    """
    keys: dict[int, datetime] = {}
    last = datetime.max.replace(tzinfo=UTC)
    for entry in sorted(entries, key=lambda one: one.id, reverse=True):
        if "dated" not in entry.more:
            last = min(last, entry.at)
            keys[entry.id] = last
    return tuple(sorted(entries, key=lambda one: (keys.get(one.id, one.at), one.id)))
