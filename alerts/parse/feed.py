"""RSS, Atom and JSON Feed: entries with the job fields that publishers add in namespaces of their own."""

from __future__ import annotations

import html
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from alerts.model.errors import ReadError
from alerts.parse import markup
from alerts.parse.decode import decode
from alerts.parse.jsontext import load, what_page
from alerts.parse.values import items, line, mapping, mappings, number, text, texts, when
from alerts.parse.xmltext import inner, rows

#: Entries that the parser of feeds reads in good time, and those that are read at all.
_USUAL, _MOST = 1_000, 20_000
_OPENING = re.compile(rb"<(?:item|entry)[\s>]")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as it says it; ``extra`` holds the job fields by our names (``feed_fields.toml``)."""

    id: str | None
    link: str | None
    title: str | None
    author: str | None = None
    posted: str | int | float | None = None
    updated: str | int | float | None = None
    html: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    categories: tuple[str, ...] = ()
    language: str | None = None
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Places in parts: (name, city, region, country).
    places: tuple[tuple[str | None, ...], ...] = ()
    #: A schema.org JobPosting object, where the entry has one.
    jobposting: Mapping[str, Any] = field(default_factory=dict)

    def said(self, name: str) -> str | None:
        """The first word of an extra field."""
        return next(iter(self.extra.get(name, ())), None)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its home, its entries, its next page, and how often it asks to be read at most."""

    title: str | None
    entries: tuple[Entry, ...]
    home: str | None = None
    next: str | None = None
    ttl_minutes: int | None = None
    problems: tuple[str, ...] = ()
    language: str | None = None


def read(body: bytes) -> Feed:
    """Whatever feed ``body`` is; raises ReadError when it is none."""
    return _json(load(body)) if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _xml(body)


def _xml(body: bytes) -> Feed:
    if sum(1 for _ in _OPENING.finditer(body)) > _USUAL:
        return _large(body)
    import feedparser  # costs 60 ms, and most sources are not feeds

    # A str or bytes argument would be opened as a file or an address if it looks like one: bytes in a BytesIO only.
    # The HTML is cleaned where it is used, and links are resolved where they are judged.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
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
        ttl_minutes=_ttl(head),
        problems=(f"the feed is not well-formed: {wrong}"[:200],) if wrong and "declared as" not in str(wrong) else (),
        language=line(dict.get(head, "language")),
    )


def _large(body: bytes) -> Feed:
    """A feed of very many entries, read row by row: the parser of feeds would need a millisecond for each."""
    entries: list[Entry] = []
    problems: tuple[str, ...] = ()
    try:
        for row in rows(body, "item", "entry"):
            if len(entries) == _MOST:
                problems = (f"only the first {_MOST} entries were read",)
                break
            entries.append(_entry_of(row))
    except ReadError as wrong:
        problems = (f"the feed is not well-formed: {wrong}"[:200],)
    return Feed(None, tuple(entries), problems=problems)


def _entry_of(row: Element) -> Entry:
    """One entry by the local names of its elements."""
    said: dict[str, str] = {}
    for each in row:
        words = each.get("href") if each.tag == "link" and each.get("href") else inner(each)
        if words and not (each.tag == "link" and each.get("rel", "alternate") != "alternate"):
            said.setdefault(each.tag.lower(), words)
    posted = said.get("pubdate") or said.get("published") or said.get("date") or said.get("issued")
    updated = said.get("updated") or said.get("modified")
    title = line(said.get("title"))
    return Entry(
        id=said.get("guid") or said.get("id"),
        link=said.get("link") or said.get("guid"),
        title=line(html.unescape(title)) if title else None,
        author=line(said.get("creator") or said.get("author")),
        posted=posted or updated,
        updated=updated if posted else None,
        html=said.get("encoded") or said.get("content") or said.get("description") or said.get("summary"),
        extra=_extra(row),
        places=_places(row),
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
        link=line(dict.get(each, "link"), 10_000),
        title=_title(each),
        author=line(dict.get(each, "author")),
        posted=posted or updated,
        updated=updated if posted else None,
        html=None if plain else value,
        text=value if plain else None,
        categories=texts([dict.get(tag, "term") for tag in items(dict.get(each, "tags"))]),
    )


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
        found = [(_extra(row), _places(row)) for row in rows(body, "item", "entry")]
    except ReadError:
        return []
    return found if len(found) == count else []


def _extra(row: Element) -> dict[str, tuple[str, ...]]:
    said: dict[str, list[str]] = {}
    for each in row:
        name = each.tag.lower()
        # Leaves of a list (<categories><category>…) are its members; a list of places is read by _places.
        leaves = [inner(leaf) for leaf in each] if len(each) and name not in {"locations"} else [inner(each)]
        said.setdefault(name, []).extend(leaf for leaf in leaves if leaf)
    table = _fields()
    found = {ours: next((said[name] for name in names if said.get(name)), []) for ours, names in table.items() if ours != "more"}
    found["more"] = [each for name in table["more"] for each in said.get(name, [])]
    return {ours: tuple(words) for ours, words in found.items() if words}


def _places(row: Element) -> tuple[tuple[str | None, ...], ...]:
    """Places with parts (<tt:location><tt:city>…)."""
    found = []
    for each in row.iter():
        if each.tag.lower() == "location" and len(each):
            parts = {part.tag.lower(): line(inner(part)) for part in each}
            found.append((parts.get("name"), parts.get("city"), parts.get("region") or parts.get("state"), parts.get("country")))
    return tuple(found)


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
        title=line(each.get("title")),
        author=next(iter(texts(each.get("authors"), of="name") or texts(each.get("author"), of="name")), None),
        posted=posted if posted is not None else updated,
        updated=updated if posted is not None else None,
        html=text(each.get("content_html")),
        text=text(each.get("content_text")) or text(each.get("summary")),
        categories=texts(each.get("tags")),
        language=line(each.get("language")),
        jobposting=mapping(each.get("_jobposting")),
    )


def _ttl(head: Any) -> int | None:
    minutes = number(dict.get(head, "ttl"))
    if minutes is None and (period := (line(dict.get(head, "sy_updateperiod")) or "").lower()) in _PERIODS:
        often = number(line(dict.get(head, "sy_updatefrequency"))) or 1
        minutes = _PERIODS[period] / max(often, 1)
    return int(min(max(minutes, 1), 525_600)) if minutes is not None else None


@cache
def _fields() -> dict[str, list[str]]:
    return tomllib.loads((files("alerts.parse") / "feed_fields.toml").read_text("utf-8"))
