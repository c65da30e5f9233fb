"""The pages that ``like`` names, read: what its page shows, else what the board that the job stands on says."""

from __future__ import annotations

from datetime import datetime

from alerts import plugins
from alerts.acts.like_texts import known, text
from alerts.daemon import like_addresses
from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.discover import signs
from alerts.discover.detect_kind import options_of, recognise
from alerts.fetch.address import BadAddress, parse
from alerts.fetch.fetcher import Fetcher
from alerts.model.errors import AlertsError, FetchError, ReadError, StoreError
from alerts.model.options import Options
from alerts.model.page import Asking
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.normalise.posting import normalise
from alerts.notify.means import Means
from alerts.sandbox.reader import Reader

#: Pages of a board that are looked through for one job.
MOST_PAGES = 5


def read(means: Means, now: datetime) -> dict[str, str]:
    """Read the addresses that are not known yet, and keep what they say; why the others could not be read, by address."""
    why: dict[str, str] = {}
    for address in means.unread:
        if known(address, means.store) is not None:
            continue
        try:
            like_addresses.keep(address, _read(address, means.fetcher, means.reader, now), means.store, now)
        except StoreError:
            raise
        except AlertsError as error:
            why[address] = str(error)
    return why


def _read(address: str, fetcher: Fetcher, reader: Reader, now: datetime) -> str:
    """The text of the job at an address."""
    found = recognise(address)
    if _refused(address, found[0] if found else None):
        raise FetchError("the terms of this site do not let programs read it")
    try:
        posting = _posting("page", options_of("page", {"url": address}), address, fetcher, reader, now)
    except AlertsError:
        if found is None:
            raise
        posting = _posting(found[0], options_of(*found), address, fetcher, reader, now)
    return text(posting)


def _refused(address: str, kind: str | None) -> bool:
    try:
        host = parse(address).host
    except BadAddress as error:
        raise FetchError(f"the address cannot be used: {error}") from None
    return bool(signs.refusing_site(host)) or (kind is not None and plugins.load("sources", kind).ABOUT.must_accept)


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
