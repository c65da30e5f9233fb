"""The brake on floods, one rule for all messages. Pure.

In an hour a source, a search and a channel may each tell so many alerts one by one. What is more comes as one digest with
the best ones, at most once an hour; what is far more is held until the operator says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alerts.model.plan import Brake, Channel, Plan
from alerts.store.floods import DueAlert, Recent, Scope

HOUR = timedelta(hours=1)
#: A channel carries several searches, so it may tell more than one of them.
CHANNEL_FACTOR = 2
#: (digest above, ask above) of a scope.
Allowed = Callable[[Scope], tuple[int, int]]


@dataclass(slots=True)
class Decision:
    """What becomes of the alerts that are due on a channel; best first in each."""

    tell: list[str] = field(default_factory=list)
    digest: dict[Scope, list[str]] = field(default_factory=dict)
    hold: dict[Scope, list[str]] = field(default_factory=dict)
    #: Alerts that come with the next digest, and when that may be.
    wait: dict[Scope, tuple[datetime, list[str]]] = field(default_factory=dict)


def decide(due: Sequence[DueAlert], channel: str, allowed: Allowed, recent: Recent) -> Decision:
    """First what is far too much is set apart, then what is too much; a source before a search before the channel."""
    decision = Decision()
    left = list(due)
    for kind in ("source", "search", "channel"):
        left = _apart(left, kind, channel, lambda scope, ids: _held(scope, ids, allowed, recent, decision))
    for kind in ("source", "search", "channel"):
        left = _apart(left, kind, channel, lambda scope, ids: _digested(scope, ids, allowed, recent, decision))
    decision.tell = [one.id for one in left]
    return decision


def allowed_by(plan: Plan, channel: Channel) -> Allowed:
    """The limits that the configuration sets."""
    sources = {source.key: source.brake for source in plan.sources}
    searches = {saved.name: saved.brake for saved in plan.searches}
    usual = (plan.settings.digest_above, plan.settings.ask_above)

    def allowed(scope: Scope) -> tuple[int, int]:
        kind, name = scope
        own = channel.brake if kind == "channel" else (sources if kind == "source" else searches).get(name, Brake())
        factor = CHANNEL_FACTOR if kind == "channel" else 1
        ask = own.ask_above or usual[1] * factor
        # What a channel gathers comes at once, so the channel alone decides how much one message may tell.
        together = channel.digest is not None and kind != "channel"
        return own.digest_above or (ask if together else usual[0] * factor), ask

    return allowed


def _apart(due: list[DueAlert], kind: str, channel: str, takes: Callable[[Scope, list[str]], bool]) -> list[DueAlert]:
    """Those that no scope of this kind takes."""
    groups: dict[str, list[DueAlert]] = {}
    for one in due:
        groups.setdefault({"source": one.source, "search": one.search, "channel": channel}[kind], []).append(one)
    taken = {name for name, ones in groups.items() if name and takes((kind, name), [one.id for one in ones])}
    return [one for one in due if {"source": one.source, "search": one.search, "channel": channel}[kind] not in taken]


def _held(scope: Scope, ids: list[str], allowed: Allowed, recent: Recent, decision: Decision) -> bool:
    if len(ids) <= allowed(scope)[1] and scope not in recent.held:
        return False
    decision.hold[scope] = ids
    return True


def _digested(scope: Scope, ids: list[str], allowed: Allowed, recent: Recent, decision: Decision) -> bool:
    if scope in recent.digests:
        decision.wait[scope] = (recent.digests[scope] + HOUR, ids)
        return True
    if len(ids) + recent.told.get(scope, 0) <= allowed(scope)[0]:
        return False
    decision.digest[scope] = ids
    return True
