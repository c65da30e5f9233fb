"""test: send a sample message to a channel and say exactly what the other side answered."""

from __future__ import annotations

import argparse
from dataclasses import replace
from importlib import import_module

from alerts.cli.commands._samples import sample_for
from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say, writing
from alerts.model.errors import UsageError
from alerts.model.plan import Channel, Plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which channel."""
    parser.add_argument("channel", metavar="CHANNEL", help="the name of a channel in the configuration")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the sample was taken."""
    from alerts.daemon.bootstrap import client_of
    from alerts.plugins import load

    plan = plan_of(args)
    channel = plan.channels.get(args.channel)
    if channel is None:
        raise UsageError(f"there is no channel {args.channel!r}; there are: {', '.join(plan.channels) or 'none'}")
    if channel.missing:
        raise UsageError(f"the channel {channel.name!r} cannot send: {channel.missing}")
    module = load("channels", channel.kind)
    now = clock()
    batch = sample_for(channel, plan, f"test-{now:%Y%m%d%H%M%S%f}", now)
    message = replace(import_module(f"alerts.render.{module.FORM}").render(batch), at=now)
    with client_of(plan) as client:
        outcome = module.send(message, channel.options, client)
    if outcome.state == "sent":
        _lift_pause(channel, plan)
    if args.json:
        emit({"channel": channel.name, "state": outcome.state, "why": outcome.why, "dead": dict(outcome.dead)})
    else:
        said = {"sent": "sent", "later": "not taken now (an alert would be tried again)", "refused": "refused"}[outcome.state]
        say(f"{channel.name} ({channel.kind}): {said}{': ' + outcome.why if outcome.why else ''}")
        say(*(f"  {who}: {why}" for who, why in outcome.dead.items()))
        say(*(f"  {line}" for line in str(message.payload.get("notice") or "").splitlines()))
    return 0 if outcome.state == "sent" else 1


def _lift_pause(channel: Channel, plan: Plan) -> None:
    """A channel that takes messages again goes on, with all that waits for it."""
    if not plan.settings.database.exists():
        return
    with writing(plan) as store, store.transaction():
        if store.channels.state(channel.name).failures:
            store.channels.good(channel.name, clock(), None)
            store.outbox.hasten(channel.name, clock())
