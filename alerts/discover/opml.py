"""A feed reader's subscriptions (OPML) → names and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from alerts.model.errors import ReadError, UsageError
from alerts.parse.addresses import link
from alerts.parse.xmltext import tree

_MOST_FEEDS = 5000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of the file."""

    name: str
    url: str


def subscriptions(data: bytes) -> list[Subscription]:
    """All feeds of an OPML file, folders opened, each address once; raises UsageError when it is no OPML."""
    try:
        root = tree(data)
    except ReadError as error:
        raise UsageError(f"this is no OPML file: {error}; export the subscriptions of your reader again") from None
    if root.tag.lower() != "opml":
        raise UsageError("this is XML, but not OPML; export the subscriptions of your reader as OPML")
    found: dict[str, Subscription] = {}
    for outline in root.iter():
        if outline.tag.lower() == "outline" and (feed := _feed(outline)):
            found.setdefault(feed.url, feed)
    return list(found.values())[:_MOST_FEEDS]


def _feed(outline: Element) -> Subscription | None:
    """The feed of one outline; readers differ in the capitals of its attributes."""
    said = {name.lower(): value for name, value in outline.attrib.items()}
    address = said.get("xmlurl") or (said.get("url") if said.get("type", "").lower() in {"rss", "atom", "feed"} else None)
    url = link((address or "").replace("feed://", "https://", 1))
    name = " ".join((said.get("title") or said.get("text") or "").split())[:200]
    return Subscription(name, url) if url else None
