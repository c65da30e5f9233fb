"""What follows from an attempt: the message is sent, tried later or given up, and its channel goes on or pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts import plugins
from alerts.model.message import Limits, Outcome
from alerts.model.plan import Channel
from alerts.notify import retry
from alerts.notify.awake import awake
from alerts.notify.context import Context
from alerts.notify.health import notice
from alerts.render.tongue import Phrase, phrase
from alerts.store.outbox import Delivery


@dataclass(frozen=True, slots=True)
class Result:
    """How one attempt ended, for the log and for people."""

    channel: str
    delivery: str
    outcome: Outcome
    #: Alerts in the message.
    alerts: int = 0
    #: sent | later | dead
    state: str = "sent"


def settle(channel: Channel, delivery: Delivery, alerts: int, outcome: Outcome, context: Context, now: datetime) -> Result:
    """Keep how the attempt ended, for the message and for the destination."""
    with context.store.transaction():
        _report_dead(channel, delivery, outcome, context, now)
        if outcome.state == "sent":
            state = _sent(channel, delivery, context, now)
        elif outcome.state == "refused" and not outcome.destination:
            context.store.outbox.mark_dead(delivery.id, now, outcome.why)
            state = "dead"
        else:
            state = _failed(channel, delivery, outcome, context, now)
    return Result(channel.name, delivery.id, outcome, alerts, state)


def recover(channel: Channel, context: Context, now: datetime) -> None:
    """A destination that took a message after a pause takes what waited for it as well."""
    pace = _limits(channel).pace
    was = context.store.channels.state(channel.name)
    context.store.channels.good(channel.name, now, now + timedelta(seconds=pace) if pace else None)
    if was.failures >= retry.PATIENCE:
        context.store.outbox.hasten(channel.name, now)


def _sent(channel: Channel, delivery: Delivery, context: Context, now: datetime) -> str:
    context.store.outbox.mark_sent(delivery.id, now)
    recover(channel, context, now)
    return "sent"


def _failed(channel: Channel, delivery: Delivery, outcome: Outcome, context: Context, now: datetime) -> str:
    """Neither taken nor refused for good: the channel pauses if it must, the message waits or has outlived its time."""
    store, attempts, refused = context.store, delivery.attempts + 1, outcome.state == "refused"
    failures = store.channels.state(channel.name).failures + 1
    until = retry.pause(failures, now, refused=refused, after=outcome.after)
    # A destination that says no itself needs no patience: the operator hears of it with the next look.
    store.channels.bad(channel.name, now, outcome.why, until, counts=retry.PATIENCE if refused else 1)
    ticks = awake(store, now)
    tried = ticks - delivery.awake if delivery.awake is not None else timedelta(0)
    again = retry.next_try(attempts, tried, _limits(channel).lifetime, now, outcome.after)
    if again is None:
        why = f"given up after {attempts} tries: {outcome.why}"
        store.outbox.mark_dead(delivery.id, now, why)
        _report_dead(channel, delivery, Outcome("refused", why), context, now)
        return "dead"
    # An attempt that never came to the recipients (no connection) leaves those that were left before.
    store.outbox.reschedule(delivery.id, again, outcome.why, outcome.retry or delivery.recipients, awake=ticks)
    return "later"


def _limits(channel: Channel) -> Limits:
    limits: Limits = plugins.load("channels", channel.kind).LIMITS
    return limits


def _report_dead(channel: Channel, delivery: Delivery, outcome: Outcome, context: Context, now: datetime) -> None:
    """Tell the operator, by another channel, what is given up: a message refused, or recipients that are."""
    if delivery.notice:
        return
    lines: list[str | Phrase] = [f"{who}: {why}" for who, why in outcome.dead.items()]
    if outcome.state == "refused" and not outcome.destination:
        lines.append(phrase("It was given up: {why}", why=outcome.why))
    if lines:
        lines.append(phrase("See it, or try it again: {command}", command=f"job-alerts deliveries show {delivery.id[:8]}"))
        notice(context, phrase("{name} did not take a message", name=channel.name), *lines, now=now, but_not=channel.name)
