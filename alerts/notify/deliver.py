"""Second half of the story: outbox → channel.

    deliver(channel):
        batch     owed alerts that are due → deliveries, each one message     batch.py
        claim     the oldest delivery that is due, with a lease
        ask       are its alerts still wanted?                                ask_again.py
        compose   its alerts → message                                        compose.py
        send      one attempt
        settle    sent | try later (when, why) | given up (why)               settle.py

A delivery's id never changes between tries, so the one message in flight at a crash can be recognised when it comes twice.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.model.errors import RenderError
from alerts.model.message import Outcome
from alerts.model.plan import Channel
from alerts.model.trace import traced
from alerts.notify.ask_again import ask_again, keep
from alerts.notify.batch import PORTION, batch_due, judged, tell
from alerts.notify.compose import compose
from alerts.notify.context import Context, SendContext
from alerts.notify.health import notice
from alerts.notify.send import send
from alerts.notify.settle import Result, settle
from alerts.notify.settlement import until_written
from alerts.render.tongue import phrase
from alerts.store.outbox import UNREADABLE, Delivery, QueuedAlert

__all__ = ["Result", "deliver"]

log = logging.getLogger("alerts")
#: How long one attempt may take before another process may take the delivery over.
LEASE = timedelta(minutes=5)


def deliver(channel: Channel, context: SendContext, now: datetime, *, ahead: timedelta = timedelta(0)) -> Result | None:
    """Make at most one attempt on a channel; None when nothing is due there by ``ahead`` from now."""
    started = time.monotonic()
    if channel.missing or context.store.channels.state(channel.name).paused_until(now):
        return None
    batch_due(channel, context, now, now + ahead)
    while delivery := context.store.outbox.claim(channel.name, now, LEASE):
        if delivery.state == UNREADABLE:
            _report_unreadable(delivery, context, now)
            batch_due(channel, context, now, now + ahead)
        elif delivery.released:
            _spread(channel, delivery, context, now)
        elif (alerts := _still_wanted(delivery, context, now)) or delivery.notice:
            with traced("delivery", delivery.id):
                return _attempt(channel, delivery, alerts, context, now, started)
    return None


def _still_wanted(delivery: Delivery, context: Context, now: datetime) -> list[QueuedAlert]:
    """The alerts of a delivery that are wanted and can be read; where none is left it is settled."""
    owed = [one for one in context.store.outbox.of_delivery(delivery.id) if one.state in ("owed", UNREADABLE)]
    asked = ask_again(owed, context, now)
    keep(asked, context, now)
    if not asked.kept and not delivery.notice:
        context.store.outbox.mark_empty(delivery.id, now, "nothing of it is wanted any more, or could be read")
    return asked.kept


def _spread(channel: Channel, delivery: Delivery, context: Context, now: datetime) -> None:
    """Some of what the operator released, the best first, become messages; the rest follows when those are sent."""
    tell(channel, judged(context.store.floods.owed_in(delivery.id, PORTION), context, now), context, now, counted=False)
    if context.store.floods.owed_in(delivery.id, 1):
        context.store.floods.go_on_later(delivery.id, now)
    else:
        context.store.outbox.mark_empty(delivery.id, now, "released: it went out in messages of its own")


def _attempt(
    channel: Channel, delivery: Delivery, alerts: list[QueuedAlert], context: SendContext, now: datetime, started: float
) -> Result:
    """``started``: when it was ``now``, by the monotonic clock."""
    try:
        message = compose(channel, delivery, alerts, context, now)
    except RenderError as error:
        outcome = Outcome("refused", str(error))
    else:
        outcome = send(channel, message, context.client)
        if outcome.after:
            # The other side counts from its answer.
            outcome = replace(outcome, after=outcome.after + time.monotonic() - started)

    def write() -> Result:
        return settle(channel, delivery, len(alerts), outcome, context, now)

    return until_written(context.store, channel.name, delivery, outcome, now, write)


def _report_unreadable(delivery: Delivery, context: Context, now: datetime) -> None:
    log.error("%s: the delivery %s is put aside: %s", delivery.channel, delivery.id, delivery.error)
    text = phrase(
        "The delivery {id} to {channel} was put aside: {why}. Its alerts are sent anew.",
        id=delivery.id[:8], channel=delivery.channel, why=delivery.error,
    )  # fmt: skip
    with context.store.transaction():
        notice(context, phrase("a row of the database cannot be read"), text, now=now)
