"""How a message was answered is written before anything else of its channel happens, however long that takes.

Where the database cannot be written, the answer is kept in a file beside it and tried again, also after a restart: a message
that the other side took does not go out a second time because of a full disk or a lock of another program.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from alerts.model.errors import StoreError, StoreLost
from alerts.model.message import Outcome
from alerts.notify.context import Context
from alerts.notify.settle import settle
from alerts.store.outbox import Delivery
from alerts.store.store import Store

log = logging.getLogger("alerts")
T = TypeVar("T")
#: The database is given so many seconds, then the answer is kept beside it.
AT_ONCE = 0.1
#: Between two tries, in seconds.
PAUSE = 0.5


def until_written(store: Store, channel: str, delivery: Delivery, outcome: Outcome, now: datetime, write: Callable[[], T]) -> T:
    """Call ``write``, again and again until the database takes it; StoreError where the patience of the store ends before."""
    try:
        with store.transaction(AT_ONCE):
            return write()
    except StoreLost:
        raise
    except StoreError as error:
        log.warning("%s: delivery %s was answered, but %s", channel, delivery.id, error)
    slot = store.unsettled.keep(_record(channel, delivery, outcome, now))
    result = _patiently(store, write)
    store.unsettled.settled(slot)
    return result


def replay(context: Context) -> int:
    """At a start: write what the last process could not; how many."""
    done = 0
    for slot, record in context.store.unsettled.records().items():
        channel, delivery = context.plan.channels.get(record["channel"]), context.store.outbox.delivery(record["delivery"])
        if delivery is not None and delivery.state == "waiting":
            outcome, at = Outcome(**_fields(record["outcome"])), datetime.fromisoformat(record["at"])
            alerts = len(context.store.outbox.of_delivery(delivery.id))
            if channel is not None:
                settle(channel, delivery, alerts, outcome, context, at)
            elif outcome.state == "sent":
                context.store.outbox.mark_sent(delivery.id, at)
            done += 1
        context.store.unsettled.settled(slot)
    return done


def _patiently(store: Store, write: Callable[[], T]) -> T:
    end = time.monotonic() + store.ledger.patience
    while True:
        try:
            with store.transaction(PAUSE):
                return write()
        except StoreLost:
            raise
        except StoreError:
            if time.monotonic() >= end:
                raise
            time.sleep(PAUSE)


def _record(channel: str, delivery: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {"channel": channel, "delivery": delivery.id, "outcome": asdict(outcome), "at": now.isoformat()}


def _fields(outcome: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in outcome.items()}
