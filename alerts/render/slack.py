"""Alerts as Slack blocks: escaped before anything is cut, nothing that could call a channel, one fallback text."""

from __future__ import annotations

import re
from typing import Any

from alerts.model.alert import Alert
from alerts.model.message import Limits, Message
from alerts.render.batch import Batch
from alerts.render.cards import Card, Link, card
from alerts.render.clean import line
from alerts.render.context import cards, groups, notes, see_more
from alerts.render.split import in_rows, most, split
from alerts.render.subject import subject
from alerts.render.text import inert, text_of
from alerts.render.tongue import say, spoken

_BLOCKS = 50
_SECTION = 3_000
#: Of which the notes of an operator may take so much.
_NOTES = 2_000
#: Slack cuts a text beyond 40,000 characters silently.
_TEXT = 30_000
#: Characters of the blocks around the cards, and blocks that are no card: header, notes, "and 12 more".
_FRAME = 600
_OTHER_BLOCKS = 6
#: Signs that would format, and what looks like them.
_FORMAT = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})


def parts(alerts: tuple[Alert, ...], limits: Limits, total: int = 0) -> tuple[tuple[Alert, ...], ...]:
    """``alerts`` over messages that fit ``limits`` (size in characters over all blocks) and 50 blocks."""
    count = max(total, len(alerts))
    # A row is a block, and so may be the name of its search.
    a_message = (_BLOCKS - _OTHER_BLOCKS) // (2 if in_rows(count) else 3)
    fitting = Limits(min(most(limits, count), a_message), size=limits.size)
    blocks = _row if in_rows(count) else _job
    return split(alerts, fitting, lambda alert: _length(blocks(card(alert, now=alert.at))) + 200, frame=_FRAME)


@spoken
def render(batch: Batch) -> Message:
    """The message: ``payload`` is the body of the request, ``text`` the plain fallback, already escaped."""
    shown = cards(batch)
    title = subject(batch, shown)
    blocks = _blocks(batch, shown, title)
    payload = {"text": escape(title), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}
    plain = escape(text_of(batch, shown), _TEXT)
    return Message(batch.id, title, plain, payload=payload, thread=batch.thread, at=batch.now)


def escape(text: str, limit: int = 10_000) -> str:
    """``text`` as Slack shows it literally: ``& < >`` escaped, then cut outside of an escape, and it says so."""
    safe = inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(safe) <= limit:
        return safe
    return re.sub(r"&[a-z]{0,3}$", "", safe[: limit - 16]) + "… (shortened)"


def literal(text: str) -> str:
    """``text`` inside formatted text: escaped, and without signs that would format, quote or end a link's label."""
    return escape(re.sub(r"(?<!\w)_|_(?!\w)", "ˍ", text.translate(_FORMAT)).replace("|", "¦"))


def _blocks(batch: Batch, shown: tuple[Card, ...], title: str) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    if len(shown) != 1 or batch.parts > 1:
        blocks.append({"type": "header", "text": {"type": "plain_text", "text": line(title, 140), "emoji": False}})
    said = notes(batch)
    if said:
        blocks.append(_section("\n".join(literal(note) for note in said), _NOTES))
    for search, jobs in groups(shown):
        if len(groups(shown)) > 1:
            blocks.append(_context(f"*{literal(search)}*"))
        for one in jobs:
            blocks.extend(_row(one) if batch.compact else _job(one))
    if batch.more:
        blocks.append(_context(escape(f"… {see_more(batch)}")))
    return blocks


def _job(one: Card) -> list[dict[str, Any]]:
    """A section with what to decide by, and a context line with where it is from."""
    lines = [_headline(one)]
    lines += [f"{literal(change.label)}: {literal(change.before)} → *{literal(change.after)}*" for change in one.changes]
    pay = " ".join(
        part
        for part in (f"*{literal(one.pay)}*" if one.pay else "", f"({literal(one.pay_home)})" if one.pay_home else "")
        if part
    )
    lines += [
        pay,
        literal(one.where),
        literal(" · ".join(part for part in (one.level, one.employment, one.age, one.deadline) if part)),
    ]
    lines.append(literal(say("Why: {reasons}", reasons="; ".join(one.reasons))) if one.reasons else "")
    lines.append(f"> {literal(one.excerpt)}" if one.excerpt else "")
    lines.append(literal(say("Note: {flags}", flags="; ".join(one.flags))) if one.flags else "")
    lines.append(" · ".join(_link(link) for link in _links(one)))
    asked = say("not for you?")
    hide = f" · {literal(asked)} `{literal(one.hide)}`" if one.hide and not one.acts else ""
    acts = [" · ".join(map(_link, one.acts))] if one.acts else []
    return [
        _section("\n".join(said for said in lines if said)),
        _context(" · ".join(part for part in (literal(one.sources), literal(one.job), *acts) if part) + hide),
    ]


def _row(one: Card) -> list[dict[str, Any]]:
    """One of many jobs: title, where and pay, why."""
    title = literal(_titled(one.title, one.company))
    head = f"<{one.apply.url.replace('&', '&amp;')}|{title}>" if one.apply and len(one.apply.url) < 1_200 else f"*{title}*"
    badge = "" if one.event == "new" else f"{literal(one.badge)}: "
    changed = "; ".join(f"{change.label}: {change.before} → {change.after}" for change in one.changes)
    lines = [f"{badge}{head}", *(literal(said) for said in (" · ".join((*one.row, one.job)), changed, one.why) if said)]
    lines += [" · ".join(map(_link, one.acts))] if one.acts else []
    return [_section("\n".join(lines))]


def _headline(one: Card) -> str:
    badge = "" if one.event == "new" else f"{literal(one.badge)}: "
    return badge + _titled(f"*{literal(one.title)}*", literal(one.company))


def _titled(title: str, company: str) -> str:
    return say("{title} at {company}", title=title, company=company) if company else title


def _links(one: Card) -> list[Link]:
    """As many as a section has room for beside the words."""
    links: list[Link] = []
    room = 1_200
    for link in [one.apply, *one.also] if one.apply else []:
        room -= len(link.url) + len(link.label) + 6 if link else 0
        if link and (room > 0 or not links) and len(link.url) < 1_200:
            links.append(link)
    return links


def _link(link: Link) -> str:
    return f"<{link.url.replace('&', '&amp;')}|{literal(link.label)}>"


def _section(text: str, limit: int = _SECTION) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": _cut(text, limit), "verbatim": True}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": _cut(text, 2_000), "verbatim": True}]}


def _cut(text: str, limit: int) -> str:
    """Whole lines within ``limit``, the last one saying that there was more."""
    if len(text) <= limit:
        return text
    kept: list[str] = []
    for one in text.split("\n"):
        if sum(len(done) + 1 for done in kept) + len(one) > limit - 40:
            continue
        kept.append(one)
    return "\n".join([*kept, "… (shortened)"])


def _length(blocks: list[dict[str, Any]]) -> int:
    return sum(
        len(block["text"]["text"]) if "text" in block else sum(len(part["text"]) for part in block["elements"])
        for block in blocks
    )
