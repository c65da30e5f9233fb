"""Atom 1.0 from its tree, where it has the usual shape; what feedparser may read in another way raises Odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from alerts.parse.feed_entry import Entry, Feed, ttl
from alerts.parse.feed_shared import ATOM, CONTENT, DUBLIN_CORE, Odd, checked, entry, said, split, spoken
from alerts.parse.values import line

_A = f"{{{ATOM}}}"
_TYPES = {
    None: "text/plain",
    "text": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
}
_PAGES = frozenset({"text/html", "application/xhtml+xml", None, ""})
#: Links that are not the entry's own page.
_OTHER_LINKS = frozenset({"self", "edit", "replies", "enclosure", "related", "http://schemas.google.com/g/2005#thumbnail"})


def read(root: Element) -> Feed:
    """The feed of an Atom ``feed`` element."""
    head: dict[str, str] = {}
    following = None
    rows = []
    for each in root:
        if each.tag == f"{_A}entry":
            rows.append(each)
            continue
        space, name = split(each.tag)
        if name in ("item", "entry") or (space not in ("", ATOM) and (spoken(space) or space == DUBLIN_CORE)):
            raise Odd(each.tag)
        if space == ATOM and name == "title":
            if "title" in head or each.get("type") not in (None, "text", "html"):
                raise Odd("title")
            head["title"] = said(each)
        elif space == ATOM and name == "link":
            if each.get("rel") == "next":
                following = each.get("href")
            elif each.get("rel", "alternate") == "alternate" and each.get("type") in _PAGES:
                head.setdefault("link", (each.get("href") or "").strip())
    if "link" not in head:
        head["link"] = next((said(each) for each in root if each.tag == f"{_A}id"), "")
    return Feed(
        title=line(head.get("title")),
        entries=tuple(_entry(row) for row in rows),
        home=line(head["link"]),
        next=following,
        ttl_minutes=ttl(head),
    )


@dataclass(slots=True)
class _Said:
    """What an entry said so far."""

    once: dict[str, str] = field(default_factory=dict)
    #: content and summary: (text, media type)
    bodies: dict[str, tuple[str, str]] = field(default_factory=dict)
    title_type: str = "text"
    link: str | None = None
    categories: list[str] = field(default_factory=list)


def _entry(row: Element) -> Entry:
    found = _Said()
    for each in row:
        if each.tag.startswith(_A):
            _READERS.get(each.tag[len(_A) :], _unknown)(each, each.tag[len(_A) :], found)
        else:
            space, _ = split(each.tag)
            if space in ("", DUBLIN_CORE, CONTENT) or spoken(space):
                raise Odd(each.tag)
    return entry(
        row,
        number=found.once.get("id"),
        link=found.link if found.link is not None else found.once.get("id"),
        title=found.once.get("title"),
        title_type=found.title_type,
        author=found.once.get("author"),
        posted=found.once.get("published"),
        updated=found.once.get("updated"),
        bodies=[found.bodies[name] for name in ("content", "summary") if name in found.bodies],
        categories=found.categories,
    )


def _once(each: Element, name: str, found: _Said) -> None:
    if name in found.once:
        raise Odd(f"{name} twice")
    found.once[name] = said(each)


def _title(each: Element, name: str, found: _Said) -> None:
    if each.get("type") not in _TYPES:
        raise Odd("type of the title")
    _once(each, name, found)
    found.title_type = "html" if "html" in (each.get("type") or "") else "text"


def _link(each: Element, _name: str, found: _Said) -> None:
    relation = each.get("rel", "alternate")
    if relation == "alternate":
        if each.get("type") not in _PAGES or found.link is not None:
            raise Odd("several links")
        found.link = (each.get("href") or "").strip()
    elif relation not in _OTHER_LINKS:
        raise Odd(f"a link {relation}")


def _body(each: Element, name: str, found: _Said) -> None:
    kind = each.get("type")
    if kind not in _TYPES or each.get("src") or each.get("mode") or name in found.bodies:
        raise Odd(name)
    found.bodies[name] = (said(each), _TYPES[kind])


def _author(each: Element, _name: str, found: _Said) -> None:
    if "author" in found.once:
        raise Odd("several authors")
    parts = [each.find(f"{_A}{part}") for part in ("name", "email")]
    name, mail = (said(part) if part is not None else None for part in parts)
    found.once["author"] = f"{name} ({mail})" if name and mail else name or mail or ""


def _category(each: Element, _name: str, found: _Said) -> None:
    term = each.get("term")
    if term is None:
        raise Odd("a category without a term")
    found.categories.append(checked(term.strip()))


def _nothing(_each: Element, _name: str, _found: _Said) -> None:
    """Rights: nothing that a posting uses."""


def _unknown(each: Element, _name: str, _found: _Said) -> None:
    raise Odd(each.tag)


_READERS = {
    **dict.fromkeys(("id", "published", "updated"), _once),
    "title": _title,
    "link": _link,
    "content": _body,
    "summary": _body,
    "author": _author,
    "category": _category,
    "rights": _nothing,
}
