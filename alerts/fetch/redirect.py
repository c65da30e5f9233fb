"""Where a redirect leads, and what may be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_plus, urlencode

from alerts.fetch.address import Address, BadAddress, join

MOST_HOPS = 10
_STATUSES = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)


class BadRedirect(Exception):
    """The redirect is not followed; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a chain."""

    address: Address
    method: str
    #: Ours, which every server may see.
    headers: Mapping[str, str]
    #: The source's own and its secrets, which only its own server may see.
    own_headers: Mapping[str, str]
    body: bytes | None
    #: Parameters that only its own server may see; never part of ``address``, which is shown and stored.
    secret_query: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: What this chain was told to bring along to this address.
    cookie: str = field(default="", repr=False)
    #: May the answer be packed?
    packed: bool = True
    #: The hosts that this chain reached over https.
    secured: frozenset[str] = frozenset()
    #: True while every redirect so far was meant for good.
    permanent: bool = True
    #: True behind the first redirect.
    moved: bool = False

    @property
    def target(self) -> str:
        """Path and query as they are sent."""
        if not self.secret_query:
            return self.address.target
        return f"{self.address.target}{'&' if '?' in self.address.target else '?'}{urlencode(self.secret_query)}"


def is_redirect(status: int) -> bool:
    """Does this status send the reader elsewhere?"""
    return status in _STATUSES


def follow(hop: Hop, status: int, location: str | None) -> Hop:
    """The next request of the chain; raises BadRedirect."""
    if not location or not location.strip():
        raise BadRedirect("the redirect does not say where to")
    try:
        target = _without(join(hop.address, location), hop.secret_query)
    except BadAddress as error:
        raise BadRedirect(f"the redirect leads to a place that is not asked: {error}") from None
    hop = _still_safe(hop, target)
    hop = replace(hop, permanent=hop.permanent and status in _PERMANENT, moved=True)
    same = hop.address.same_site(target)
    if status == 303 or (status in (301, 302) and hop.method == "POST"):
        hop = replace(hop, method="GET", body=None)
    elif hop.body is not None and not same:
        raise BadRedirect("the redirect would hand the request's body to another site")
    if not same:
        hop = replace(hop, own_headers={}, secret_query={})
    return replace(hop, address=target)


def _still_safe(hop: Hop, target: Address) -> Hop:
    """A chain that began with https passes unprotected http only on its way back to https, at a host that it had been sent to.

    Whoever can change the answer over http must not choose what is read in the end; raises BadRedirect.
    """
    if hop.address.scheme == "https":
        return replace(hop, secured=hop.secured | {hop.address.host})
    if not hop.secured:
        return hop
    if target.scheme != "https" or target.host not in hop.secured | {hop.address.host}:
        raise BadRedirect("the redirect leads from https to unprotected http, and not straight back")
    return hop


def ends_unprotected(hop: Hop) -> bool:
    """Did a chain that began with https end without?"""
    return bool(hop.secured) and hop.address.scheme == "http"


def _without(address: Address, secret: Mapping[str, str]) -> Address:
    """The address without secret parameters: servers that redirect often repeat the query they were asked with."""
    path, _, query = address.target.partition("?")
    if not secret or not query:
        return address
    kept = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) not in secret]
    return replace(address, target=f"{path}?{'&'.join(kept)}" if kept else path)
