"""A Slack message as a page to look at: its blocks, drawn much as Slack draws them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

_STYLE = """
body { margin: 0; padding: 20px; background: #fff; color: #1d1c1d; font: 15px/22px Lato, "Segoe UI", Arial, sans-serif }
.post { display: flex; gap: 10px; max-width: 640px }
.icon { flex: 0 0 36px; height: 36px; border-radius: 6px; background: #1a5fb4; color: #fff; text-align: center }
.icon { font-weight: 700; line-height: 36px }
.app { background: #e8e8e8; border-radius: 2px; font-size: 10px; padding: 1px 3px; color: #454447 }
h1 { font-size: 18px; line-height: 24px; margin: 6px 0 }
.section { margin: 8px 0 2px }
.context { color: #616061; font-size: 13px; margin: 2px 0 8px }
a { color: #1264a3; text-decoration: none }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd }
code { background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px; color: #c01343; font-size: 12px }
"""


def page(message: Mapping[str, Any]) -> str:
    """The whole page."""
    drawn = "".join(_block(block) for block in message["blocks"])
    head = f'<meta charset="utf-8"><title>{escape(message["text"])}</title><style>{_STYLE}</style>'
    who = '<div class="icon">JA</div><div><div><b>job-alerts</b> <span class="app">APP</span></div>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><div class="post">{who}{drawn}</div></div></body></html>'


def _block(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"<h1>{escape(block['text']['text'])}</h1>"
        case "section":
            return f'<div class="section">{_words(block["text"]["text"])}</div>'
        case "context":
            return f'<div class="context">{" ".join(_words(one["text"]) for one in block["elements"])}</div>'
    return ""


def _words(text: str) -> str:
    """Slack's own marks: ``*bold*``, ``<address|words>``, `code`, ``> quote``."""
    lines = []
    for line in text.splitlines():
        parts = re.split(r"<(https?://[^|>]+)\|([^>]*)>", line)
        said = "".join(
            _marked(part)
            if at % 3 == 0
            else f'<a href="{escape(unescape(part))}">{escape(unescape(parts[at + 1]))}</a>'
            if at % 3 == 1
            else ""
            for at, part in enumerate(parts)
        )
        quote = said.removeprefix("&gt; ")
        lines.append(f"<blockquote>{quote}</blockquote>" if quote != said else f"{said}<br>")
    return "".join(lines)


def _marked(text: str) -> str:
    said = escape(unescape(text))
    said = re.sub(r"\*([^*]+)\*", r"<b>\1</b>", said)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", said)
