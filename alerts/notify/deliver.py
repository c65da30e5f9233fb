"""Second half of the story: outbox → channel.

    deliver(channel):
        batch     owed alerts that are due → deliveries, each one message
        claim     the oldest delivery that is due, with a lease
        render    its alerts → message
        send      one attempt
        settle    sent | try later (when, why) | given up (why)

A delivery's id never changes between tries, so the one message in flight at a crash can be recognised when it comes twice.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import ModuleType

from alerts import plugins
from alerts.model.alert import Alert
from alerts.model.errors import AlertsError, RenderError
from alerts.model.event import EventKind
from alerts.model.message import Message, Outcome
from alerts.model.plan import Channel
from alerts.model.posting import Posting
from alerts.notify import retry
from alerts.notify.alert_view import alert_of
from alerts.notify.health import notice
from alerts.notify.letter_files import profile_of, template_of
from alerts.notify.means import Means
from alerts.notify.settlement import until_written
from alerts.render.batch import Batch
from alerts.render.letter import letter
from alerts.store.channels import ChannelState
from alerts.store.outbox import Delivery, QueuedAlert

log = logging.getLogger("alerts")
#: How long one attempt may take before another process may take the delivery over.
LEASE = timedelta(minutes=5)
#: What a row raises that was damaged, or written by another version; what the disk says is something else.
_UNREADABLE = (ValueError, LookupError, TypeError)


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


def deliver(channel: Channel, means: Means, now: datetime) -> Result | None:
    """Make at most one attempt on a channel; None when nothing is due there."""
    store = means.store
    if _paused(store.channels.state(channel.name), now):
        return None
    batch_due(channel, means, now)
    delivery = store.outbox.claim(channel.name, now, LEASE)
    if delivery is None:
        return None
    alerts = store.outbox.of_delivery(delivery.id)
    try:
        message = render(channel, delivery, alerts, means, now)
    except RenderError as error:
        outcome = Outcome("refused", str(error))
    else:
        outcome = _send(channel, message, means)

    def write() -> Result:
        return settle(channel, delivery, len(alerts), outcome, means, now)

    return until_written(store, channel.name, delivery, outcome, now, write)


def _send(channel: Channel, message: Message, means: Means) -> Outcome:
    try:
        outcome: Outcome = plugins.load("channels", channel.kind).send(message, channel.options, means.client)
    except AlertsError:
        raise
    except Exception as error:  # a fault of the channel's code: the message keeps its tries and its end, as at any failure
        log.exception("%s: a fault of the channel kind %s", channel.name, channel.kind)
        why = f"the channel kind {channel.kind!r} ran into a fault of its own ({type(error).__name__}); please report it"
        return Outcome("later", why, ambiguous=True)
    return outcome


def _paused(state: ChannelState, now: datetime) -> bool:
    """Does the destination want to be left alone? Not when the clock was set back since that was written."""
    set_back = state.sent is not None and state.sent > now + timedelta(minutes=1)
    return not set_back and state.not_before is not None and now < state.not_before <= now + timedelta(days=2)


# --- batch ----------------------------------------------------------------------------------------------------------


def batch_due(channel: Channel, means: Means, now: datetime) -> None:
    """Put what is due into deliveries: one for each search, split where one message cannot carry it."""
    store = means.store
    with store.transaction():
        ready = _still_wanted(store.outbox.ready(channel.name, now), means, now)
        if not ready:
            return
        groups: dict[str, list[QueuedAlert]] = {}
        for owed in ready:
            groups.setdefault(owed.search, []).append(owed)
        left = _left_this_hour(channel, means, now)
        if left is not None and len(groups) > left:
            # More messages than the user wants in an hour: one digest, and that when the hour allows it.
            if left == 0:
                store.outbox.postpone([owed.id for owed in ready], _next_room(channel, means, now))
                return
            groups = {"": ready}
        for search, owed_list in groups.items():
            _bundle(channel, search or f"{len(groups)} searches", owed_list, means, now)


def _still_wanted(ready: Sequence[QueuedAlert], means: Means, now: datetime) -> list[QueuedAlert]:
    """What the user has hidden since is not told, nor a job of which another listing said meanwhile that it is not wanted."""
    hidden = means.store.marks.hidden(now)
    searches = {saved.name: saved for saved in means.plan.searches}
    kept: list[QueuedAlert] = []
    gone: list[str] = []
    for owed in ready:
        asking = [searches[name] for name in (owed.search, *owed.also) if name in searches]
        if ("job", str(owed.job)) in hidden or ("search", owed.search) in hidden:
            gone.append(owed.id)
        elif not asking or owed.event is not EventKind.NEW or (posting := _readable(means, owed)) is None:
            kept.append(owed)
        else:
            match = next((match for saved in asking if (match := means.matcher.judge(saved, posting, now, owed.at)).wanted), None)
            if match is None:
                gone.append(owed.id)
            else:
                means.store.outbox.keep_reasons(owed.id, match.reasons)
                kept.append(owed)
    means.store.outbox.drop(gone)
    return kept


def _readable(means: Means, owed: QueuedAlert) -> Posting | None:
    """The posting that an alert shows; None where its row cannot be read, which is said when its message is made."""
    try:
        return alert_of(means.store, owed).posting
    except _UNREADABLE:
        return None


def _left_this_hour(channel: Channel, means: Means, now: datetime) -> int | None:
    if channel.max_per_hour is None:
        return None
    return max(0, channel.max_per_hour - len(means.store.outbox.sent_since(channel.name, now - timedelta(hours=1))))


def _next_room(channel: Channel, means: Means, now: datetime) -> datetime:
    sent = means.store.outbox.sent_since(channel.name, now - timedelta(hours=1))
    return sent[-(channel.max_per_hour or 1)] + timedelta(hours=1, seconds=1) if sent else now + timedelta(minutes=1)


def _bundle(channel: Channel, heading: str, owed: Sequence[QueuedAlert], means: Means, now: datetime) -> None:
    module = plugins.load("channels", channel.kind)
    try:
        alerts = tuple(alert_of(means.store, one) for one in owed)
        parts = [[alert.id for alert in part] for part in _form(module).parts(alerts, module.LIMITS)]
    except Exception:  # a poison alert must not hold the others back: each goes alone, and settles alone
        parts = [[one.id] for one in owed]
    for number, part in enumerate(parts, 1):
        batch = {"heading": heading, "thread": heading, "total": len(owed), "part": number, "parts": len(parts)}
        means.store.outbox.batch(secrets.token_hex(10), channel.name, part, now, batch)


# --- render ---------------------------------------------------------------------------------------------------------


def render(channel: Channel, delivery: Delivery, owed: Sequence[QueuedAlert], means: Means, now: datetime) -> Message:
    """The message of a delivery; raises RenderError when not even the plainest form can be made."""
    module = plugins.load("channels", channel.kind)
    try:
        alerts = [_alert(one, means, now) for one in owed]
    except _UNREADABLE as error:
        raise RenderError(f"what is stored of its jobs cannot be read ({type(error).__name__})") from error
    batch = _batch(channel, delivery, alerts, means, now)
    form = _form(module)
    try:
        message: Message = form.render(batch)
    except Exception as error:  # whatever a template or a posting does: the message goes out plainer
        message = _plain(form, batch, error)
    return replace(message, recipients=delivery.recipients, at=now)


def _alert(owed: QueuedAlert, means: Means, now: datetime) -> Alert:
    """The alert, with the draft of a letter where its search asks for one."""
    alert = alert_of(means.store, owed)
    saved = next((saved for saved in means.plan.searches if saved.name == owed.search), None)
    if saved is None or saved.letter is None or owed.event is not EventKind.NEW:
        return alert
    try:
        draft = letter(template_of(saved.letter), alert.posting, profile_of(means.plan.settings.profile), now)
    except AlertsError:
        # A broken template must not hold up the alert; ``job-alerts letter`` says what is wrong with it.
        return alert
    return replace(alert, letter=draft.text)


def _batch(channel: Channel, delivery: Delivery, alerts: Sequence[Alert], means: Means, now: datetime) -> Batch:
    settings, about = means.plan.settings, delivery.batch
    module = plugins.load("channels", channel.kind)
    return Batch(
        id=delivery.id,
        alerts=tuple(alerts),
        limits=module.LIMITS,
        now=now,
        timezone=settings.timezone,
        heading=delivery.notice["subject"] if delivery.notice else str(about.get("heading", "")),
        thread=str(about["thread"]) if "thread" in about else None,
        total=int(str(about.get("total", 0))),
        part=int(str(about.get("part", 1))),
        parts=int(str(about.get("parts", 1))),
        currency=settings.currency,
        rates=means.matcher.rates,
        templates={part: path.read_text(encoding="utf-8") for part, path in channel.templates.items() if path.is_file()},
        facts={"notes": delivery.notice["text"].splitlines()} if delivery.notice else {},
    )


def _plain(form: ModuleType, batch: Batch, error: Exception) -> Message:
    if batch.templates:
        return _again(form, replace(batch, templates={}), error)
    bare = tuple(replace(alert, posting=replace(alert.posting, text="", pays=(), eligibility=())) for alert in batch.alerts)
    return _again(form, replace(batch, alerts=bare), error)


def _again(form: ModuleType, batch: Batch, first: Exception) -> Message:
    try:
        message: Message = form.render(batch)
    except Exception as second:  # given up with both reasons
        raise RenderError(
            f"the message could not be made: {type(first).__name__}, and plainer: {type(second).__name__}"
        ) from second
    return message


def _form(module: ModuleType) -> ModuleType:
    from importlib import import_module

    return import_module(f"alerts.render.{module.FORM}")


# --- settle ---------------------------------------------------------------------------------------------------------


def settle(channel: Channel, delivery: Delivery, alerts: int, outcome: Outcome, means: Means, now: datetime) -> Result:
    """Keep how the attempt ended, for the message and for the destination."""
    store, attempts = means.store, delivery.attempts + 1
    pace = plugins.load("channels", channel.kind).LIMITS.pace
    with store.transaction():
        _say_dead(channel, delivery, outcome, means, now)
        if outcome.state == "sent":
            store.outbox.mark_sent(delivery.id, now)
            store.channels.good(channel.name, now, now + timedelta(seconds=pace) if pace else None)
            return Result(channel.name, delivery.id, outcome, alerts, "sent")
        failures = store.channels.state(channel.name).failures + 1
        if outcome.state == "refused" and not outcome.destination:
            store.outbox.mark_dead(delivery.id, now, outcome.why)
            return Result(channel.name, delivery.id, outcome, alerts, "dead")
        until = retry.pause(failures, now, refused=outcome.state == "refused", after=outcome.after)
        # A destination that says no itself needs no patience: the operator hears of it with the next look.
        store.channels.bad(channel.name, now, outcome.why, until, counts=retry.PATIENCE if outcome.state == "refused" else 1)
        again = retry.next_try(attempts, delivery.created, now, channel.kind, outcome.after)
        if again is None:
            why = f"given up after {attempts} tries: {outcome.why}"
            store.outbox.mark_dead(delivery.id, now, why)
            _say_dead(channel, delivery, Outcome("refused", why), means, now)
            return Result(channel.name, delivery.id, outcome, alerts, "dead")
        # An attempt that never came to the recipients (no connection) leaves those that were left before.
        store.outbox.reschedule(delivery.id, again, outcome.why, outcome.retry or delivery.recipients)
    return Result(channel.name, delivery.id, outcome, alerts, "later")


def _say_dead(channel: Channel, delivery: Delivery, outcome: Outcome, means: Means, now: datetime) -> None:
    """What is given up is told to the operator, by another channel: a message refused, or recipients that are."""
    if delivery.notice:
        return
    lines = [f"{who}: {why}" for who, why in outcome.dead.items()]
    if outcome.state == "refused" and not outcome.destination:
        lines.append(f"It was given up: {outcome.why}")
    if lines:
        text = "\n".join([*lines, f"See it, or try it again: job-alerts deliveries show {delivery.id[:8]}"])
        notice(means, f"{channel.name} did not take a message", text, now, but_not=channel.name)
