"""Ask for pages: politely, only when changed, never too much."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.fetch.address import Address, BadAddress, parse
from alerts.fetch.client import Answer, Client
from alerts.fetch.conditional import contradicts_itself, refuses_condition
from alerts.fetch.headers import retry_after
from alerts.fetch.robots import MOST_BYTES, Rules, rules
from alerts.fetch.throttle import Gates, HeldBack
from alerts.model.errors import FetchError
from alerts.model.page import Page, Request
from alerts.parse.decode import in_utf8

_MOST_SITES = 1000

#: What a status means for the operator, where more can be said than for its class.
_MEANING = {
    204: "there is no content",
    304: "it says that nothing changed, though nothing was known of it",
    400: "the request was not understood; check the options of the source",
    401: "it wants a login or key; check the key of the source, or remove the source",
    402: "it wants to be paid",
    403: "it refuses us; check the key, or whether its terms allow reading, or remove the source",
    404: "there is no such place; the board or its token may be wrong or closed: check the address",
    405: "it is not asked this way; check the kind of the source",
    406: "it has nothing in a form that can be read",
    408: "it gave up waiting",
    410: "it is gone for good; remove the source",
    429: "too many requests; it will be asked less often",
    451: "it is closed for legal reasons",
    503: "it is overloaded or under maintenance; it is tried again later",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one request. ``validators`` are to be kept only after everything on the page is."""

    #: None when nothing changed.
    page: Page | None
    validators: Mapping[str, str]
    #: The new address, where the source moved for good.
    moved_to: str | None = None
    not_modified: bool = False


class Fetcher:
    """Asks for pages through ``client``: at most ``per_host`` requests at once to a host, ``pace`` seconds between two."""

    def __init__(
        self,
        client: Client,
        *,
        pace: float = 1.0,
        per_host: int = 1,
        sleep: Callable[[float], object] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._gates = Gates(pace, per_host, sleep, monotonic)
        self._robots: dict[str, Rules] = {}
        #: Why a site could not say what it allows.
        self._unsaid: dict[str, str] = {}

    def renewed(self, client: Client, *, pace: float) -> Fetcher:
        """The same memory of hosts (their turns, ``Retry-After``, robots.txt) under another client: for a reload."""
        fresh = Fetcher(client, pace=pace)
        self._gates.set_pace(pace)
        fresh._gates, fresh._robots, fresh._unsaid = self._gates, self._robots, self._unsaid
        return fresh

    def fetch(self, request: Request, *, validators: Mapping[str, str] | None = None, now: datetime) -> Fetched:
        """One page, or the news that nothing changed; raises FetchError for everything else.

        A host that answered with ``Retry-After`` is not asked before that time: then FetchError comes at once,
        ``retry_after`` saying how long it still lasts.
        """
        address = _address(request.url)
        try:
            answer = self._ask(address, request, validators, now)
            if contradicts_itself(answer, validators) or refuses_condition(answer, validators):
                answer = self._ask(address, request, None, now)
                # The next time too is unconditional: a server that refuses what it gave out may do so again.
                answer = replace(answer, validators={})
        except HeldBack as held:
            raise FetchError(
                f"{address.shown}: the host asked to be left alone for another {held.seconds:.0f} s", retry_after=held.seconds
            ) from None
        if answer.not_modified:
            return Fetched(None, answer.validators, answer.moved_to, not_modified=True)
        _demand_content(request, answer, now)
        body = in_utf8(answer.body, answer.headers.get("content-type", ""))
        page = Page(request, answer.url, body, now, answer.status, answer.headers)
        return Fetched(page, answer.validators, answer.moved_to)

    def _ask(self, address: Address, request: Request, validators: Mapping[str, str] | None, now: datetime) -> Answer:
        with self._gates.of(address.host).turn():
            answer = self._client.ask(request, validators=validators)
            self._heed(answer, now)
            return answer

    def heed_robots(self, url: str, now: datetime) -> None:
        """Raise FetchError unless robots.txt lets us ask for ``url``: because it forbids that, or because the site cannot say."""
        if not self.robots_allows(url, now):
            address = _address(url)
            forbids = f"robots.txt of this site asks programs not to read {address.shown}"
            raise FetchError(self._unsaid.get(f"{address.scheme}://{address.authority}", forbids))

    def robots_allows(self, url: str, now: datetime) -> bool:
        """Does the site's robots.txt let us ask for ``url``? Asks for it at most once a day; a site that cannot say: no.

        A ``Crawl-delay`` there becomes the pace of the host.
        """
        try:
            address = parse(url)
        except BadAddress:
            return False
        site = f"{address.scheme}://{address.authority}"
        known = self._robots.get(site)
        if known is None or known.until <= now:
            known = self._ask_robots(address, site, now)
        return known.allow(address.url)

    def _ask_robots(self, address: Address, site: str, now: datetime) -> Rules:
        gate = self._gates.of(address.host)
        try:
            with gate.turn():
                known = self._robots.get(site)
                if known and known.until > now:
                    return known
                answer = self._client.ask(Request(f"{site}/robots.txt", conditional=False), max_bytes=MOST_BYTES)
                self._heed(answer, now)
            found = rules(answer.status, answer.body, now)
            unsaid = "" if found.otherwise else f"{site}/robots.txt: status {answer.status}, so the site is left alone for now"
        except FetchError as error:
            found, unsaid = rules(None, b"", now), str(error)
        except HeldBack as held:
            found, unsaid = rules(None, b"", now), f"{site}: the host asked to be left alone for another {held.seconds:.0f} s"
        gate.set_delay(found.delay)
        if len(self._robots) >= _MOST_SITES:
            self._robots.clear()
            self._unsaid.clear()
        self._robots[site] = found
        self._unsaid.pop(site, None)
        if unsaid:
            self._unsaid[site] = unsaid
        return found

    def _heed(self, answer: Answer, now: datetime) -> None:
        wait = retry_after(answer.headers, now) if answer.status in (429, 503) else None
        if wait is not None:
            self._gates.of(_address(answer.url).host).hold(wait)


def _address(url: str) -> Address:
    try:
        return parse(url)
    except BadAddress as error:
        raise FetchError(f"the address of the source cannot be used: {error}") from None


def _demand_content(request: Request, answer: Answer, now: datetime) -> None:
    """Raises FetchError unless this is an answer with something in it, or without where the request says that it may be."""
    shown = _address(answer.url).shown
    if answer.status == 204 and request.empty:
        return
    # We never ask for a range, so 206 is how some interfaces say that there are more pages.
    if answer.status in (200, 201, 203, 206):
        if not answer.body or answer.body.isspace():
            raise FetchError(f"{shown}: the answer is empty; the source is broken or the address is wrong", status=answer.status)
        return
    meaning = _MEANING.get(answer.status) or (
        "its server is in trouble; it is tried again later" if answer.status >= 500 else "this is no answer that can be read"
    )
    raise FetchError(
        f"{shown}: status {answer.status}: {meaning}",
        status=answer.status,
        retry_after=retry_after(answer.headers, now) if answer.status in (429, 503) else None,
        gone=answer.status == 410,
        moved_to=answer.moved_to,
    )
