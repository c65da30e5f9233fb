"""test: send a sample message to a channel and say exactly what the other side answered."""

from __future__ import annotations

import argparse

from alerts.cli.commands._shared import clock, emit, json_option, plan_of, say, writing
from alerts.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which channel."""
    parser.add_argument("channel", metavar="CHANNEL", help="the name of a channel in the configuration")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the sample was taken."""
    from alerts.acts.sample import lift_pause, said_of, send_sample
    from alerts.daemon.bootstrap import client_of
    from alerts.store.places import exists

    plan, now = plan_of(args), clock()
    channel = plan.channels.get(args.channel)
    if channel is None:
        raise UsageError(f"there is no channel {args.channel!r}; there are: {', '.join(plan.channels) or 'none'}")
    if channel.missing:
        raise UsageError(f"the channel {channel.name!r} cannot send: {channel.missing}")
    with client_of(plan) as client:
        outcome, notice = send_sample(channel, plan, client, now)
    if outcome.state == "sent" and exists(plan.settings.database):
        with writing(plan) as store:
            lift_pause(store, channel.name, clock())
    if args.json:
        emit({"channel": channel.name, "state": outcome.state, "why": outcome.why, "dead": dict(outcome.dead)})
    else:
        say(f"{channel.name} ({channel.kind}): {said_of(outcome)}")
        say(*(f"  {who}: {why}" for who, why in outcome.dead.items()))
        say(*(f"  {line}" for line in notice.splitlines()))
    return 0 if outcome.state == "sent" else 1
