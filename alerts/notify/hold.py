"""Far too many alerts at once: they are held, the operator is asked (all, the best N, none), and the answer is carried out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.model.plan import Channel
from alerts.model.search import Answer, Reason
from alerts.notify.context import Context
from alerts.store.floods import Scope
from alerts.store.store import Store

#: The condition under which the operator's choice stands among the reasons of an alert that was given up for it.
CHOSEN = "best"
#: Titles that the question names.
_SAMPLE = 5


def hold(found: Mapping[Scope, Sequence[str]], channel: Channel, context: Context, now: datetime) -> None:
    """Put alerts into a delivery that waits for the operator's word, and ask for it; several floods at once are one question."""
    store, held, heading = context.store, secrets.token_hex(10), heading_of(tuple(found), context)
    ids = [one for some in found.values() for one in some]
    with store.transaction():
        store.floods.hold(held, channel.name, now, {"heading": heading, "scopes": list(found)})
        _ask_operator(held, heading, ids, channel, context, now)
    store.floods.move(held, ids)


def heading_of(scopes: Sequence[Scope], context: Context) -> str:
    """What there is too much of, in the user's own names."""
    names = {source.key: source.name for source in context.plan.sources}
    if len(scopes) > 1:
        kinds = {"source": "sources", "search": "searches"}
        found = {kind: sum(1 for other, _ in scopes if other == kind) for kind in kinds}
        return " and ".join(f"{count} {kinds[kind] if count > 1 else kind}" for kind, count in found.items() if count)
    kind, name = scopes[0]
    return names.get(name, name) if kind == "source" else name if kind == "search" else f"all searches on {name}"


def release(store: Store, delivery: str, now: datetime, best: int | None = None) -> bool:
    """The operator's word: tell all that is held, or the best ones."""
    if best is not None:
        why = Reason(CHOSEN, f"the best {best}", Answer.NO)
        store.floods.give_up(store.floods.owed_in(delivery, skip=best), why)
    return store.floods.release(delivery, now)


def drop(store: Store, delivery: str, now: datetime) -> bool:
    """The operator's word: tell none of them. Also for what was given up, or waits."""
    found = store.outbox.delivery(delivery)
    if found and found.state == "held":
        # Thousands, some at a time; what is left is given up together with the delivery.
        store.floods.give_up(store.floods.owed_in(delivery))
    return store.outbox.discard(delivery, now)


def _ask_operator(held: str, heading: str, ids: Sequence[str], channel: Channel, context: Context, now: datetime) -> None:
    short = held[:8]
    lines = [
        f"{len(ids):,} alerts of {heading} are due on {channel.name} at once. They are kept, and wait for your word:",
        f"all of them: job-alerts deliveries release {short}",
        f"the best 40: job-alerts deliveries release {short} --best 40",
        f"none: job-alerts deliveries drop {short}",
        f"see them: job-alerts deliveries show {short}",
        "The best ones:",
        *(f"– {title}" for title in _titles(ids[:_SAMPLE], context.store)),
    ]
    to = context.plan.settings.notify or channel.name
    subject = f"job-alerts: {len(ids):,} alerts wait for your word"
    context.store.outbox.notice(f"ask-{held}", to, subject, "\n".join(lines), now)


def _titles(ids: Sequence[str], store: Store) -> list[str]:
    jobs = [store.postings.of_job(owed.job) for owed in store.outbox.alerts(ids)]
    return [f"{found[0].posting.title} at {found[0].posting.company or 'company not stated'}" for found in jobs if found]
