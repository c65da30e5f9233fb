"""The one line that must be enough: what, where, how much; or how many of which search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alerts.render.batch import Batch
from alerts.render.cards import Card
from alerts.render.clean import line
from alerts.render.wording import words


def subject(batch: Batch, cards: Sequence[Card]) -> str:
    """The subject of a message, harmless and at most 200 characters."""
    heading = line(batch.heading, 80)
    if not cards:
        said = heading or "A word from job-alerts"
    elif len(cards) == 1 and max(batch.total, 1) + batch.more == 1:
        said = _one(cards[0])
    else:
        said = _several(cards, batch) + (f": {heading}" if heading else "")
    return line(said + (f" ({batch.part} of {batch.parts})" if batch.parts > 1 else ""), 200)


def _one(card: Card) -> str:
    prefix = words("event")[card.event][1]
    who = line(card.title, 90) + (f" at {line(card.company, 40)}" if card.company else "")
    change = next((one for one in card.changes if one.before or one.after), None)
    if card.event == "changed" and change:
        return f"{change.label} changed: {who} — {line(change.before, 40)} → {line(change.after, 40)}"
    tail = " · ".join(part for part in (card.where_short, card.pay_short) if part)
    return f"{prefix}{who}" + (f" — {tail}" if tail and card.event != "closed" else "")


def _several(cards: Sequence[Card], batch: Batch) -> str:
    total = max(batch.total, len(cards)) + batch.more
    kinds = Counter(card.event for card in cards)
    if set(kinds) == {"new"}:
        return f"{total} new job{'s' if total > 1 else ''}"
    if total > len(cards):
        return f"{total} job alerts"
    if len(kinds) == 1:
        return f"{total} jobs {words('event')[cards[0].event][2]}"
    return ", ".join(f"{count} {words('event')[kind][2]}" for kind, count in kinds.items())
