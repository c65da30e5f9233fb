"""Far too many alerts at once: they are held, the operator is asked (all, the best N, none), and the answer is carried out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.model.plan import Channel
from alerts.model.search import Answer, Reason
from alerts.notify.context import Context
from alerts.render.tongue import count, locale, say, speaking
from alerts.store.floods import Scope
from alerts.store.store import Store

#: The condition under which the operator's choice stands among the reasons of an alert that was given up for it.
CHOSEN = "best"
#: Titles that the question names.
_SAMPLE = 5


def hold(found: Mapping[Scope, Sequence[str]], channel: Channel, context: Context, now: datetime) -> None:
    """Put alerts into a delivery that waits for the operator's word, and ask for it; several floods at once are one question."""
    store, held, heading = context.store, secrets.token_hex(10), heading_of(tuple(found), channel, context)
    ids = [one for some in found.values() for one in some]
    with store.transaction():
        store.floods.hold(held, channel.name, now, {"heading": heading, "scopes": list(found)})
        _ask_operator(held, heading, ids, channel, context, now)
    store.floods.move(held, ids)


def heading_of(scopes: Sequence[Scope], channel: Channel, context: Context) -> str:
    """What there is too much of, in the user's own names and the channel's language."""
    names = {source.key: source.name for source in context.plan.sources}
    kind, name = scopes[0]
    with speaking(context.plan.language_of(channel)):
        if len(scopes) > 1:
            sources = sum(1 for other, _ in scopes if other == "source")
            searches = sum(1 for other, _ in scopes if other == "search")
            said = [
                count(sources, "{number} source", "{number} sources"),
                count(searches, "{number} search", "{number} searches"),
            ]
            return say(" and ").join(one for number, one in zip((sources, searches), said, strict=True) if number)
        if kind == "source":
            return names.get(name, name)
        return name if kind == "search" else say("all searches on {name}", name=name)


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
    to = context.plan.settings.notify or channel.name
    with speaking(context.plan.language_of(context.plan.channels.get(to, channel))):
        subject = say("{number} alerts wait for your word", number=_whole(len(ids)))
        lines = [*_choices(held[:8], heading, len(ids), channel), say("The best ones:"), *_titles(ids[:_SAMPLE], context.store)]
        context.store.outbox.notice(f"ask-{held}", to, f"job-alerts: {subject}", "\n".join(lines), now)


def _choices(short: str, heading: str, number: int, channel: Channel) -> Sequence[str]:
    due = say(
        "{number} alerts of {heading} are due on {channel} at once. They are kept, and wait for your word:",
        number=_whole(number), heading=heading, channel=channel.name,
    )  # fmt: skip
    call = "job-alerts deliveries"
    return (
        due,
        say("all of them: {command}", command=f"{call} release {short}"),
        say("the best 40: {command}", command=f"{call} release {short} --best 40"),
        say("none: {command}", command=f"{call} drop {short}"),
        say("see them: {command}", command=f"{call} show {short}"),
    )


def _whole(number: int) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale()))


def _titles(ids: Sequence[str], store: Store) -> list[str]:
    jobs = [store.postings.of_job(owed.job) for owed in store.outbox.alerts(ids)]
    shown = [found[0].posting for found in jobs if found]
    return [
        "– " + say("{title} at {company}", title=one.title, company=one.company or say("company not stated")) for one in shown
    ]
