"""One request and its answer, over connections that are kept."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import httpcore

from alerts.fetch.budget import Budget
from alerts.fetch.decode import BadBody, BadPacking, Body, TooLarge
from alerts.fetch.faults import TRANSPORT_FAULTS, explain, may_have_arrived, unanswered
from alerts.fetch.redirect import Hop
from alerts.fetch.ways import Ways
from alerts.model.errors import FetchError

if TYPE_CHECKING:
    import httpx

#: Bytes kept of an answer that is read for its status: errors, redirects, what a channel says.
SMALL = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Reply:
    """What one server answered. Header names are in lower case, several of one name joined by ", "."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    #: The lines of ``Set-Cookie``, which cannot be joined.
    cookies: tuple[str, ...] = field(default=(), repr=False)


class Exchange:
    """The one httpx client, made when the first request is."""

    def __init__(self, ways: Ways, user_agent: str) -> None:
        self._ways = ways
        self._user_agent = user_agent
        self._client: httpx.Client | None = None
        self._in_flight: dict[httpx.Client, int] = {}
        self._lock = threading.Lock()

    def source(self, hop: Hop, budget: Budget, limit: int) -> Reply:
        """Ask; a kept connection that turns out to be dead is replaced once. Raises FetchError.

        The body of a success is whole and at most ``limit`` bytes, that of any other answer may be cut.
        """
        shown = hop.address.shown
        try:
            try:
                return self._kept_or_new(hop, budget, limit)
            except BadPacking:
                # Packed badly: once more, not packed.
                return self._kept_or_new(replace(hop, packed=False), budget, limit)
        except BadBody as error:
            raise FetchError(f"{shown}: {error}") from None
        except TRANSPORT_FAULTS as error:
            arrived, unreachable = may_have_arrived(error, budget), unanswered(error, budget)
            raise FetchError(f"{shown}: {explain(error, budget)}", ambiguous=arrived, unreachable=unreachable) from None

    def _kept_or_new(self, hop: Hop, budget: Budget, limit: int) -> Reply:
        try:
            return self._once(hop, budget, limit)
        except TRANSPORT_FAULTS as error:
            kept_and_dead = budget.wrote and not budget.connected and budget.in_head
            if not kept_and_dead or isinstance(error, httpcore.TimeoutException):
                raise
        return self._once(hop, budget, limit)

    def channel(self, hop: Hop, budget: Budget) -> Reply:
        """Send, once; the body of the answer may be cut. Raises FetchError, ``ambiguous`` when it may have arrived."""
        try:
            return self._once(hop, budget, None)
        except TRANSPORT_FAULTS as error:
            raise FetchError(
                f"{hop.address.origin}: {explain(error, budget)}", ambiguous=may_have_arrived(error, budget)
            ) from None

    def close(self) -> None:
        """Close all connections, each once its request is over."""
        with self._lock:
            client, self._client = self._client, None
            idle = client is not None and client not in self._in_flight
        if client is not None and idle:
            client.close()

    def _once(self, hop: Hop, budget: Budget, limit: int | None) -> Reply:
        budget.start_exchange()
        with self._lent() as client:
            response = client.send(self._request(hop, budget), stream=True)
            try:
                budget.in_head = False
                headers = _joined(response.headers.raw)
                whole = limit is not None and response.status_code < 300
                read = _whole if whole else _as_far_as_it_goes
                encoding = "" if response.status_code == 304 else headers.get("content-encoding", "")
                most = limit if limit is not None and whole else SMALL
                if whole and int(headers.get("content-length", "0")) > most:
                    raise TooLarge(most)
                body = read(response.iter_raw(), encoding, most)
            finally:
                response.close()
        return Reply(response.status_code, headers, body, _cookies(response.headers.raw))

    @contextmanager
    def _lent(self) -> Iterator[httpx.Client]:
        """The client, which a close meanwhile leaves open until the last who uses it has done."""
        with self._lock:
            if self._client is None:
                from alerts.fetch import transport

                self._client = transport.client(self._ways)
            client = self._client
            self._in_flight[client] = self._in_flight.get(client, 0) + 1
        try:
            yield client
        finally:
            with self._lock:
                self._in_flight[client] -= 1
                last = not self._in_flight[client]
                if last:
                    del self._in_flight[client]
                orphan = last and client is not self._client
            if orphan:
                client.close()

    def _request(self, hop: Hop, budget: Budget) -> httpx.Request:
        from alerts.fetch import transport

        return transport.request(
            hop.method,
            hop.address,
            hop.target,
            self._headers(hop),
            hop.body,
            {"connect": budget, "read": budget, "write": budget, "pool": budget.left()},
        )

    def _headers(self, hop: Hop) -> list[tuple[bytes, bytes]]:
        headers = {
            "Host": hop.address.authority,
            "User-Agent": self._user_agent,
            "Accept-Encoding": "gzip" if hop.packed else "identity",
        }
        if hop.body is not None:
            headers["Content-Length"] = str(len(hop.body))
        if hop.cookie:
            headers["Cookie"] = "; ".join([*(v for name, v in hop.own_headers.items() if name.lower() == "cookie"), hop.cookie])
        own = {name.lower() for name in hop.own_headers} - ({"cookie"} if hop.cookie else set())
        ours = {name: value for name, value in (headers | dict(hop.headers)).items() if name.lower() not in own}
        theirs = {name: value for name, value in hop.own_headers.items() if name.lower() in own}
        return [(name.encode(), value.encode()) for name, value in (ours | theirs).items()]


def _cookies(raw: Iterable[tuple[bytes, bytes]]) -> tuple[str, ...]:
    return tuple(value.decode("latin-1") for name, value in raw if name.lower() == b"set-cookie")


def _joined(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _whole(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    body = Body(encoding, limit)
    for chunk in chunks:
        body.feed(chunk)
    return body.finish()


def _as_far_as_it_goes(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    # The status has said what matters; whatever is wrong with the words behind it changes nothing.
    try:
        body = Body(encoding, limit)
    except BadBody:
        return b""
    try:
        for chunk in chunks:
            body.feed(chunk)
    except (BadBody, *TRANSPORT_FAULTS):
        pass
    return body.so_far()
