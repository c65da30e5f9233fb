"""RSS 2.0 from its tree, where it has the usual shape; what feedparser may read in another way raises Odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from alerts.parse.feed_entry import Entry, Feed, ttl
from alerts.parse.feed_shared import ATOM, CONTENT, DUBLIN_CORE, SYNDICATION, Odd, entry, said, split, spoken
from alerts.parse.values import line

_HEAD = frozenset({"title", "link", "ttl", "language"})
_ONCE = frozenset({"title", "link", "guid", "description", "pubdate", "author"})
#: Elements without a namespace that feedparser takes for fields of its own.
_ODD = frozenset(
    {
        *("tags", "itunes_keywords", "category1", "body", "fullitem", "prodlink", "modified", "issued", "created", "tagline"),
        *("info", "expirationdate", "contributor", "creator", "subject", "date", "product", "copyright", "rights", "keywords"),
        *("encoded", "language", "content", "summary", "updated", "published", "id", "owner", "publisher", "generator"),
        *("license", "xhtml", "div", "name", "email", "url", "textinput", "image", "cloud", "width", "height"),
    }
)
_ODD_DUBLIN_CORE = frozenset({"date", "title", "description", "identifier", "language", "contributor", "publisher", "author"})


def read(root: Element) -> Feed:
    """The feed of an ``rss`` element."""
    channel = root.find("channel")
    if channel is None or len(root) != 1:
        raise Odd("channel")
    head, following, rows = _head(channel)
    entries = tuple(_entry(row) for row in rows)
    return Feed(
        title=line(head.get("title")),
        entries=entries,
        home=line(head.get("link")),
        next=following,
        ttl_minutes=ttl(head),
        language=line(head.get("language")),
    )


def _head(channel: Element) -> tuple[dict[str, str], str | None, list[Element]]:
    head: dict[str, str] = {}
    following = None
    rows = []
    for each in channel:
        if each.tag == "item":
            rows.append(each)
            continue
        space, name = split(each.tag)
        if space == "" and name in _HEAD:
            if name in head:
                raise Odd(f"{name} twice")
            head[name] = said(each)
        elif space == SYNDICATION:
            head[f"sy_{name}"] = said(each)
        elif space == ATOM and name == "link":
            if each.get("rel") in (None, "alternate"):
                raise Odd("a link of Atom")
            following = each.get("href") if each.get("rel") == "next" else following
        elif (space == "" and name == "item") or (
            (space == DUBLIN_CORE or spoken(space)) and name in ("title", "language", "creator", "link")
        ):
            raise Odd(each.tag)
    return head, following, rows


@dataclass(slots=True)
class _Said:
    """What an item said so far."""

    once: dict[str, str] = field(default_factory=dict)
    content: str | None = None
    creator: str | None = None
    categories: list[str] = field(default_factory=list)
    permalink: bool = True


def _entry(row: Element) -> Entry:
    found = _Said()
    for each in row:
        space, name = split(each.tag)
        if space == "":
            _plain(each, name, found)
        elif space == CONTENT:
            if name != "encoded" or found.content is not None:
                raise Odd(each.tag)
            found.content = said(each)
        elif space == DUBLIN_CORE:
            _dublin_core(each, name, found)
        elif space == ATOM or spoken(space):
            raise Odd(each.tag)
    if "author" in found.once and found.creator is not None:
        raise Odd("two authors")
    guid = found.once.get("guid")
    return entry(
        row,
        number=guid,
        link=found.once.get("link") or (guid if found.permalink else None),
        title=found.once.get("title"),
        title_type=None,
        author=found.once.get("author", found.creator),
        posted=found.once.get("pubdate"),
        updated=None,
        bodies=[(found.content or "", "text/html"), (found.once.get("description", ""), "text/html")],
        categories=found.categories,
    )


def _plain(each: Element, name: str, found: _Said) -> None:
    """An element of RSS itself, or of the publisher's own without a namespace."""
    if name in _ONCE:
        if name in found.once or (each.attrib and name in ("title", "description", "link")):
            raise Odd(name)
        words = found.once[name] = said(each)
        if name == "link" and not words:
            raise Odd("a link to nowhere")
        if name == "guid":
            found.permalink = (each.get("isPermaLink") or each.get("ispermalink") or "true").lower() == "true"
    elif name == "category":
        found.categories.append(said(each))
    elif name in _ODD:
        raise Odd(name)


def _dublin_core(each: Element, name: str, found: _Said) -> None:
    if name in _ODD_DUBLIN_CORE or (name == "creator" and found.creator is not None):
        raise Odd(each.tag)
    words = said(each)
    if name == "creator":
        found.creator = words
    elif name == "subject":
        found.categories.append(words)
