"""An address taken apart strictly, and shown without what is secret in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

_LONGEST = 8192
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
#: Controls, and halves of characters.
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: What may stand in a path or query as it is; everything else is percent-encoded.
_SAFE = "/%:@!$&'()*+,;=~-._"


class BadAddress(ValueError):
    """The address cannot be asked; ``str()`` says why, without repeating it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one request goes. ``host`` is ASCII and in lower case, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int
    #: Path and query, as they stand in the request line.
    target: str

    @property
    def authority(self) -> str:
        """``host[:port]``, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def shown(self) -> str:
        """For messages about sources: without the query, which may hold a key."""
        return _short(f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}")

    @property
    def origin(self) -> str:
        """For messages about channels: scheme and host only, because a hook's path is its secret."""
        return _short(f"{self.scheme}://{self.authority}")

    def same_site(self, other: Address) -> bool:
        """Is ``other`` the same server, or this one reached over TLS?"""
        if self.host != other.host:
            return False
        upgraded = (self.scheme, self.port, other.scheme, other.port) == ("http", 80, "https", 443)
        return upgraded or (self.scheme, self.port) == (other.scheme, other.port)


def parse(url: str) -> Address:
    """Take ``url`` apart; raises BadAddress for all that another reader could understand differently."""
    url = _plain(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddress("the address has no valid host or port") from None
    if parts.scheme not in _PORTS:
        raise BadAddress("the address must begin with http:// or https://")
    if "@" in parts.netloc:
        raise BadAddress("the address contains a user name or password; remove it")
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else "")
    return Address(parts.scheme, _host(host), _PORTS[parts.scheme] if port is None else port, target)


def join(base: Address, location: str) -> Address:
    """The address that ``location``, absolute or relative, means when ``base`` answered with it; raises BadAddress."""
    location = _plain(location)
    if _ABSOLUTE.match(location):
        # The joining rules would mend "http:///x" into an address of the server that sent it.
        return parse(location)
    try:
        url = urljoin(base.url, location)
    except ValueError:
        raise BadAddress("the address has no valid host or port") from None
    return parse(url)


def _plain(url: str) -> str:
    # The standard library would silently drop tabs and line ends.
    url = url.strip(" ")
    if len(url) > _LONGEST:
        raise BadAddress(f"the address is longer than {_LONGEST} characters")
    if "\\" in url.partition("?")[0] or _UNFIT.search(url):
        raise BadAddress("the address contains a backslash or a control character")
    return url


def _host(host: str) -> str:
    # idna is quadratic on long input, and nothing longer can be a name.
    if not host or len(host) > 253:
        raise BadAddress("the address has no host, or a host of more than 253 characters")
    if ":" in host:
        try:
            return str(IPv6Address(host)) if "%" not in host else _refuse_host()
        except ValueError:
            _refuse_host()
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            _refuse_host()
    return host if _NAME.fullmatch(host) else _refuse_host()


def _refuse_host() -> str:
    raise BadAddress("the host of the address is not a valid name")


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"
