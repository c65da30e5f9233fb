"""A delivery and its alerts → the message; plainer where a template or a posting does not allow more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from types import ModuleType

from alerts import plugins
from alerts.model.alert import Alert
from alerts.model.errors import AlertsError, RenderError
from alerts.model.event import EventKind
from alerts.model.message import Message
from alerts.model.plan import Channel
from alerts.notify.act_links import with_links
from alerts.notify.alert_view import alert_of
from alerts.notify.context import Context
from alerts.notify.letter_files import profile_of, template_of
from alerts.render.batch import Batch
from alerts.render.letter import letter
from alerts.store.outbox import Delivery, QueuedAlert

#: What a row raises that was damaged, or written by another version; what the disk says is something else.
UNREADABLE = (ValueError, LookupError, TypeError)


def compose(channel: Channel, delivery: Delivery, owed: Sequence[QueuedAlert], context: Context, now: datetime) -> Message:
    """The message of a delivery; raises RenderError when not even the plainest form can be made."""
    try:
        alerts = [_alert(one, context, now) for one in owed]
    except UNREADABLE as error:
        raise RenderError(f"what is stored of its jobs cannot be read ({type(error).__name__})") from error
    batch = _batch(channel, delivery, alerts, context, now)
    form = form_of(channel)
    try:
        message: Message = form.render(batch)
    except Exception as error:  # whatever a template or a posting does: the message goes out plainer
        message = _plain(form, batch, error)
    return replace(message, recipients=delivery.recipients, at=now)


def form_of(channel: Channel) -> ModuleType:
    """The module that renders for a channel."""
    return import_module(f"alerts.render.{plugins.load('channels', channel.kind).FORM}")


def _alert(owed: QueuedAlert, context: Context, now: datetime) -> Alert:
    """The alert, with the draft of a letter where its search asks for one."""
    alert = with_links(alert_of(context.store, owed), context, now)
    saved = next((saved for saved in context.plan.searches if saved.name == owed.search), None)
    if saved is None or saved.letter is None or owed.event is not EventKind.NEW:
        return alert
    try:
        draft = letter(template_of(saved.letter), alert.posting, profile_of(context.plan.settings.profile), now)
    except AlertsError:
        # A broken template must not hold up the alert; ``job-alerts letter`` says what is wrong with it.
        return alert
    return replace(alert, letter=draft.text)


def _batch(channel: Channel, delivery: Delivery, alerts: Sequence[Alert], context: Context, now: datetime) -> Batch:
    settings, about = context.plan.settings, delivery.batch
    parts = int(str(about.get("parts", 1)))
    return Batch(
        id=delivery.id,
        alerts=tuple(alerts),
        limits=plugins.load("channels", channel.kind).LIMITS,
        now=now,
        timezone=settings.timezone,
        heading=delivery.notice["subject"] if delivery.notice else str(about.get("heading", "")),
        thread=str(about["thread"]) if "thread" in about else None,
        total=int(str(about.get("total", 0))) if parts > 1 else len(alerts),
        part=int(str(about.get("part", 1))),
        parts=parts,
        currency=settings.currency,
        rates=context.matcher.rates,
        templates={part: path.read_text(encoding="utf-8") for part, path in channel.templates.items() if path.is_file()},
        more=int(str(about.get("more", 0))),
        facts=_facts(delivery),
        language=context.plan.language_of(channel),
    )


def _facts(delivery: Delivery) -> dict[str, object]:
    """The notes of a notice, or where the alerts are seen that a digest only counts."""
    if delivery.notice:
        calendar = delivery.notice.get("calendar")
        return {"notes": delivery.notice["text"].splitlines()} | ({"calendar": calendar} if calendar else {})
    return {"see_more": f"job-alerts deliveries show {delivery.id[:8]}"} if delivery.batch.get("more") else {}


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
