"""schema.org JobPosting objects in a page: JSON-LD, microdata and RDFa."""

from __future__ import annotations

import html
import json
import re
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alerts.parse.values import mapping, text

#: Comments and marks that fill whole lines. A comment ends soon, or the expression would look for its end again and again.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*[^\0]{0,2000}?\*/|<!--|-->|<!\[CDATA\[|\]\]>)[ \t]*$", re.MULTILINE)
#: CDATA marks wherever they stand, with the comment that hides them from browsers.
_CDATA = re.compile(r"(?://|/\*)?[ \t]*(?:<!\[CDATA\[|\]\]>)[ \t]*(?:\*/)?")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BETWEEN = re.compile(r"[\s,;]*")
#: Comments of one script, items of microdata of one page, properties of one item.
_FEW = 200
#: Objects looked at in one page.
_MOST = 20_000


def postings(root: LexborHTMLParser) -> list[dict[str, Any]]:
    """The JobPosting objects of a page, in order: JSON-LD; where there is none, microdata; where there is none, RDFa."""
    found = [
        item
        for script in root.css("script")
        if "ld+json" in (script.attributes.get("type") or "").lower()
        for item in job_postings(loads(script.text()))
    ]
    for attributes, selector in ((_MICRODATA, "[itemtype*='schema.org/JobPosting' i]"), (_RDFA, "[typeof$='JobPosting' i]")):
        found = found or [_item(node, attributes) for node in root.css(selector)[:_FEW]]
    return found


def loads(said: str) -> Any:
    """What a JSON-LD script says, or None; comments, CDATA marks, raw line ends, trailing commas, escaped quotes are forgiven.

    Several objects one after another are read as a list of them.
    """
    stripped = said.strip().rstrip(";")
    for repair in (str, _without_comments, lambda text: _TRAILING_COMMA.sub("", _without_comments(text)), html.unescape):
        try:
            found = _values(repair(stripped))
        except (ValueError, RecursionError):
            continue
        return found[0] if len(found) == 1 else found
    return None


def _values(said: str) -> list[Any]:
    """The values that stand one after another, with nothing but commas and semicolons between them."""
    decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
    value, at = decoder.raw_decode(said)
    found = [value]
    while (at := at + len(_BETWEEN.match(said, at)[0])) < len(said) and len(found) <= _FEW:  # type: ignore[index]
        value, at = decoder.raw_decode(said, at)
        found.append(value)
    return found


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
    return _COMMENT.sub("", _CDATA.sub("", said)).strip().rstrip(";") if said.count("/*") <= _FEW else said


class _Attributes(NamedTuple):
    """How a kind of markup says that an element is a property, and that it is an item of its own."""

    name: str
    item: str


_MICRODATA, _RDFA = _Attributes("itemprop", "itemscope"), _Attributes("property", "typeof")


def _item(node: LexborNode, attributes: _Attributes) -> dict[str, Any]:
    """One item in the shape of JSON-LD: a property is a text, an item, or a list of them."""
    item: dict[str, Any] = {}
    waiting = list(node.iter())[::-1]
    for _ in range(_MOST):
        if not waiting:
            break
        inside = waiting.pop()
        names = _names(inside, attributes)
        nested = attributes.item in inside.attributes
        value = _item_below(inside, attributes) if nested and names else _property(inside, names)
        for name in names:
            before = item.get(name)
            item[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
        if not (nested and names):
            waiting.extend(reversed(list(inside.iter())))
    return {"@type": "JobPosting"} | item


def _names(node: LexborNode, attributes: _Attributes) -> list[str]:
    """The properties that an element is, without the prefix of their vocabulary ("schema:title")."""
    return [re.split(r"[:/]", name)[-1] for name in (node.attributes.get(attributes.name) or "").split()]


def _item_below(node: LexborNode, attributes: _Attributes) -> dict[str, Any]:
    """An item inside an item; only two levels are of use (place → address), deeper ones are flattened into them."""
    item: dict[str, Any] = {}
    for inside in node.css(f"[{attributes.name}]")[:_FEW]:
        for name in _names(inside, attributes):
            item.setdefault(name, {} if attributes.item in inside.attributes else _property(inside, [name]))
    said: dict[str, Any] = {name: mapping(item) if value == {} else value for name, value in item.items()}
    # An employer whose name is marked by nothing: what the element shows, or what its own content says.
    return {"name": text(node.attributes.get("content") or node.text(separator=" "))} | said


def _property(node: LexborNode, names: list[str]) -> str | None:
    said = node.attributes
    if names[:1] == ["description"] and not said.get("content"):
        return text(node.html)
    given = said.get("content") or said.get("datetime") or said.get("href")
    return text(given or node.text(separator=" "))
