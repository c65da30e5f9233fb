"""Alerts that are due → deliveries, each one message: one for each search, split where one message cannot carry it.

Where there are too many, the brake decides (brake.py): a digest with the best ones, or the operator's word (hold.py).
Alerts are judged some at a time, the best first, before anything is written, so that no transaction is long.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts import plugins
from alerts.model.alert import Alert
from alerts.model.message import Limits
from alerts.model.plan import Channel
from alerts.notify.act_links import with_links
from alerts.notify.alert_view import alert_of
from alerts.notify.ask_again import ask_again, keep
from alerts.notify.brake import HOUR, allowed_by, decide
from alerts.notify.compose import UNREADABLE, form_of
from alerts.notify.context import Context
from alerts.notify.hold import heading_of, hold
from alerts.render.split import most
from alerts.render.tongue import count, speaking
from alerts.store.floods import Scope
from alerts.store.outbox import QueuedAlert

#: Alerts that are judged and written down together.
PORTION = 100
#: Alerts that are made into messages in one go; the others follow when those are sent.
MOST = 500


def batch_due(channel: Channel, context: Context, now: datetime, until: datetime) -> None:
    """Put what is due by ``until`` into deliveries."""
    store = context.store
    due = store.floods.due(channel.name, until)
    if not due:
        return
    recent = store.floods.recent(channel.name, now - HOUR, now)
    decision = decide(due, channel.name, allowed_by(context.plan, channel), recent)
    for scope, ids in decision.hold.items():
        if scope in recent.held:
            store.floods.move(recent.held[scope], ids)
    if fresh := {scope: ids for scope, ids in decision.hold.items() if scope not in recent.held}:
        hold(fresh, channel, context, now)
    for when, ids in decision.wait.values():
        store.floods.postpone(ids, when)
    if decision.digest:
        # Several floods at once are one digest still.
        chosen = {one for found in decision.digest.values() for one in found}
        ids = [one.id for one in due if one.id in chosen]
        scopes = tuple(decision.digest)
        digest(channel, heading_of(scopes, channel, context), judged(ids, context, now), context, now, scopes)
    tell(channel, judged(decision.tell[:MOST], context, now), context, now)


def judged(ids: Sequence[str], context: Context, now: datetime) -> list[QueuedAlert]:
    """Those alerts that are still wanted."""
    kept: list[QueuedAlert] = []
    for start in range(0, len(ids), PORTION):
        asked = ask_again(context.store.outbox.alerts(ids[start : start + PORTION]), context, now)
        keep(asked, context, now)
        kept += asked.kept
    return kept


def tell(channel: Channel, ready: Sequence[QueuedAlert], context: Context, now: datetime, *, counted: bool = True) -> None:
    """One message for each search; a digest where the user wants fewer messages in an hour, and that when there is room.

    ``counted``: False where the user asked for all of them, however many messages they are.
    """
    groups = _messages(channel, ready, context)
    parts = {search: _parts(channel, owed, context, now) for search, owed in groups.items()}
    left = _left_this_hour(channel, context, now) if counted else None
    if left is None or sum(len(found) for found in parts.values()) <= left:
        for search, found in parts.items():
            _bundle(channel, search, found, context, now)
    elif left == 0:
        context.store.floods.postpone([owed.id for owed in ready], _next_room(channel, context, now))
    else:
        digest(channel, _heading(ready, channel, context), ready, context, now)


def _messages(channel: Channel, ready: Sequence[QueuedAlert], context: Context) -> dict[str, list[QueuedAlert]]:
    """The alerts by the heading of their message: a search, or all searches of a channel that gathers them."""
    if channel.digest and ready:
        return {_heading(ready, channel, context): list(ready)}
    groups: dict[str, list[QueuedAlert]] = {}
    for owed in ready:
        groups.setdefault(owed.search, []).append(owed)
    return groups


def _heading(ready: Sequence[QueuedAlert], channel: Channel, context: Context) -> str:
    searches = {owed.search for owed in ready}
    with speaking(context.plan.language_of(channel)):
        many = count(len(searches), "{number} search", "{number} searches")
    return many if len(searches) > 1 else next(iter(searches), "")


def digest(
    channel: Channel, heading: str, ready: Sequence[QueuedAlert], context: Context, now: datetime, scopes: Sequence[Scope] = ()
) -> None:
    """One message with the best alerts; the others are counted in it, and seen with ``deliveries show``."""
    alerts, broken = _viewed(ready, context, now)
    _bundle(channel, heading, [[one] for one in broken], context, now)
    if not alerts:
        return
    with speaking(context.plan.language_of(channel)):
        shown = _fitting(alerts, channel)
    rest = [alert.id for alert in alerts[len(shown) :]]
    delivery = secrets.token_hex(10)
    batch = {"heading": heading, "thread": heading, "total": len(shown), "part": 1, "parts": 1, "more": len(rest)}
    context.store.outbox.batch(
        delivery, channel.name, [alert.id for alert in shown], now, batch | ({"scopes": scopes} if scopes else {})
    )
    context.store.floods.count_in(delivery, rest)


def _fitting(alerts: Sequence[Alert], channel: Channel) -> Sequence[Alert]:
    """As many of the best as one message carries."""
    form, limits = form_of(channel), _limits(channel)
    total = len(alerts)
    count = min(total, most(limits, total))
    while count > 1 and len(form.parts(tuple(alerts[:count]), limits, total)) > 1:
        count = min(count - 1, max(1, len(max(form.parts(tuple(alerts[:count]), limits, total), key=len)), count * 3 // 4))
    return alerts[:count]


def _viewed(ready: Sequence[QueuedAlert], context: Context, now: datetime) -> tuple[list[Alert], list[str]]:
    """The alerts as messages show them, and the ids of those that cannot be shown."""
    alerts: list[Alert] = []
    broken: list[str] = []
    for owed in ready:
        try:
            # With links: what is measured here must be as long as what is sent.
            alerts.append(with_links(alert_of(context.store, owed), context, now))
        except UNREADABLE:
            broken.append(owed.id)
    return alerts, broken


def _parts(channel: Channel, ready: Sequence[QueuedAlert], context: Context, now: datetime) -> list[list[str]]:
    """The ids of alerts, over as many messages as they need; one that cannot be shown goes alone, and settles alone."""
    alerts, broken = _viewed(ready, context, now)
    try:
        with speaking(context.plan.language_of(channel)):
            parts = [[alert.id for alert in part] for part in form_of(channel).parts(tuple(alerts), _limits(channel))]
    except Exception:  # whatever a posting does to a form: it must not hold the others back
        parts = [[alert.id] for alert in alerts]
    return parts + [[one] for one in broken]


def _bundle(channel: Channel, heading: str, parts: Sequence[Sequence[str]], context: Context, now: datetime) -> None:
    total = sum(len(part) for part in parts)
    for number, part in enumerate(parts, 1):
        batch = {"heading": heading, "thread": heading, "total": total, "part": number, "parts": len(parts)}
        context.store.outbox.batch(secrets.token_hex(10), channel.name, part, now, batch)


def _limits(channel: Channel) -> Limits:
    limits: Limits = plugins.load("channels", channel.kind).LIMITS
    return limits


def _sent_this_hour(channel: Channel, context: Context, now: datetime) -> list[datetime]:
    return context.store.outbox.sent_between(channel.name, now - HOUR, now)


def _left_this_hour(channel: Channel, context: Context, now: datetime) -> int | None:
    if channel.max_per_hour is None:
        return None
    return max(0, channel.max_per_hour - len(_sent_this_hour(channel, context, now)))


def _next_room(channel: Channel, context: Context, now: datetime) -> datetime:
    sent = _sent_this_hour(channel, context, now)
    return sent[-(channel.max_per_hour or 1)] + timedelta(hours=1, seconds=1) if sent else now + timedelta(minutes=1)
