"""What a template may speak of: the batch and its cards, grouped by search, as plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alerts.model.errors import RenderError
from alerts.render import clean, wording
from alerts.render.batch import Batch
from alerts.render.cards import Card, card
from alerts.render.split import together
from alerts.render.subject import subject
from alerts.render.tongue import count, locale, say

#: Notes in one message, and characters of each.
_NOTES, _NOTE = 40, 300


def cards(batch: Batch) -> tuple[Card, ...]:
    """The batch's alerts in words, those of one search side by side; raises RenderError where there is nothing to say."""
    if not batch.alerts and not notes(batch):
        raise RenderError("there is nothing to tell: a message needs at least one alert or one note")
    view = {"now": batch.now, "zone": batch.timezone, "home": batch.currency, "rates": batch.rates}
    return tuple(card(alert, **view) for alert in together(batch.alerts))  # type: ignore[arg-type]


def context(batch: Batch, shown: Sequence[Card]) -> dict[str, Any]:
    """The fixed context of templates, documented in docs/templates.md."""
    return {
        "subject": subject(batch, shown),
        "heading": clean.line(batch.heading, 100),
        "jobs": tuple(shown),
        "compact": batch.compact,
        "groups": groups(shown),
        "notes": notes(batch),
        "more": batch.more,
        "see_more": see_more(batch),
        "part": batch.part,
        "parts": batch.parts,
        "total": max(batch.total, len(shown)),
        "now": wording.clock(batch.now, batch.timezone),
        "id": clean.line(batch.id, 100),
        "language": locale().language,
    }


def groups(shown: Sequence[Card]) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """(search, its cards) in their order."""
    names = dict.fromkeys(one.search for one in shown)
    return tuple((name, tuple(one for one in shown if one.search == name)) for name in names)


def notes(batch: Batch) -> tuple[str, ...]:
    """The lines of ``facts["notes"]``, harmless; at most 40, the last of which counts the others."""
    said = batch.facts.get("notes", ())
    lines = [said] if isinstance(said, str) else list(said) if isinstance(said, list | tuple) else []
    texts = [text for one in lines if (text := clean.line(str(one), _NOTE))]
    rest = len(texts) - _NOTES
    return (*texts[:_NOTES], *([say("… and {number} more (shortened)", number=rest)] if rest > 0 else []))


def see_more(batch: Batch) -> str:
    """Where the held back alerts are seen: "and 12 more: see them with job-alerts export"; "" where there are none."""
    if batch.more <= 0:
        return ""
    where = clean.line(str(batch.facts.get("see_more") or ""), 200) or "job-alerts export"
    return count(
        batch.more, "and {number} more: see it with {command}", "and {number} more: see them with {command}", command=where
    )
