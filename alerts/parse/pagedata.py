"""Data for machines in pages for people: objects that scripts assign, objects that elements keep."""

from __future__ import annotations

import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from alerts.parse.values import mapping


def assigned(root: LexborHTMLParser, name: str) -> dict[str, Any]:
    """The object that a script of the page assigns (``window.pageData = {…};``); empty where there is none."""
    mark = re.compile(re.escape(name) + r"""["']?\s*[=:]\s*(?=\{)""")
    for script in root.css("script"):
        said = script.text()
        match = mark.search(said)
        if match:
            try:
                return mapping(json.JSONDecoder(strict=False).raw_decode(said, match.end())[0])
            except (ValueError, RecursionError):
                continue
    return {}


def kept(root: LexborHTMLParser, selector: str, name: str = "") -> dict[str, Any]:
    """The JSON object that an element keeps, in the attribute ``name`` or as its text; empty where there is none."""
    node = root.css_first(selector)
    said = None if node is None else node.attributes.get(name) if name else node.text()
    try:
        return mapping(json.loads(said, strict=False)) if said else {}
    except (ValueError, RecursionError):
        return {}
