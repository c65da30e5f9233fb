"""Alerts as a mail: subject, plain text, HTML that reads well on a phone and in the dark, letters attached."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from alerts.model.alert import Alert
from alerts.model.message import Limits, Message
from alerts.render import templating, text
from alerts.render.batch import Batch
from alerts.render.cards import Card, card
from alerts.render.clean import block, line
from alerts.render.context import cards, context
from alerts.render.split import FULL, most, split
from alerts.render.tongue import spoken

#: Bytes of the page around the cards, its notes and the preview line.
_FRAME = 9_000
_LONGEST_LETTER = 200_000


def parts(alerts: tuple[Alert, ...], limits: Limits, total: int = 0) -> tuple[tuple[Alert, ...], ...]:
    """``alerts`` over mails that fit ``limits`` (size in bytes of the HTML: Gmail hides what is beyond 102 KB)."""
    count = max(total, len(alerts))
    return split(alerts, replace(limits, items=most(limits, count)), lambda alert: _size(alert, count), frame=_FRAME)


@spoken
def render(batch: Batch) -> Message:
    """The mail in its reader's language. ``payload["notice"]`` says which templates of the user were not used, and why."""
    shown = cards(batch)
    notices: list[str] = []
    words = context(batch, shown)
    subject = line(templating.fill("subject", "subject.txt.j2", batch.templates, words, notices), 200)
    plain = text.text_of(batch, shown, notices)
    html = templating.fill("html", "email.html.j2", batch.templates, words, notices)
    return Message(
        batch.id,
        subject,
        plain,
        html=html,
        payload={"notice": "\n".join(notices)} if notices else {},
        thread=batch.thread,
        attachments=(*(_letter(alert) for alert in batch.alerts if alert.letter), *_calendar(batch)),
        at=batch.now,
    )


def _letter(alert: Alert) -> tuple[str, str, bytes]:
    """The draft as a file that any editor opens: ``letter-7k3f-acme.md``."""
    name = re.sub(r"[^a-z0-9]+", "-", line(f"{alert.job} {alert.posting.company or ''}", 60).lower()).strip("-")
    return f"letter-{name or 'draft'}.md", "text/markdown", block(alert.letter, _LONGEST_LETTER).encode()


def _calendar(batch: Batch) -> tuple[tuple[str, str, bytes], ...]:
    """An appointment as a file that calendars open."""
    entry = batch.facts.get("calendar")
    return (("appointment.ics", "text/calendar", entry.encode()),) if isinstance(entry, str) and entry else ()


def _size(alert: Alert, total: int) -> int:
    trial = Batch("trial", (alert,), Limits(), alert.at, total=total)
    shown: tuple[Card, ...] = (replace(card(alert, now=alert.at), pay_home="≈ €100k–200k", age="posted 10 minutes ago"),)
    whole = templating.fill("html", "email.html.j2", {}, context(trial, shown), [])
    return len(whole.encode()) - _bare(trial.compact) + len(alert.search) + 200


@cache
def _bare(compact: bool) -> int:
    """Bytes of a page without jobs."""
    total = FULL + 1 if compact else 0
    trial = Batch("trial", (), Limits(), datetime(2026, 1, 1, tzinfo=UTC), total=total, facts={"notes": ["x"]})
    return len(templating.fill("html", "email.html.j2", {}, context(trial, ()), []))
