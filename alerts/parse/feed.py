"""RSS, Atom and JSON Feed: entries with the job fields that publishers add in namespaces of their own."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from alerts.model.errors import ReadError
from alerts.parse import feed_plain, markup
from alerts.parse.decode import decode
from alerts.parse.feed_entry import Entry, Feed, extra, places, ttl
from alerts.parse.jsontext import load, what_page
from alerts.parse.values import items, line, mapping, mappings, text, texts, when
from alerts.parse.xmltext import forgiven, inner, rows

#: Entries that the parser of feeds reads in good time, and those that are read at all.
_USUAL, _MOST = 1_000, feed_plain.MOST_ENTRIES
#: Characters of a text's first line that stand for a title.
_TITLE = 120


def read(body: bytes) -> Feed:
    """Whatever feed ``body`` is; raises ReadError when it is none."""
    return _json(load(body)) if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _xml(body)


def _xml(body: bytes) -> Feed:
    if plain := feed_plain.read(body):
        return plain
    return _any(body)


def _any(body: bytes) -> Feed:
    """As the reference reads it, whatever its shape."""
    if sum(1 for _ in feed_plain.OPENING.finditer(body)) > _USUAL:
        return _large(body)
    body = _from_its_start(body)
    import feedparser  # costs 60 ms, and most sources are not feeds

    # A str or bytes argument would be opened as a file or an address if it looks like one: bytes in a BytesIO only.
    # The HTML is cleaned where it is used, and links are resolved where they are judged.
    # The character set is decided here, as for everything else: the declaration is wrong, or stands after a blank line.
    plain = forgiven(decode(body).lstrip("\ufeff \t\r\n")).encode()
    parsed = feedparser.parse(io.BytesIO(plain), sanitize_html=False, resolve_relative_uris=False)
    found = parsed.get("entries") or []
    if not found and not parsed.get("version"):
        said = decode(body[:20_000]).lstrip("\ufeff \t\r\n")
        what = "nothing" if not said else what_page(said) if said.startswith("<") else "neither XML nor JSON"
        raise ReadError(f"{what} where a feed was expected")
    wrong = parsed.get("bozo_exception") if parsed.get("bozo") else None
    entries = [_entry(each) for each in found]
    extras = _extras(body, len(entries))
    if extras:
        entries = [replace(entry, extra=extra, places=places) for entry, (extra, places) in zip(entries, extras, strict=True)]
    head = parsed.get("feed") or {}
    return Feed(
        title=line(dict.get(head, "title")),
        entries=tuple(entries),
        home=line(dict.get(head, "link")),
        next=next((link.get("href") for link in dict.get(head, "links", []) if link.get("rel") == "next"), None),
        ttl_minutes=ttl(head),
        problems=(f"the feed is not well-formed: {wrong}"[:200],) if wrong and "declared as" not in str(wrong) else (),
        language=line(dict.get(head, "language")),
    )


def _from_its_start(body: bytes) -> bytes:
    """The feed without a mark or blank before its declaration; what that says of the encoding is no longer true then."""
    if body.startswith(b"<"):
        return body
    said = decode(body).lstrip("\ufeff \t\r\n")
    return (
        re.sub(r"\A<\?xml[^>]{0,200}\?>", '<?xml version="1.0" encoding="utf-8"?>', said).encode()
        if said.startswith("<")
        else body
    )


def _large(body: bytes) -> Feed:
    """A feed of very many entries, read row by row: the parser of feeds would need a millisecond for each."""
    entries: list[Entry] = []
    problems: tuple[str, ...] = ()
    cut = None
    try:
        for row in rows(body, "item", "entry"):
            if len(entries) == _MOST:
                count = sum(1 for _ in feed_plain.OPENING.finditer(body))
                cut = f"only the first {_MOST:,} of {count:,} entries are read"
                break
            entries.append(_entry_of(row))
    except ReadError as wrong:
        problems = (f"the feed is not well-formed: {wrong}"[:200],)
    return Feed(None, tuple(entries), problems=problems, cut=cut)


def _entry_of(row: Element) -> Entry:
    """One entry by the local names of its elements."""
    said: dict[str, str] = {}
    for each in row:
        words = each.get("href") if each.tag == "link" and each.get("href") else inner(each)
        if each.tag == "enclosure" or (each.tag == "link" and each.get("rel", "alternate") != "alternate"):
            words = None
        if words:
            said.setdefault(each.tag.lower(), words)
    posted = said.get("pubdate") or said.get("published") or said.get("date") or said.get("issued")
    updated = said.get("updated") or said.get("modified")
    title, guid = line(said.get("title")), said.get("guid")
    body = said.get("encoded") or said.get("content") or said.get("description") or said.get("summary")
    return Entry(
        id=said.get("guid") or said.get("id"),
        link=said.get("link") or (guid if guid and guid.lower().startswith("http") else _enclosed(row) or guid),
        title=line(html.unescape(title)) if title else _opening(body),
        author=line(said.get("creator") or said.get("author")),
        posted=posted or updated,
        updated=updated if posted else None,
        html=body,
        extra=extra(row),
        places=places(row),
    )


def _entry(each: Any) -> Entry:
    # dict.get: the parser's own look-up answers one date for another, with a warning.
    bodies = [*items(dict.get(each, "content")), dict.get(each, "summary_detail") or {}]
    chosen: dict[str, Any] = next((one for one in bodies if one.get("value")), {})
    value = text(chosen.get("value"))
    plain = chosen.get("type") == "text/plain" and "<" not in (value or "")
    posted, updated = line(dict.get(each, "published"), 100), line(dict.get(each, "updated"), 100)
    return Entry(
        id=line(dict.get(each, "id"), 100_000),
        link=_link(each),
        title=_title(each) or _opening(value),
        author=line(dict.get(each, "author")),
        posted=posted or updated,
        updated=updated if posted else None,
        html=None if plain else value,
        text=value if plain else None,
        categories=texts([dict.get(tag, "term") for tag in items(dict.get(each, "tags"))]),
    )


def _link(each: Any) -> str | None:
    """The entry's link; where it has none, an address that its guid is, else what it encloses."""
    said = line(dict.get(each, "link"), 10_000)
    if said and said.lower().startswith(("http:", "https:")):
        return said
    enclosed = (link.get("href") for link in items(dict.get(each, "links")) if link.get("rel") == "enclosure")
    return next((line(href, 10_000) for href in enclosed if href), None) or said


def _enclosed(row: Element) -> str | None:
    """What an entry encloses: ``<enclosure url="…">``, ``<link rel="enclosure" href="…">``."""
    found = (each.get("url") or each.get("href") for each in row if each.tag == "enclosure" or each.get("rel") == "enclosure")
    return next((address for address in found if address), None)


def _opening(body: str | None) -> str | None:
    """An entry without a title is known by the first line of its text."""
    said = next(iter(markup.lines(body)), None) if body else None
    return said if said is None or len(said) <= _TITLE else f"{said[:_TITLE].rsplit(' ', 1)[0]} …"


def _first_line(said: object) -> str | None:
    return line((text(said) or "").partition("\n")[0])


def _title(each: Any) -> str | None:
    """A title as text: HTML in it is read as such where the feed says that it is HTML, escapes are decoded in any case."""
    said = line(dict.get(each, "title"))
    if said is None or not re.search(r"[<&]", said):
        return said
    if "html" in (line((dict.get(each, "title_detail") or {}).get("type")) or ""):
        return line(markup.plain(said))
    return line(html.unescape(said))


def _extras(body: bytes, count: int) -> list[tuple[dict[str, tuple[str, ...]], tuple[tuple[str | None, ...], ...]]]:
    """The job fields of each entry, by a second reading that knows no namespaces; nothing where the two readings differ."""
    try:
        found = [(extra(row), places(row)) for row in rows(body, "item", "entry")]
    except ReadError:
        return []
    return found if len(found) == count else []


def _json(value: Any) -> Feed:
    feed = mapping(value)
    if not isinstance(feed.get("items"), list):
        raise ReadError("JSON, but not a JSON Feed: it has no list named 'items'")
    return Feed(
        title=line(feed.get("title")),
        entries=tuple(_item(each) for each in mappings(feed["items"])),
        home=line(feed.get("home_page_url")),
        next=line(feed.get("next_url"), 10_000),
        language=line(feed.get("language")),
    )


def _item(each: dict[str, Any]) -> Entry:
    posted, updated = when(each.get("date_published")), when(each.get("date_modified"))
    return Entry(
        id=text(each.get("id")),
        link=line(each.get("url"), 10_000) or line(each.get("external_url"), 10_000),
        title=line(each.get("title")) or _opening(text(each.get("content_html")) or _first_line(each.get("content_text"))),
        author=next(iter(texts(each.get("authors"), of="name") or texts(each.get("author"), of="name")), None),
        posted=posted if posted is not None else updated,
        updated=updated if posted is not None else None,
        html=text(each.get("content_html")),
        text=text(each.get("content_text")) or text(each.get("summary")),
        categories=texts(each.get("tags")),
        language=line(each.get("language")),
        jobposting=mapping(each.get("_jobposting")),
    )
