"""Published feeds in a folder: ``matches.atom``, ``matches.json`` (JSON Feed 1.1) and ``deadlines.ics`` (iCalendar).

Any web server can serve the folder, any reader or calendar can subscribe to it. The newest ``keep`` jobs stay; a job that changes
or closes is updated in its place. Every file is replaced as a whole, and a delivery that is tried again changes nothing. The JSON
feed is also the memory from which the other two are made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from pydantic import Field

from alerts.channels import _disk, _probe
from alerts.model import options
from alerts.model.message import Limits, Message, Outcome

if TYPE_CHECKING:
    from alerts.fetch.client import Client

FORM = "webhook"
LIMITS = Limits(items=500, size=8_000_000)
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = "_job_alerts"
#: A web server reads them, whatever the daemon's umask.
_PUBLIC = 0o644


class Options(options.Options):
    """``[channels.NAME]`` with ``kind = "feed"``."""

    #: The folder; it is made where it is missing.
    folder: options.LocalPath = Field(min_length=1)
    title: str = "Job matches"
    #: Where the folder is published, for readers that want a feed to know its own address.
    url: str | None = Field(None, pattern=r"^https?://[^\s\"'<>]+$")
    #: How many jobs stay.
    keep: int = Field(200, ge=1, le=5_000)


def send(message: Message, options: Options, client: Client | None = None) -> Outcome:
    """Put the alerts of ``message`` into the folder's three files."""
    folder = Path(options.folder).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _disk.locked(folder / ".lock"):
            items = _merged(_kept(folder / "matches.json"), message)[: options.keep]
            # The memory last: what is not in it is done again by the next attempt.
            _disk.replace(folder / "matches.atom", _atom(items, options), _PUBLIC)
            _disk.replace(folder / "deadlines.ics", _calendar(items, options), _PUBLIC)
            _disk.replace(folder / "matches.json", _json_feed(items, options), _PUBLIC)
    except OSError as error:
        return Outcome("later", f"{folder} cannot be written to: {error.strerror or error}")
    except ValueError as error:
        return Outcome("refused", f"{folder / 'matches.json'} is not a feed of ours ({error}); move it away", destination=True)
    return Outcome("sent", f"{len(items)} jobs in {folder}")


def probe(options: Options, client: Client | None = None) -> _probe.Probe:
    """Could it be reached? Nothing is sent."""
    return _probe.folder(Path(options.folder))


def _kept(path: Path) -> list[dict[str, Any]]:
    """The items of the last time; raises ValueError for a file that is not ours."""
    if not path.exists():
        return []
    whole = json.loads(path.read_bytes())
    if not isinstance(whole, dict) or not all(
        isinstance(one, dict) and isinstance(one.get(_OURS), dict) for one in whole.get("items", [])
    ):
        raise ValueError("it has items that job-alerts did not write")
    return list(whole.get("items", []))


def _merged(kept: list[dict[str, Any]], message: Message) -> list[dict[str, Any]]:
    """One item a job, the newest first; an alert that is there already leaves its item as it is."""
    items = {item["id"]: item for item in kept}
    data: Any = message.payload["data"]
    for alert in data["alerts"]:
        item = _item(alert, items.get(_name(alert)))
        if alert["id"] not in items.get(item["id"], {}).get(_OURS, {}).get("alerts", []):
            items[item["id"]] = item
    return sorted(items.values(), key=lambda item: (str(item["date_modified"]), str(item["id"])), reverse=True)


def _item(alert: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    posting = alert["posting"]
    said = [f"{change['field']}: {change['before']} → {change['after']}" for change in alert["changes"]]
    ours = {
        "job": alert["job"],
        "search": alert["search"],
        "event": alert["event"],
        "expires": None if alert["event"] == "closed" else posting["expires"],
        "company": posting["company"],
        "apply_url": posting["apply_url"],
        "alerts": [*(before or {}).get(_OURS, {}).get("alerts", [])[-20:], alert["id"]],
    }
    item = {
        "id": _name(alert),
        "url": posting["url"] or posting["apply_url"],
        "title": alert["subject"],
        "content_text": "\n\n".join(part for part in ("\n".join(said), posting["text"] or alert["subject"]) if part),
        "date_published": (before or {}).get("date_published") or alert["at"],
        "date_modified": alert["at"],
        "tags": [alert["search"], alert["event"]],
        _OURS: ours,
    }
    return {name: value for name, value in item.items() if value is not None}


def _name(alert: Mapping[str, Any]) -> str:
    return f"job-alerts:{alert['job'] or alert['id']}"


def _json_feed(items: list[dict[str, Any]], options: Options) -> bytes:
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": options.title, "items": items}
    if options.url:
        feed["feed_url"] = f"{options.url.rstrip('/')}/matches.json"
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _atom(items: list[dict[str, Any]], options: Options) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", options.title)
    _add(feed, "id", options.url or "urn:job-alerts:matches")
    _add(feed, "updated", max((item["date_modified"] for item in items), default="1970-01-01T00:00:00Z"))
    _add(_add(feed, "author"), "name", "job-alerts")
    if options.url:
        _add(feed, "link", rel="self", href=f"{options.url.rstrip('/')}/matches.atom")
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "title", item["title"], type="text")
        _add(entry, "id", f"urn:{item['id']}")
        _add(entry, "updated", item["date_modified"])
        _add(entry, "published", item["date_published"])
        if item.get("url"):
            _add(entry, "link", rel="alternate", href=item["url"])
        if item[_OURS].get("company"):
            _add(_add(entry, "author"), "name", item[_OURS]["company"])
        for tag in item["tags"]:
            _add(entry, "category", term=tag)
        _add(entry, "content", item["content_text"], type="text")
    return bytes(ElementTree.tostring(feed, "utf-8", xml_declaration=True))


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text
    return child


def _calendar(items: list[dict[str, Any]], options: Options) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//job-alerts//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{options.title}: deadlines")
    for item in items:
        last = _day(item[_OURS].get("expires"))
        if last is None:
            continue
        event = Event()
        event.add("uid", f"{item['id']}@job-alerts")
        event.add("summary", f"Apply by: {item['title']}")
        event.add("dtstamp", datetime.fromisoformat(item["date_modified"]).astimezone(UTC))
        event.add("dtstart", last)
        event.add("dtend", last + timedelta(days=1))
        if address := item[_OURS].get("apply_url") or item.get("url"):
            event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _day(said: str | None) -> date | None:
    try:
        return datetime.fromisoformat(said).date() if said else None
    except ValueError:
        return None
