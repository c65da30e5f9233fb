"""Ask a source, post to a channel: the one way out of the house."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType

from alerts.fetch import certificates
from alerts.fetch.address import BadAddress, parse
from alerts.fetch.budget import Budget
from alerts.fetch.connection import Exchange, Reply
from alerts.fetch.cookies import Chain
from alerts.fetch.guard import Guard
from alerts.fetch.headers import conditions, sendable, usable, user_agent, validators_of
from alerts.fetch.proxies import Proxies
from alerts.fetch.redirect import MOST_HOPS, BadRedirect, Hop, ends_unprotected, follow, is_redirect
from alerts.fetch.resolve import Names, Resolver
from alerts.fetch.ways import Ways
from alerts.model.errors import FetchError
from alerts.model.page import Request
from alerts.model.plan import Network

MAX_BYTES = 32 * 2**20
#: Ours alone to say, whatever a source or a channel asks for.
_RESERVED = frozenset(
    ("host", "accept-encoding", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request, whatever its status."""

    status: int
    #: The address that answered, after redirects; of a channel only scheme and host.
    url: str
    #: Names in lower case; several of one name joined by ", ".
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    #: True when the source said that nothing changed since the validators.
    not_modified: bool = False
    #: ``etag`` and ``last_modified``, verbatim, to be sent the next time.
    validators: Mapping[str, str] = field(default_factory=dict)
    #: The new address, where every redirect on the way was a permanent one.
    moved_to: str | None = None


class Client:
    """The one HTTP client; safe to share between threads.

    ``contact`` stands in the User-Agent. ``allow_private`` lists addresses and networks of one's own that may be asked
    (raises UsageError for one that is neither). ``resolver`` (host, port → addresses) and ``ssl_context`` replace the
    system's; ``ca_file`` names further authorities, ``proxies`` the ways out. ``deadline`` is in seconds and holds for a
    whole request with its redirects; ``max_bytes`` holds for a body as it comes and once inflated.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        allow_private: Sequence[str] = (),
        resolver: Resolver | None = None,
        deadline: float = 20.0,
        max_bytes: int = MAX_BYTES,
        ssl_context: ssl.SSLContext | None = None,
        ca_file: str | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self._ca_file = ca_file
        self._ssl_context = ssl_context
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._exchange = Exchange(
            Ways(Names(resolver), Guard(allow_private), proxies or Proxies({}), self.trust), user_agent(contact)
        )

    @classmethod
    def of(cls, network: Network, *, contact: str | None = None) -> Client:
        """The client that the configuration describes."""
        urls = {scheme: secret.get_secret_value() for scheme, secret in network.proxies.items()}
        return cls(
            contact=contact,
            allow_private=network.allow_private,
            deadline=network.deadline,
            max_bytes=network.max_bytes,
            ca_file=network.ca_file,
            proxies=Proxies(urls, network.no_proxy),
        )

    def ask(
        self,
        request: Request,
        *,
        validators: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        deadline: float | None = None,
    ) -> Answer:
        """Ask a source, following up to ten redirects, only for what is newer than ``validators``.

        Bodies of answers that are no success are cut at 64 KiB. Raises FetchError when no whole answer came.
        """
        budget = Budget(self._deadline if deadline is None else deadline)
        limit = self._max_bytes if max_bytes is None else max_bytes
        sent = usable(validators) if request.conditional else {}
        hop, cookies = _first_hop(request, sent), Chain()
        for _ in range(MOST_HOPS + 1):
            reply = self._exchange.source(hop, budget, limit)
            if not is_redirect(reply.status):
                return _answer(reply, hop, sent)
            cookies.take(hop.address.url, reply.cookies)
            try:
                hop = follow(hop, reply.status, reply.headers.get("location"))
            except BadRedirect as error:
                raise FetchError(f"{hop.address.shown}: {error}", status=reply.status) from None
            hop = replace(hop, cookie="" if ends_unprotected(hop) else cookies.header(hop.address.url))
        raise FetchError(f"{hop.address.shown}: more than {MOST_HOPS} redirects; put the final address into the configuration")

    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        port_any: bool = True,
    ) -> Answer:
        """Post to a channel: one attempt, no redirect followed, at most 64 KiB of the answer kept.

        Never raises for a status. Raises FetchError, naming scheme and host only, when no answer came; it is ``ambiguous``
        when the request may have arrived. ``port_any``: public addresses may be posted to on every port.
        """
        try:
            address = parse(url)
        except BadAddress as error:
            raise FetchError(f"the address of the channel cannot be used: {error}") from None
        budget = Budget(self._deadline if deadline is None else deadline, any_port=port_any)
        hop = Hop(address, "POST", {}, _checked(headers or {}, address.origin), content)
        reply = self._exchange.channel(hop, budget)
        return Answer(reply.status, address.origin, reply.headers, reply.body)

    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed; loaded when first asked for, because that takes some 50 ms."""
        if self._ssl_context is None:
            try:
                self._ssl_context = certificates.trust(self._ca_file)
            except OSError as error:
                raise FetchError(f"[network] ca_file: {certificates.unreadable(error)}") from None
        return self._ssl_context

    def close(self) -> None:
        """Close all connections; the client may be used again."""
        self._exchange.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _first_hop(request: Request, validators: Mapping[str, str]) -> Hop:
    try:
        address = parse(request.url)
    except BadAddress as error:
        raise FetchError(f"the address of the source cannot be used: {error}") from None
    own = _checked({**request.headers, **request.secret_headers}, address.shown)
    return Hop(address, request.method, {"Accept": "*/*", **conditions(validators)}, own, request.body, request.secret_query)


def _answer(reply: Reply, hop: Hop, sent: Mapping[str, str]) -> Answer:
    if ends_unprotected(hop):
        raise FetchError(f"{hop.address.shown}: the redirect leads from https to unprotected http", status=reply.status)
    unchanged = reply.status == 304 and bool(sent)
    # A 304 may bring new validators, and need not repeat the old ones.
    validators = {**(sent if unchanged else {}), **validators_of(reply.headers)}
    moved = hop.address.url if hop.moved and hop.permanent else None
    return Answer(reply.status, hop.address.url, reply.headers, reply.body, unchanged, validators, moved)


def _checked(headers: Mapping[str, str], shown: str) -> dict[str, str]:
    kept = {name: value for name, value in headers.items() if name.lower() not in _RESERVED}
    for name, value in kept.items():
        if not sendable(value) or not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise FetchError(f"{shown}: the header {name[:40]!r} contains characters that cannot be sent; check its value")
    return kept
