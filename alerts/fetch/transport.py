"""The httpx client and the transport beneath it: connections that are kept, over sockets that are pinned."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from functools import lru_cache
from http.cookiejar import CookieJar
from typing import Any

import httpcore

from alerts.fetch.address import Address
from alerts.fetch.budget import Budget
from alerts.fetch.http import httpx
from alerts.fetch.proxies import Proxy
from alerts.fetch.proxy import ProxyBackend
from alerts.fetch.resolve import Unresolved
from alerts.fetch.stream import NotAllowed, PinnedBackend
from alerts.fetch.ways import Ways

Headers = list[tuple[bytes, bytes]]

_CONNECTIONS = 32
_KEEP_SECONDS = 30.0


def client(ways: Ways) -> httpx.Client:
    """A client that takes nothing from the environment, follows no redirect by itself and keeps no cookie."""
    return httpx.Client(transport=Transport(ways), trust_env=False, follow_redirects=False, cookies=_NoCookies())


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
    """Hands requests to pools of connections, one a scheme and proxy; the faults of httpcore come through as they are."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._pools: dict[tuple[str, Proxy | None], httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and the head of its answer."""
        url, extensions = request.url, dict(request.extensions)
        # In the address and not beside it, where httpcore would send it to a proxy as the name of a tunnel.
        target = extensions.pop("target")
        proxy = self._proxy(url, extensions["timeout"]["connect"])
        answer = self._pool(url.scheme, proxy).handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=target),
                headers=request.headers.raw,
                content=request.stream,
                extensions=extensions,
            )
        )
        if proxy and answer.status == 407:
            answer.close()
            raise httpcore.ProxyError("407")
        return _Answer(answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def _proxy(self, url: httpx.URL, budget: Budget) -> Proxy | None:
        """The proxy to take; it resolves names itself, so that only what can be seen in them is judged here."""
        host, port = url.raw_host.decode(), url.port or (443 if url.scheme == "https" else 80)
        proxy = self._ways.proxies.of(url.scheme, host, port)
        if proxy and (why := self._ways.guard.refusal_by_name(host, port, any_port=budget.any_port)):
            raise NotAllowed(why)
        return proxy

    def _pool(self, scheme: str, proxy: Proxy | None) -> httpcore.ConnectionPool:
        # One pool a scheme, so that the authorities are loaded (some 50 ms) only when the first https address is asked.
        with self._lock:
            if (scheme, proxy) not in self._pools:
                self._pools[scheme, proxy] = self._made(scheme, proxy)
            return self._pools[scheme, proxy]

    def _made(self, scheme: str, proxy: Proxy | None) -> httpcore.ConnectionPool:
        shared: dict[str, Any] = {
            "ssl_context": self._ways.trust() if scheme == "https" else None,
            "max_connections": _CONNECTIONS,
            "max_keepalive_connections": _CONNECTIONS // 2,
            "keepalive_expiry": _KEEP_SECONDS,
        }
        if proxy is None:
            return httpcore.ConnectionPool(network_backend=PinnedBackend(self._ways.names, self._ways.guard), **shared)
        safe = proxy.scheme == "https"
        return httpcore.HTTPProxy(
            httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target="/"),
            proxy_auth=proxy.login,
            proxy_ssl_context=self._ways.trust() if safe else None,
            network_backend=ProxyBackend(self._ways.names, tunnels=(scheme == "https") + safe),
            **shared,
        )


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
