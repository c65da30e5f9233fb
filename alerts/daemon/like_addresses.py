"""``like = ["https://…"]``: an address becomes the text of the job there, read once and kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from alerts import plugins
from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.discover import signs
from alerts.discover.detect_kind import options_of, recognise
from alerts.fetch.address import BadAddress, parse
from alerts.fetch.fetcher import Fetcher
from alerts.match.compile import KEYS
from alerts.model.errors import AlertsError, FetchError, ReadError
from alerts.model.options import Options
from alerts.model.page import Asking
from alerts.model.plan import Plan, SavedSearch
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.model.search import Search
from alerts.normalise.posting import normalise
from alerts.sandbox.reader import Reader
from alerts.store.store import Store

#: Characters of a text that are kept; likeness looks at no more.
MOST = 20_000
#: Pages of a board that are looked through for one job.
MOST_PAGES = 5
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settled:
    """Searches whose ``like`` names texts only, and what is to be said of addresses that could not be read."""

    searches: tuple[SavedSearch, ...]
    remarks: tuple[str, ...] = ()


def settle(plan: Plan, store: Store, fetcher: Fetcher, reader: Reader, now: datetime) -> Settled:
    """Read the addresses that are not known yet. A search that asks for nothing but what could not be read is left out."""
    why: dict[str, str] = {}

    def text_of(address: str) -> str | None:
        text = known(address, store)
        if text is None and address not in why:
            try:
                text = _read(address, fetcher, reader, now)
            except AlertsError as error:
                why[address] = str(error)
        if text is not None:
            _keep(address, text, store, now)
        return text

    settled = [(saved, *_with_texts(saved, text_of)) for saved in plan.searches]
    remarks = [_remark(saved, address, why[address]) for saved, _, unread in settled for address in unread]
    return Settled(tuple(ready for _, ready, _ in settled if asks_something(ready.search)), tuple(remarks))


def as_known(saved: SavedSearch, store: Store) -> tuple[SavedSearch, tuple[str, ...]]:
    """The search with the texts that are known, without asking for any; and the addresses that have not been read."""
    return _with_texts(saved, lambda address: known(address, store))


def known(address: str, store: Store) -> str | None:
    """The text that was kept for an address, or that of the stored posting there."""
    if fact := store.fact(f"like:{address}"):
        return fact[0]
    for one in store.postings.find(address, blocks(fingerprint(Posting("", "", address, "")))):
        if one.posting.text:
            return _text(one.posting)
    return None


def asks_something(search: Search) -> bool:
    """Is there any condition? A search without one would want every job."""
    return any(getattr(search, key) for key in KEYS)


def _keep(address: str, text: str, store: Store, now: datetime) -> None:
    """For good, so that what a search means does not change when the posting does, or goes."""
    if store.fact(f"like:{address}") is None:
        with store.transaction():
            store.keep_fact(f"like:{address}", text, now)


def _with_texts(saved: SavedSearch, text_of: Callable[[str], str | None]) -> tuple[SavedSearch, tuple[str, ...]]:
    found = {entry: text_of(entry.strip()) for entry in saved.search.like if _ADDRESS.fullmatch(entry)}
    if not found:
        return saved, ()
    texts = tuple(text for entry in saved.search.like if (text := found.get(entry, entry)) is not None)
    # What was read is part of what the search asks for: once it can be read, the search is run over the store again.
    digest = hashlib.sha256("\n".join((saved.digest, *texts)).encode()).hexdigest()[:16]
    unread = tuple(entry.strip() for entry, text in found.items() if text is None)
    return replace(saved, search=replace(saved.search, like=texts), digest=digest), unread


def _remark(saved: SavedSearch, address: str, why: str) -> str:
    rests = not asks_something(replace(saved.search, like=tuple(e for e in saved.search.like if not _ADDRESS.fullmatch(e))))
    where = "" if _shown(address) in why else f"{_shown(address)}: "
    after = "the search rests until it can be read" if rests else "the search goes on without it"
    said = f"search {saved.name!r}: what it shall be like could not be read ({where}{why}); {after}"
    return f"{said}. A saved page can be named instead"


def _text(posting: Posting) -> str:
    return f"{posting.title}\n{posting.text}"[:MOST]


def _read(address: str, fetcher: Fetcher, reader: Reader, now: datetime) -> str:
    """The text of the job at an address: what its page shows, else what the board that it stands on says."""
    found = recognise(address)
    if _refused(address, found[0] if found else None):
        raise FetchError("the terms of this site do not let programs read it")
    try:
        posting = _posting("page", options_of("page", {"url": address}), address, fetcher, reader, now)
    except AlertsError:
        if found is None:
            raise
        posting = _posting(found[0], options_of(*found), address, fetcher, reader, now)
    return _text(posting)


def _refused(address: str, kind: str | None) -> bool:
    try:
        host = parse(address).host
    except BadAddress as error:
        raise FetchError(f"the address cannot be used: {error}") from None
    return bool(signs.refusing_site(host)) or (kind is not None and plugins.load("sources", kind).ABOUT.must_accept)


def _shown(address: str) -> str:
    return address.partition("?")[0]


def _posting(kind: str, options: Options, address: str, fetcher: Fetcher, reader: Reader, now: datetime) -> Posting:
    """The posting with that address among those that a kind of source reads there; with a text."""
    module = plugins.load("sources", kind)
    requests = list(module.first(options, Asking()))
    pages = 0
    while requests and pages < MOST_PAGES:
        request, pages = requests.pop(0), pages + 1
        if module.ABOUT.robots:
            fetcher.heed_robots(request.url, now)
        page = fetcher.fetch(request, now=now).page
        reading = reader.read(kind, page, options) if page else None
        raw = _named(address, reading.postings if reading else (), kind)
        if raw is not None:
            posting = normalise(_whole(kind, raw, options, fetcher, reader, now), source=kind, now=now)
            if posting.text:
                return posting
            break
        if reading and reading.next:
            requests.insert(0, reading.next)
    raise ReadError("no job with a text is found there")


def _named(address: str, postings: tuple[RawPosting, ...], kind: str) -> RawPosting | None:
    """The one with the address; the only one of a page is meant, too."""
    keys = set(blocks(fingerprint(Posting(kind, "", address, ""))))
    for raw in postings:
        if keys & set(blocks(fingerprint(Posting(kind, raw.source_id, raw.url, "", apply_url=raw.apply_url)))):
            return raw
    return postings[0] if len(postings) == 1 and kind == "page" else None


def _whole(kind: str, raw: RawPosting, options: Options, fetcher: Fetcher, reader: Reader, now: datetime) -> RawPosting:
    """The posting with its details, where the kind can be asked for them."""
    module = plugins.load("sources", kind)
    request = module.detail(raw, options) if not raw.detailed and hasattr(module, "detail") else None
    page = fetcher.fetch(request, now=now).page if request else None
    return reader.read_detail(kind, page, raw, options) if page else raw
