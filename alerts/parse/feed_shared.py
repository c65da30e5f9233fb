"""What the plain readers of RSS and Atom share: namespaces, text as feedparser gives it, one entry made of what was found."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from alerts.parse import markup
from alerts.parse.feed_entry import Entry, extra, places
from alerts.parse.values import line, text, texts

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"

#: Parts of the names of modules to which feedparser gives a meaning that is not given here.
_OTHER_MODULES = (
    *("itunes.com", "search.yahoo.com/mrss", "purl.org/dc/terms", "w3.org/1999/xhtml", "my.netscape.com", "purl.org/atom"),
    *("purl.org/net/rss1.1", "backend.userland", "blogs.law", "cyber.law", "podlove", "opengis", "creativecommons", "foaf"),
    *("purl.org/vocab", "prismstandard", "w3.org/1999/xlink", "w3.org/2000/svg", "w3.org/1998/Math", "icbm", "admin"),
    *("rssnamespace", "freshmeat", "hacks.benhammersley"),
)
_CONTROLS = re.compile("[\x80-\x9f]")


class Odd(Exception):
    """Something that the reference may read in another way."""


def split(tag: str) -> tuple[str, str]:
    """Namespace and local name in lower case."""
    if tag[:1] != "{":
        return "", tag.lower()
    space, _, name = tag[1:].partition("}")
    return space, name.lower()


def spoken(space: str) -> bool:
    """Does the reference know this namespace, where this reader does not?"""
    return any(part in space for part in _OTHER_MODULES)


def said(element: Element) -> str:
    """The text of an element; raises Odd where there is markup in it."""
    if len(element):
        raise Odd(f"markup in {element.tag}")
    return checked((element.text or "").strip())


def checked(words: str) -> str:
    """The words; raises Odd where the reference would repair them: UTF-8 that was read as Latin-1, or C1 controls."""
    if words.isascii():
        return words
    if _CONTROLS.search(words):
        raise Odd("C1 controls")
    try:
        words.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return words
    raise Odd("UTF-8 read as Latin-1")


def looks_like_html(words: str) -> bool:
    """feedparser's own judgement of text whose type is not said."""
    from feedparser.mixin import _FeedParserMixin

    return bool(_FeedParserMixin.looks_like_html(words))


def entry(
    row: Element,
    *,
    number: str | None,
    link: str | None,
    title: str | None,
    title_type: str | None,
    author: str | None,
    posted: str | None,
    updated: str | None,
    bodies: Sequence[tuple[str, str]],
    categories: Sequence[str],
) -> Entry:
    """The entry. ``number``: its id. ``bodies``: (text, media type), the first that says something counts.

    ``title_type``: html, text or None, where it is guessed.
    """
    value, kind = next(((text(words), kind) for words, kind in bodies if words), (None, ""))
    plain = kind == "text/plain" and "<" not in (value or "")
    if line(title) is None or not (link or "").lower().startswith(("http:", "https:")):
        raise Odd("known by its text, or linked by what it encloses")
    first, last = line(posted, 100), line(updated, 100)
    local_names(row)
    return Entry(
        id=line(number, 100_000),
        link=line(link, 10_000),
        title=_title(title, title_type),
        author=line(author),
        posted=first or last,
        updated=last if first else None,
        html=None if plain else value,
        text=value if plain else None,
        categories=texts(list(categories)),
        extra=extra(row),
        places=places(row),
    )


def _title(words: str | None, kind: str | None) -> str | None:
    found = line(words)
    if found is None or not ("<" in found or "&" in found):
        return found
    if kind == "html" or (kind is None and looks_like_html(found)):
        return line(markup.plain(found))
    return line(html.unescape(found))


def local_names(row: Element) -> None:
    """Tags and attributes without their namespaces, for the fields that are known by local name."""
    for element in row.iter():
        if element.tag[:1] == "{":
            element.tag = element.tag.rpartition("}")[2]
        for key in [key for key in element.attrib if key[:1] == "{"]:
            element.attrib[key.rpartition("}")[2]] = element.attrib.pop(key)
