"""HTML: trees, plain lines, links, alternate feeds."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alerts.parse.addresses import link
from alerts.parse.decode import charset_of, decode
from alerts.parse.values import line

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_DEPTH = 3000
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json+feed"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its absolute address and its words on one line."""

    url: str
    words: str


def parse(page: bytes | str, content_type: str = "") -> LexborHTMLParser:
    """The tree of a page; any bytes make a tree."""
    said = decode(page, charset_of(content_type)) if isinstance(page, bytes) else page
    # Lexbor works on UTF-8, where a lone surrogate has no place.
    return LexborHTMLParser(_bounded(said.encode("utf-8", "replace").decode()))


def unescape(said: object) -> str | None:
    """HTML that was escaped as text ("&lt;p&gt;") made HTML again; what is HTML already, or not text, stays as it is."""
    if not isinstance(said, str):
        return None
    return html.unescape(said) if "&lt;" in said and not re.search(r"<[a-z/!]", said[:2000], re.IGNORECASE) else said


def lines(said: str | LexborNode) -> list[str]:
    """The visible words of HTML (or of a node), one entry a block; entities decoded, spaces collapsed, empty ones dropped."""
    root = parse(said).body if isinstance(said, str) else said
    if root is None:
        return []
    found: list[str] = []
    _collect(root, found)
    joined = "".join(found).split("\n")
    return [each for each in (" ".join(part.split()) for part in joined) if each]


def plain(said: object) -> str | None:
    """The visible words of HTML as text, a line a block; None where there are none."""
    return "\n".join(lines(said)) or None if isinstance(said, str) else None


def words(node: LexborNode | None) -> str | None:
    """The words of a node on one line, or None."""
    return line(node.text(separator=" ")) if node is not None else None


def attribute(node: LexborNode | None, name: str) -> str | None:
    """An attribute on one line; None where it is missing or empty."""
    return line(node.attributes.get(name), 10_000) if node is not None else None


def base_of(root: LexborHTMLParser, url: str) -> str:
    """The address that links of the page are relative to (``<base href>`` where there is one)."""
    said = attribute(root.css_first("base[href]"), "href")
    return (link(said, url) if said else None) or url


def links(root: LexborHTMLParser, url: str, selector: str = "a[href]") -> list[Link]:
    """The http(s) links of a page, absolute, in order, each address once (the first that has words gives them)."""
    base, found = base_of(root, url), dict[str, Link]()
    for node in root.css(selector):
        address = link(node.attributes.get("href"), base)
        if address and not (address in found and found[address].words):
            found[address] = Link(address, words(node) or "")
    return list(found.values())


def feeds(root: LexborHTMLParser, url: str) -> list[Link]:
    """The feeds that a page names as its alternates: RSS, Atom, JSON Feed."""
    found = []
    for node in root.css("link[href]"):
        if "alternate" in (attribute(node, "rel") or "").lower().split() and (attribute(node, "type") or "").lower() in _FEEDS:
            address = link(node.attributes.get("href"), base_of(root, url))
            found += [Link(address, attribute(node, "title") or "")] if address else []
    return found


def embeds(root: LexborHTMLParser, url: str) -> list[str]:
    """Addresses of the frames and scripts of a page, where boards of ATS hide."""
    base = base_of(root, url)
    said = (node.attributes.get("src") for node in root.css("iframe[src], script[src]"))
    return [address for address in (link(each, base) for each in said) if address]


@cache
def _elements(meaning: str) -> frozenset[str]:
    """Names of elements by what they mean (``elements.toml``)."""
    table: dict[str, str] = tomllib.loads((files("alerts.parse") / "elements.toml").read_text("utf-8"))
    return frozenset(table[meaning].split())


def _bounded(said: str) -> str:
    """The page up to where elements nest absurdly deep: the parser's time grows with the square of the depth."""
    if said.count("<") < _DEPTH:
        return said
    depth, unclosed = 0, _elements("unclosed")
    for tag in _TAG.finditer(said):
        if tag.group(2).lower() not in unclosed:
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
            if depth > _DEPTH:
                return said[: tag.start()]
    return said


def _collect(root: LexborNode, found: list[str]) -> None:
    """Walk without recursion: depth is the publisher's choice. A closing mark follows the children of a block."""
    breaks, silent = _elements("breaks"), _elements("silent")
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            found.append(node)
            continue
        tag = node.tag or ""
        if tag == "-text":
            found.append((node.text(deep=False) or "").replace("\n", " "))
        elif tag not in silent and not tag.startswith(("-", "_", "!")):
            block = tag in breaks
            found.append("\n" if block else "")
            waiting.append("\n" if block else "")
            waiting.extend(reversed(list(node.iter(include_text=True))))
