"""What a listed posting is (new, known, changed, outstanding, reposted …) and what follows: values in, one value out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from alerts.model.event import EventKind
from alerts.model.pending import Pending


class Standing(StrEnum):
    """How a posting is stored."""

    #: This source never listed it.
    ABSENT = "absent"
    #: Listed before; its first details are outstanding.
    AWAITED = "awaited"
    #: The same, and it was there before anybody asked.
    AWAITED_BASELINE = "awaited baseline"
    KNOWN = "known"
    #: Known; its list entry changed and the details of that are outstanding.
    CHANGE_AWAITED = "change awaited"


class Heard(StrEnum):
    """What this poll says of it."""

    #: The list says what it said when the posting was stored.
    SAME = "same"
    #: Something new, of which the details are outstanding.
    LACKING = "lacking"
    #: Something new, and all that can be read was read.
    WHOLE = "whole"


class Joins(StrEnum):
    """The job that it belongs to."""

    #: No other posting's.
    OWN = "own"
    OPEN = "open"
    #: One that was there before anybody asked.
    BASELINE = "baseline"
    CLOSED = "closed"
    #: It took the place of a posting of this job: the same one under another id.
    REISSUED = "reissued"


class What(StrEnum):
    """What the posting is."""

    NEW = "new"
    #: Another listing of a known job.
    FURTHER = "further listing"
    REPOSTED = "reposted"
    KNOWN = "known"
    CHANGED = "changed"
    OUTSTANDING = "outstanding"


class Write(StrEnum):
    """What is stored of it."""

    NOTHING = "nothing"
    ADD = "add"
    REPLACE = "replace"
    #: How often its details were asked for; the posting itself stays as it was.
    TRIES = "tries"


class Tell(StrEnum):
    """What is told of it, to those who want it."""

    NOTHING = "nothing"
    NEW = "new"
    #: As new, to the searches that look back so far (``backfill``).
    RECENT = "recent"
    #: The job as a whole, in case that its listings together say what a search waited for.
    JOB = "job"
    REPOST = "repost"
    #: The change to those who wanted it before, as new to those who want it now.
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides."""

    standing: Standing
    heard: Heard
    joins: Joins = Joins.OWN
    #: The source is read for the first time: what it lists was there before anybody asked.
    baseline: bool = False
    #: A field became different in a way that is worth telling.
    news: bool = False
    #: The last day to apply is over.
    expired: bool = False
    #: Closed for so long that its text, or more, is no longer stored.
    thinned: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the posting is, and what follows."""

    what: What
    write: Write
    pending: Pending | None = None
    event: EventKind | None = None
    tell: Tell = Tell.NOTHING
    #: The job that it joins can be applied for again.
    opens: bool = False


_STANDING = {
    Pending.NEW: Standing.AWAITED,
    Pending.BASELINE: Standing.AWAITED_BASELINE,
    Pending.CHANGE: Standing.CHANGE_AWAITED,
}
_PENDING = {stands: pending for pending, stands in _STANDING.items()} | {Standing.KNOWN: Pending.CHANGE}


def decide(facts: Facts) -> Decision:
    """What the posting is, and what follows; every combination has an answer."""
    found = _settled(facts) if facts.standing in (Standing.KNOWN, Standing.CHANGE_AWAITED) else _unsettled(facts)
    # Of what nobody can apply for any more nothing is told; it is stored all the same. Nor of what fits a search now only
    # because it can be read again.
    known_again = facts.thinned and not facts.news and found.tell is Tell.CHANGE
    return replace(found, tell=Tell.NOTHING) if facts.expired or known_again else found


def standing(known: bool, pending: Pending | None) -> Standing:
    """How a posting stands, from what the store says of it."""
    if not known:
        return Standing.ABSENT
    return _STANDING[pending] if pending else Standing.KNOWN


def _settled(facts: Facts) -> Decision:
    """A posting that was stored whole."""
    if facts.heard is Heard.SAME:
        taken_back = facts.standing is Standing.CHANGE_AWAITED
        return Decision(What.KNOWN, Write.TRIES if taken_back else Write.NOTHING)
    if facts.heard is Heard.LACKING:
        return Decision(What.OUTSTANDING, Write.TRIES, _PENDING[facts.standing])
    if facts.news:
        return Decision(What.CHANGED, Write.REPLACE, event=EventKind.CHANGED, tell=Tell.CHANGE)
    return Decision(What.KNOWN, Write.REPLACE, tell=Tell.CHANGE)


def _unsettled(facts: Facts) -> Decision:
    """A posting that nobody was told of: never listed, or its first details are outstanding."""
    absent = facts.standing is Standing.ABSENT
    write = Write.ADD if absent else Write.REPLACE
    if absent and facts.heard is Heard.LACKING:
        return Decision(What.OUTSTANDING, write, Pending.BASELINE if facts.baseline else Pending.NEW)
    if not absent and facts.heard is not Heard.WHOLE:
        same = facts.heard is Heard.SAME
        return Decision(What.OUTSTANDING, Write.TRIES if same else write, _PENDING[facts.standing])
    old = facts.standing is Standing.AWAITED_BASELINE or (absent and facts.baseline)
    return _first_told(facts.joins, write, old=old)


def _first_told(joins: Joins, write: Write, *, old: bool) -> Decision:
    """It is known whole for the first time. ``old``: it was there before anybody asked."""
    if joins is Joins.OWN:
        return Decision(What.NEW, write, event=EventKind.NEW, tell=Tell.RECENT if old else Tell.NEW)
    if joins is Joins.CLOSED and not old:
        return Decision(What.REPOSTED, write, event=EventKind.REPOSTED, tell=Tell.REPOST, opens=True)
    tell = Tell.JOB if joins is Joins.OPEN else Tell.NOTHING
    return Decision(What.FURTHER, write, tell=tell, opens=joins is Joins.CLOSED)
