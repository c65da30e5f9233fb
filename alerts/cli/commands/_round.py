"""One round of sending for cron: every channel in turn, waiting out the pause that a channel wants between two messages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from alerts.model.plan import Channel
from alerts.notify.context import Context, SendContext
from alerts.notify.deliver import Result, deliver


def deliver_all(
    context: SendContext,
    clock: Callable[[], datetime],
    most: timedelta,
    said: Callable[[Result], None],
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Send what is due on all channels, waiting for at most ``most`` in all; how many attempts failed."""
    left = dict(context.plan.channels)
    end, failed = clock() + most, 0
    while left:
        for channel in list(left.values()):
            if _waiting(channel, context, clock()):
                continue
            result = deliver(channel, context, clock(), ahead=context.plan.settings.gather)
            if result:
                said(result)
                failed += result.state != "sent"
            # A destination in trouble is left to the next round.
            if result is None or result.state == "later":
                del left[channel.name]
        waits = [until for channel in left.values() if (until := _waiting(channel, context, clock()))]
        if left and len(waits) == len(left):
            if min(waits) > end:
                break
            sleep(max((min(waits) - clock()).total_seconds(), 0.0))
    return failed


def _waiting(channel: Channel, context: Context, now: datetime) -> datetime | None:
    """Until when a channel that is well wants no further message."""
    state = context.store.channels.state(channel.name)
    return state.paused_until(now) if not state.failures else None


def still_owed(context: Context, now: datetime) -> Iterator[str]:
    """What a round leaves to the next one, or to the operator."""
    for name in sorted(set(context.store.outbox.channels_ready(now)) & set(context.plan.channels)):
        yield f"{name}: messages stay owed; they go out with the next round"
    for delivery, name, count, heading in context.store.floods.held():
        yield f"{name}: {count:,} alerts of {heading} wait for your word: job-alerts deliveries show {delivery[:8]}"
