"""Alerts as plain text: the console, ntfy, Discord, everything that Apprise reaches, and the plain part of a mail."""

from __future__ import annotations

import re
from dataclasses import replace

from alerts.model.alert import Alert
from alerts.model.message import Limits, Message
from alerts.render import templating
from alerts.render.batch import Batch
from alerts.render.cards import Card, card
from alerts.render.clean import cut, line
from alerts.render.context import cards, context
from alerts.render.split import most, split
from alerts.render.tongue import spoken

#: What opens a mention or a command somewhere: ``@everyone``, ``<!channel>``, ``<@U1>``, ``<#C1>``.
_LIVE = re.compile(r"@(?=everyone|here|channel|all\b|room\b)|<(?=[!@#:])", re.IGNORECASE)
#: Room for the notes, the heading of a search and the line that counts what is held back.
_FRAME = 200
_STEPS = ("excerpt", "also", "acts", "flags", "reasons", "changes")


def parts(alerts: tuple[Alert, ...], limits: Limits, total: int = 0) -> tuple[tuple[Alert, ...], ...]:
    """``alerts`` over messages that fit ``limits`` (size in UTF-8 bytes); ``total``: those held back are counted, too."""
    frame, count = min(_FRAME, limits.size // 10), max(total, len(alerts))
    fitting = replace(limits, items=most(limits, count))
    return split(alerts, fitting, lambda alert: _size(text_of(_trial(alert, count), (_card(alert),))) + 110, frame=frame)


@spoken
def render(batch: Batch) -> Message:
    """The message as text. ``payload["notice"]`` says which templates of the user were not used, and why."""
    # Nothing can be attached to a text.
    shown = tuple(replace(one, letter=False) for one in cards(batch))
    notices: list[str] = []
    words = context(batch, shown)
    subject = line(templating.fill("subject", "subject.txt.j2", batch.templates, words, notices), 200)
    text = _fitting(batch, shown, notices)
    payload = {"notice": "\n".join(notices)} if notices else {}
    return Message(batch.id, inert(subject), text, payload=payload, thread=batch.thread, at=batch.now)


def text_of(batch: Batch, shown: tuple[Card, ...], notices: list[str] | None = None) -> str:
    """The body alone."""
    filled = templating.fill("text", "text.txt.j2", batch.templates, context(batch, shown), [] if notices is None else notices)
    return inert(filled.strip("\n")) + "\n"


def inert(text: str) -> str:
    """``text`` with an invisible break inside everything that would call people or run a command in a chat."""
    return _LIVE.sub(lambda sign: sign[0] + "\u200b", text)


def _fitting(batch: Batch, shown: tuple[Card, ...], notices: list[str]) -> str:
    """The text within the limits: first the least needed lines go, and it says so; at last it is cut, and says so."""
    text = text_of(batch, shown, notices)
    for step in range(1, len(_STEPS) + 1):
        if _size(text) <= batch.limits.size:
            return text
        shown = tuple(_without(one, _STEPS[:step]) for one in shown)
        text = text_of(batch, shown)
    while _size(text) > batch.limits.size and text:
        text = cut(text, len(text) - max((_size(text) - batch.limits.size) // 4, 1)) if len(text) > 20 else ""
    return text


def _without(one: Card, names: tuple[str, ...]) -> Card:
    less = {name: type(said)() for name in names if (said := getattr(one, name))}
    if not less:
        return one
    flags = ("shortened to fit: `job-alerts explain` has the rest",)
    return replace(one, **{**less, "flags": flags})


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _card(alert: Alert) -> Card:
    return card(alert, now=alert.at)


def _trial(alert: Alert, total: int) -> Batch:
    return Batch("trial", (alert,), Limits(), alert.at, total=total)
