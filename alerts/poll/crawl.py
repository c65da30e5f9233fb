"""All pages of one source → one listing: what to ask, when to stop, and what vouches for "nothing changed"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType

from alerts import plugins
from alerts.fetch.fetcher import Fetcher
from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.plan import Source
from alerts.model.raw import RawPosting, Reading
from alerts.poll.seen import Seen, kept, seen_of
from alerts.sandbox.reader import Reader


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one source in one poll, at most."""

    pages: int = 200
    postings: int = 50_000


USUAL = Bounds()
Validators = dict[str, dict[str, str]]


@dataclass(slots=True)
class Listing:
    """What all pages of a source said together."""

    raws: dict[str, RawPosting] = field(default_factory=dict)
    #: True when it lists every open posting of the source.
    complete: bool = False
    #: True when the source says that nothing changed; then ``raws`` is empty.
    unchanged: bool = False
    #: True when the source only said so, and no body came that would prove it.
    unproved: bool = False
    validators: Validators = field(default_factory=dict)
    requests: int = 0
    problems: list[str] = field(default_factory=list)
    ttl_minutes: int | None = None
    moved_to: str | None = None
    #: What of it was left unread because there is too much of it: a listing that is cut is not complete.
    cut: str | None = None
    name: str | None = None
    #: Ids of entries that are listed, and were not parsed: their bytes are those that were read before.
    unread: set[str] = field(default_factory=set)

    @property
    def ids(self) -> set[str]:
        """The ids of all that is listed."""
        return self.unread.union(self.raws)


def crawl(
    source: Source,
    known: Mapping[str, Mapping[str, str]],
    asking: Asking,
    fetcher: Fetcher,
    reader: Reader,
    now: datetime,
    bounds: Bounds = USUAL,
    stored: Callable[[Seen], Seen] = lambda _: {},
) -> Listing:
    """Read all pages of a source; raises SourceError. ``known``: the validators of the last reading, by request.

    ``stored``: those of the entries seen whose postings are stored just as they were; the others are parsed again.
    """
    module = plugins.load("sources", source.kind)
    requests = list(module.first(source.options, asking))
    listing, ends = Listing(), []
    # One page vouches for the whole only where there is one page.
    vouching = known if len(requests) == 1 and len(known) == 1 else {}
    while requests and not listing.cut:
        if listing.requests >= bounds.pages:
            listing.cut = f"only the first {bounds.pages:,} pages are read"
            break
        request = requests.pop(0)
        _robots(module, request, fetcher, now)
        page = _page(request, listing, vouching, fetcher, now)
        if page is None:
            listing.unchanged = True
            return listing
        seen = stored(seen_of(vouching.get(request_key(request), {})))
        reading = _read(module, source, page, reader, seen, bounds)
        _keep_seen(reading, seen, listing, request)
        fresh = _take(reading, listing, bounds)
        if reading.next is not None and (fresh or not reading.postings):
            requests.insert(0, reading.next)
        else:
            ends.append(reading.complete)
    listing.complete = all(ends) and not requests and not listing.cut
    if listing.requests > 1:
        listing.validators = {}
    return listing


def _read(module: ModuleType, source: Source, page: Page, reader: Reader, seen: Seen, bounds: Bounds) -> Reading:
    """What the page says; without the entries that were seen, where the kind can tell them apart by their bytes."""
    if hasattr(module, "read_new"):
        reading = reader.read_new(source.kind, page, source.options, {key: one for key, (one, _) in seen.items()})
        if len(reading.entries) <= bounds.postings:
            return reading
        # Which of them are the first ones can be told of all only.
    return reader.read(source.kind, page, source.options)


def _keep_seen(reading: Reading, seen: Seen, listing: Listing, request: Request) -> None:
    if reading.entries:
        listing.unread = {seen[key][0] for key, _ in reading.entries if key in seen}
        listing.validators[request_key(request)]["entries"] = kept(reading, seen)


def _page(
    request: Request, listing: Listing, known: Mapping[str, Mapping[str, str]], fetcher: Fetcher, now: datetime
) -> Page | None:
    """The next page; None when the source, or an equal body, says that nothing changed."""
    key = request_key(request)
    before = dict(known.get(key, {}))
    fetched = fetcher.fetch(request, validators=before if request.conditional else None, now=now)
    listing.requests += 1
    listing.moved_to = fetched.moved_to or listing.moved_to
    if fetched.page is None:
        listing.unproved = True
        listing.validators[key] = {**before, **fetched.validators}
        return None
    listing.ttl_minutes = _max_age_minutes(fetched.page)
    body = hashlib.sha256(fetched.page.body).hexdigest()[:32]
    listing.validators[key] = {**fetched.validators, "body": body}
    if before.get("body") == body:
        listing.validators[key] |= {name: before[name] for name in ("entries",) if name in before}
        return None
    return fetched.page


def _max_age_minutes(page: Page) -> int | None:
    """For how long the server calls its answer fresh (Cache-Control)."""
    found = re.search(r"\bmax-age=(\d{1,7})\b", page.headers.get("cache-control", ""))
    return int(found[1]) // 60 or None if found else None


def _take(reading: Reading, listing: Listing, bounds: Bounds) -> int:
    """Add a page's postings to the listing; how many were not there yet (none: the pages go in a circle)."""
    before = len(listing.raws)
    listing.cut = reading.cut or listing.cut
    for raw in reading.postings:
        if len(listing.raws) >= bounds.postings and raw.source_id not in listing.raws:
            listing.cut = f"only the first {bounds.postings:,} postings are read"
            break
        listing.raws.setdefault(raw.source_id, raw)
    listing.problems += reading.problems[:20]
    listing.ttl_minutes = max(reading.ttl_minutes or 0, listing.ttl_minutes or 0) or None
    listing.name = reading.name or listing.name
    return len(listing.raws) - before


def _robots(module: ModuleType, request: Request, fetcher: Fetcher, now: datetime) -> None:
    if module.ABOUT.robots:
        fetcher.heed_robots(request.url, now)


def read_details(source: Source, raw: RawPosting, fetcher: Fetcher, reader: Reader, now: datetime) -> RawPosting:
    """The posting with its details; raises SourceError."""
    module = plugins.load("sources", source.kind)
    request = module.detail(raw, source.options)
    if request is None:
        return raw
    _robots(module, request, fetcher, now)
    fetched = fetcher.fetch(request, validators=None, now=now)
    if fetched.page is None:
        raise ReadError("the details did not come")
    return reader.read_detail(source.kind, fetched.page, raw, source.options)


def has_details(source: Source) -> bool:
    """Can this kind be asked for the details of a posting?"""
    return hasattr(plugins.load("sources", source.kind), "detail")


def request_key(request: Request) -> str:
    """A short name of a request, by which its validators are kept; no secret is part of it."""
    return hashlib.sha256(f"{request.method} {request.url} ".encode() + (request.body or b"")).hexdigest()[:24]
