"""Alerts that are due → deliveries, each one message: one for each search, split where one message cannot carry it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts import plugins
from alerts.model.plan import Channel
from alerts.notify.alert_view import alert_of
from alerts.notify.ask_again import ask_again, keep
from alerts.notify.compose import form_of
from alerts.notify.context import Context
from alerts.store.outbox import QueuedAlert


def batch_due(channel: Channel, context: Context, now: datetime, until: datetime) -> None:
    """Put what is due by ``until`` into deliveries."""
    store = context.store
    asked = ask_again(store.outbox.ready(channel.name, until), context, now)
    keep(asked, context, now)
    with store.transaction():
        ready = asked.kept
        if not ready:
            return
        groups: dict[str, list[QueuedAlert]] = {}
        for owed in ready:
            groups.setdefault(owed.search, []).append(owed)
        left = _left_this_hour(channel, context, now)
        if left is not None and len(groups) > left:
            # More messages than the user wants in an hour: one digest, and that when the hour allows it.
            if left == 0:
                store.outbox.postpone([owed.id for owed in ready], _next_room(channel, context, now))
                return
            groups = {"": ready}
        for search, owed_list in groups.items():
            _bundle(channel, search or f"{len(groups)} searches", owed_list, context, now)


def _left_this_hour(channel: Channel, context: Context, now: datetime) -> int | None:
    if channel.max_per_hour is None:
        return None
    return max(0, channel.max_per_hour - len(context.store.outbox.sent_since(channel.name, now - timedelta(hours=1))))


def _next_room(channel: Channel, context: Context, now: datetime) -> datetime:
    sent = context.store.outbox.sent_since(channel.name, now - timedelta(hours=1))
    return sent[-(channel.max_per_hour or 1)] + timedelta(hours=1, seconds=1) if sent else now + timedelta(minutes=1)


def _bundle(channel: Channel, heading: str, owed: Sequence[QueuedAlert], context: Context, now: datetime) -> None:
    module = plugins.load("channels", channel.kind)
    try:
        alerts = tuple(alert_of(context.store, one) for one in owed)
        parts = [[alert.id for alert in part] for part in form_of(channel).parts(alerts, module.LIMITS)]
    except Exception:  # a poison alert must not hold the others back: each goes alone, and settles alone
        parts = [[one.id] for one in owed]
    for number, part in enumerate(parts, 1):
        batch = {"heading": heading, "thread": heading, "total": len(owed), "part": number, "parts": len(parts)}
        context.store.outbox.batch(secrets.token_hex(10), channel.name, part, now, batch)
