"""One request and its answer, over connections that are kept."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import httpcore

from alerts.errors import FetchError
from alerts.net.budget import Budget
from alerts.net.decode import BadBody, Body, TooLarge
from alerts.net.faults import TRANSPORT_FAULTS, explain
from alerts.net.redirect import Hop

#: Bytes kept of an answer that is read for its status: errors, redirects, what a channel says.
SMALL = 64 * 2**10
_CONNECTIONS = 32
_KEEP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What one server answered. Header names are in lower case, several of one name joined by ", "."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Exchange:
    """The pools of connections, one a scheme."""

    def __init__(self, backend: httpcore.NetworkBackend, ssl_context: ssl.SSLContext | None, user_agent: str) -> None:
        self._backend = backend
        self._ssl_context = ssl_context
        self._user_agent = user_agent
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def source(self, hop: Hop, budget: Budget, limit: int) -> Reply:
        """Ask; a kept connection that turns out to be dead is replaced once. Raises FetchError.

        The body of a success is whole and at most ``limit`` bytes, that of any other answer may be cut.
        """
        shown = hop.address.shown
        try:
            return self._once(hop, budget, limit)
        except BadBody as error:
            raise FetchError(f"{shown}: {error}") from None
        except TRANSPORT_FAULTS as error:
            kept_and_dead = budget.wrote and not budget.connected and budget.in_head
            if not kept_and_dead or isinstance(error, httpcore.TimeoutException):
                raise FetchError(f"{shown}: {explain(error, budget)}", ambiguous=budget.wrote) from None
        try:
            return self._once(hop, budget, limit)
        except (BadBody, *TRANSPORT_FAULTS) as error:
            why = str(error) if isinstance(error, BadBody) else explain(error, budget)
            raise FetchError(f"{shown}: {why}", ambiguous=budget.wrote) from None

    def channel(self, hop: Hop, budget: Budget) -> Reply:
        """Send, once; the body of the answer may be cut. Raises FetchError, ``ambiguous`` when it may have arrived."""
        try:
            return self._once(hop, budget, None)
        except TRANSPORT_FAULTS as error:
            raise FetchError(f"{hop.address.origin}: {explain(error, budget)}", ambiguous=budget.wrote) from None

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def _once(self, hop: Hop, budget: Budget, limit: int | None) -> Reply:
        budget.start_exchange()
        address = hop.address
        request = httpcore.Request(
            hop.method,
            httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target),
            headers=self._headers(hop),
            content=hop.body,
            extensions={"timeout": {"connect": budget, "read": budget, "write": budget, "pool": budget.left()}},
        )
        response = self._pool(address.scheme).handle_request(request)
        try:
            budget.in_head = False
            headers = _joined(response.headers)
            whole = limit is not None and response.status < 300
            read = _whole if whole else _as_far_as_it_goes
            encoding = "" if response.status == 304 else headers.get("content-encoding", "")
            most = limit if limit is not None and whole else SMALL
            if whole and int(headers.get("content-length", "0")) > most:
                raise TooLarge(most)
            body = read(response.iter_stream(), encoding, most)
        finally:
            response.close()
        return Reply(response.status, headers, body)

    def _headers(self, hop: Hop) -> list[tuple[bytes, bytes]]:
        headers = {"Host": hop.address.authority, "User-Agent": self._user_agent, "Accept-Encoding": "gzip"}
        if hop.body is not None:
            headers["Content-Length"] = str(len(hop.body))
        own = {name.lower() for name in hop.own_headers}
        headers |= {name: value for name, value in hop.headers.items() if name.lower() not in own}
        return [(name.encode(), value.encode()) for name, value in (headers | dict(hop.own_headers)).items()]

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        # One pool a scheme, so that the authorities are loaded (some 50 ms) only when the first https address is asked.
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpcore.ConnectionPool(
                    ssl_context=self._tls() if scheme == "https" else None,
                    max_connections=_CONNECTIONS,
                    max_keepalive_connections=_CONNECTIONS // 2,
                    keepalive_expiry=_KEEP_SECONDS,
                    network_backend=self._backend,
                )
            return self._pools[scheme]

    def _tls(self) -> ssl.SSLContext:
        if self._ssl_context is None:
            import certifi

            # A named file, so that SSL_CERT_FILE in the environment cannot exchange the authorities.
            self._ssl_context = ssl.create_default_context(cafile=certifi.where())
        return self._ssl_context


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
