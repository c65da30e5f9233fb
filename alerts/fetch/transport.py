"""The httpx client and the transport beneath it: connections that are kept, over sockets that are pinned."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from http.cookiejar import CookieJar
from typing import Any

import httpcore
import httpx

from alerts.fetch.address import Address
from alerts.fetch.resolve import Unresolved

Headers = list[tuple[bytes, bytes]]

_CONNECTIONS = 32
_KEEP_SECONDS = 30.0


def client(backend: httpcore.NetworkBackend, trust: Callable[[], ssl.SSLContext]) -> httpx.Client:
    """A client that takes nothing from the environment, follows no redirect by itself and keeps no cookie."""
    return httpx.Client(transport=Transport(backend, trust), trust_env=False, follow_redirects=False, cookies=_NoCookies())


def request(
    method: str, address: Address, target: str, headers: Headers, body: bytes | None, timeout: Mapping[str, object]
) -> httpx.Request:
    """A request that is sent exactly so; ``target`` is its path and query.

    httpx logs the address of every request, so it is told the host only: what comes behind may hold a key. With a stream of
    its own the request gets no header from httpx.
    """
    extensions = {"timeout": timeout, "target": target.encode()}
    url = _origin(address.scheme, address.authority)
    return httpx.Request(method, url, headers=headers, stream=httpx.ByteStream(body or b""), extensions=extensions)


@lru_cache(1024)
def _origin(scheme: str, authority: str) -> httpx.URL:
    try:
        return httpx.URL(f"{scheme}://{authority}")
    except httpx.InvalidURL:
        # httpx takes four numbers for an IPv4 address, whatever they are.
        raise Unresolved("the name was not found") from None


class Transport(httpx.BaseTransport):
    """Hands requests to pools of connections, one a scheme; the faults of httpcore come through as they are."""

    def __init__(self, backend: httpcore.NetworkBackend, trust: Callable[[], ssl.SSLContext]) -> None:
        self._backend = backend
        self._trust = trust
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and the head of its answer."""
        url = request.url
        answer = self._pool(url.scheme).handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return _Answer(answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        # One pool a scheme, so that the authorities are loaded (some 50 ms) only when the first https address is asked.
        with self._lock:
            if scheme not in self._pools:
                self._pools[scheme] = httpcore.ConnectionPool(
                    ssl_context=self._trust() if scheme == "https" else None,
                    max_connections=_CONNECTIONS,
                    max_keepalive_connections=_CONNECTIONS // 2,
                    keepalive_expiry=_KEEP_SECONDS,
                    network_backend=self._backend,
                )
            return self._pools[scheme]


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Answer(httpx.Response):
    @property
    def has_redirect_location(self) -> bool:
        """No: redirects are judged hop by hop in redirect.py.

        httpx would make up the next request even when it is not to follow, and fail on a location that it cannot read.
        """
        return False


class _NoCookies(CookieJar):
    def extract_cookies(self, response: Any, request: Any) -> None:
        """Nothing is kept."""
