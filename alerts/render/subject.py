"""The one line that must be enough: what, where, how much; or how many of which search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alerts.render.batch import Batch
from alerts.render.cards import Card
from alerts.render.clean import line
from alerts.render.tongue import count, say
from alerts.render.wording import word


def subject(batch: Batch, cards: Sequence[Card]) -> str:
    """The subject of a message, harmless and at most 200 characters."""
    heading = line(batch.heading, 80)
    if not cards:
        said = heading or say("A word from job-alerts")
    elif len(cards) == 1 and max(batch.total, 1) + batch.more == 1:
        said = _one(cards[0])
    else:
        said = _several(cards, batch) + (f": {heading}" if heading else "")
    return line(said + (" " + say("({part} of {parts})", part=batch.part, parts=batch.parts) if batch.parts > 1 else ""), 200)


def _one(card: Card) -> str:
    prefix = word("event", card.event, part=1)
    title = line(card.title, 90)
    who = say("{title} at {company}", title=title, company=line(card.company, 40)) if card.company else title
    change = next((one for one in card.changes if one.before or one.after), None)
    if card.event == "changed" and change:
        changed = say("{field} changed: {job}", field=change.label, job=who)
        return f"{changed} — {line(change.before, 40)} → {line(change.after, 40)}"
    tail = " · ".join(part for part in (card.where_short, card.pay_short) if part)
    return f"{prefix}{who}" + (f" — {tail}" if tail and card.event != "closed" else "")


def _several(cards: Sequence[Card], batch: Batch) -> str:
    total = max(batch.total, len(cards)) + batch.more
    kinds = Counter(card.event for card in cards)
    if set(kinds) == {"new"}:
        return count(total, "{number} new job", "{number} new jobs")
    if total > len(cards):
        return count(total, "{number} job alert", "{number} job alerts")
    if len(kinds) == 1:
        jobs = count(total, "{number} job", "{number} jobs")
        return f"{jobs} {word('event', cards[0].event, part=2)}"
    return ", ".join(f"{number} {word('event', kind, part=2)}" for kind, number in kinds.items())
