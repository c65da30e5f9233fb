"""What a person says of messages that wait or were given up: try again, tell them, drop them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.model.errors import UsageError
from alerts.notify.hold import drop as drop_one
from alerts.notify.hold import release as release_one
from alerts.store.outbox import Delivery
from alerts.store.store import Store


def retry(store: Store, chosen: Sequence[Delivery], now: datetime) -> int:
    """Try them at once, and lift the pauses of their channels; how many. Raises UsageError where one is held."""
    if held := next((delivery for delivery in chosen if delivery.state == "held"), None):
        raise UsageError(f"it waits for your word: job-alerts deliveries release {held.id[:8]}, or drop")
    done = sum(store.outbox.revive(delivery.id, now) for delivery in chosen)
    for name in {delivery.channel for delivery in chosen}:
        store.channels.resume(name)
    return done


def drop(store: Store, chosen: Sequence[Delivery], now: datetime) -> int:
    """Tell none of them; how many were dropped."""
    return sum(drop_one(store, delivery.id, now) for delivery in chosen)


def release(store: Store, delivery: Delivery, now: datetime, best: int | None = None) -> int:
    """Tell what is held: all of it, or the best; how many alerts go out. Raises UsageError where it is not held."""
    if delivery.state != "held":
        raise UsageError(
            f"delivery {delivery.id[:8]} is not held, it is {delivery.state}; see: job-alerts deliveries --state held"
        )
    release_one(store, delivery.id, now, best)
    return len(store.floods.owed_in(delivery.id))


def what(delivery: Delivery, count: int) -> str:
    """What a message says, in a line; ``count``: the alerts in it."""
    if delivery.notice:
        return str(delivery.notice["subject"])
    more = delivery.batch.get("more")
    shown = f", the best {count - more} shown" if isinstance(more, int) and more else ""
    return f"{count} alert{'s' if count != 1 else ''}{shown}: {delivery.batch.get('heading', '')}"


def fields(delivery: Delivery) -> dict[str, object]:
    """The documented JSON."""
    names = ("id", "channel", "state", "created", "due", "attempts", "error", "settled", "recipients")
    return {name: getattr(delivery, name) for name in names} | {"batch": dict(delivery.batch), "notice": delivery.notice}
