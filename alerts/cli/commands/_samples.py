"""A message of invented jobs as a channel would be sent it, with the templates of that channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from alerts.model.plan import Channel, Plan
from alerts.plugins import load
from alerts.render.batch import Batch


def sample_for(channel: Channel, plan: Plan, name: str, now: datetime) -> Batch:
    """Invented jobs for one channel, in the user's zone and currency, and the channel's language."""
    from alerts.render.samples import sample

    batch = sample(name, load("channels", channel.kind).LIMITS, now, plan.settings.timezone, plan.settings.currency)
    own = {part: path.read_text(encoding="utf-8", errors="replace") for part, path in channel.templates.items()}
    return replace(batch, templates=own, language=plan.language_of(channel))
