"""A message of invented jobs, and sending it through a channel; one that takes messages again goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from alerts.model.message import Outcome
from alerts.model.plan import Channel, Plan
from alerts.notify.send import send
from alerts.plugins import load
from alerts.render.batch import Batch
from alerts.store.store import Store

if TYPE_CHECKING:
    from alerts.fetch.client import Client


def sample_for(channel: Channel, plan: Plan, name: str, now: datetime) -> Batch:
    """Invented jobs for one channel, in the user's zone and currency, and the channel's language."""
    from alerts.render.samples import sample

    batch = sample(name, load("channels", channel.kind).LIMITS, now, plan.settings.timezone, plan.settings.currency)
    own = {part: path.read_text(encoding="utf-8", errors="replace") for part, path in channel.templates.items()}
    return replace(batch, templates=own, language=plan.language_of(channel))


def send_sample(channel: Channel, plan: Plan, client: Client, now: datetime) -> tuple[Outcome, str]:
    """What the other side said, and a notice that the channel wants to be read (a test mailbox, a file)."""
    module = load("channels", channel.kind)
    batch = sample_for(channel, plan, f"test-{now:%Y%m%d%H%M%S%f}", now)
    message = replace(import_module(f"alerts.render.{module.FORM}").render(batch), at=now)
    return send(channel, message, client), str(message.payload.get("notice") or "")


def said_of(outcome: Outcome) -> str:
    """What became of a sample, in a line."""
    said = {"sent": "sent", "later": "not taken now (an alert would be tried again)", "refused": "refused"}[outcome.state]
    return f"{said}{': ' + outcome.why if outcome.why else ''}"


def lift_pause(store: Store, channel: str, now: datetime) -> None:
    """A channel that takes messages again goes on."""
    with store.transaction():
        if store.channels.state(channel).failures:
            store.channels.good(channel, now, None)
            store.outbox.hasten(channel, now)
