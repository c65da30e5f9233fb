"""schema.org JobPosting objects in a page: JSON-LD and microdata."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alerts.parse.values import mapping, text

#: Comments and marks that fill whole lines. A comment ends soon, or the expression would look for its end again and again.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*[^\0]{0,2000}?\*/|<!--|-->|<!\[CDATA\[|\]\]>)[ \t]*$", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
#: Comments of one script, items of microdata of one page, properties of one item.
_FEW = 200
#: Objects looked at in one page.
_MOST = 20_000


def postings(root: LexborHTMLParser) -> list[dict[str, Any]]:
    """The JobPosting objects of a page, in order, JSON-LD before microdata (which is read only where there is none)."""
    found = [
        item
        for script in root.css("script")
        if "ld+json" in (script.attributes.get("type") or "").lower()
        for item in job_postings(loads(script.text()))
    ]
    return found or [_microdata(node) for node in root.css("[itemtype*='schema.org/JobPosting' i]")[:_FEW]]


def loads(said: str) -> Any:
    """What a JSON-LD script says, or None; comments, CDATA marks, raw line ends, trailing commas, escaped quotes are forgiven."""
    stripped = said.strip().rstrip(";")
    for repair in (str, _without_comments, lambda text: _TRAILING_COMMA.sub("", _without_comments(text)), html.unescape):
        try:
            return json.loads(repair(stripped), strict=False, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            continue
    return None


def job_postings(value: Any) -> list[dict[str, Any]]:
    """The JobPosting objects anywhere in a JSON value (list, @graph, ItemList …), in document order."""
    waiting, found = [value], []
    for _ in range(_MOST):
        if not waiting:
            break
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            if is_job_posting(each):
                found.append(each)
            else:
                waiting.extend(reversed([inside for inside in each.values() if isinstance(inside, (dict, list))]))
    return found


def is_job_posting(item: dict[str, Any]) -> bool:
    """Is this object a JobPosting, alone or among other types?"""
    said = item.get("@type")
    return any(
        isinstance(each, str) and each.rpartition("/")[2] == "JobPosting" for each in (said if isinstance(said, list) else [said])
    )


def _without_comments(said: str) -> str:
    return _COMMENT.sub("", said) if said.count("/*") <= _FEW else said


def _microdata(node: LexborNode) -> dict[str, Any]:
    """One microdata item in the shape of JSON-LD: a property is a text, an item, or a list of them."""
    item: dict[str, Any] = {}
    waiting = list(node.iter())[::-1]
    for _ in range(_MOST):
        if not waiting:
            break
        inside = waiting.pop()
        names = (inside.attributes.get("itemprop") or "").split()
        nested = "itemscope" in inside.attributes
        value = _microdata_below(inside) if nested else _property(inside)
        for name in names:
            before = item.get(name)
            item[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
        if not nested:
            waiting.extend(reversed(list(inside.iter())))
    return {"@type": "JobPosting"} | item


def _microdata_below(node: LexborNode) -> dict[str, Any]:
    """An item inside an item; only two levels are of use (place → address), deeper ones are flattened into them."""
    item: dict[str, Any] = {}
    for inside in node.css("[itemprop]")[:_FEW]:
        for name in (inside.attributes.get("itemprop") or "").split():
            item.setdefault(name, {} if "itemscope" in inside.attributes else _property(inside))
    return {name: mapping(item) if value == {} else value for name, value in item.items()} or {
        "name": text(node.text(separator=" "))
    }


def _property(node: LexborNode) -> str | None:
    said = node.attributes
    if (node.attributes.get("itemprop") or "").split()[:1] == ["description"]:
        return text(node.html)
    given = said.get("content") or said.get("datetime") or said.get("href")
    return text(given or node.text(separator=" "))
