"""Which addresses are links, resolved against their page; the parts of a pasted address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit, urlunsplit

_LIMIT = 4000
_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?", re.IGNORECASE)

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BARE = re.compile(r"https?:/*", re.IGNORECASE)
_PLAIN = re.compile(r"[!#-;=?-\[\]_a-z|~]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A pasted address in parts: ``host`` in lower case without port, ``steps`` of the path unquoted, first query values."""

    host: str
    steps: tuple[str, ...]
    query: dict[str, str]
    #: Scheme, host and port: where a base_url begins.
    origin: str

    def step(self, index: int) -> str:
        """The step at ``index``, or ""."""
        return self.steps[index] if index < len(self.steps) else ""

    def under(self, domain: str) -> str | None:
        """The one label before ``domain`` in the host ("acme" of acme.recruitee.com), where it is a token; else None."""
        label, found, rest = self.host.partition(".")
        return token(label) if found and rest == domain and label != "www" else None


def parts(address: str) -> Parts | None:
    """The parts of an http(s) address, or None. A missing scheme is forgiven: people paste without."""
    address = address.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE) or re.match(r"[\w.-]+\.[a-z]+:\d", address, re.IGNORECASE):
        address = f"https://{address.removeprefix('//')}"
    whole = link(address)
    if whole is None:
        return None
    split = urlsplit(whole)
    steps = tuple(unquote(step) for step in split.path.split("/") if step)
    if any(step in {".", ".."} or "/" in step or "\\" in step for step in steps):
        return None
    try:
        query = {key: values[0] for key, values in parse_qs(split.query, max_num_fields=100).items()}
    except ValueError:
        query = {}
    return Parts((split.hostname or "").rstrip("."), steps, query, f"{split.scheme}://{split.netloc}")


def link(value: object, base: str = "") -> str | None:
    """``value`` as an absolute http(s) address, resolved against ``base``; None for everything else."""
    if not isinstance(value, str) or len(value) > _LIMIT:
        return None
    # Browsers drop tabs and line ends inside an address; what else is not printable has no place in one.
    said = re.sub(r"[\t\r\n]", "", value.strip())
    if not said or _CONTROL.search(said):
        return None
    try:
        whole = urljoin(base, said) if base else said
        split = urlsplit(whole)
        host, port = split.hostname, split.port
    except ValueError:
        return None
    if split.scheme.lower() not in {"http", "https"} or not host or port == 0 or "@" in split.netloc or _BARE.fullmatch(said):
        return None
    if not split.netloc.startswith("["):
        try:
            named = host if host.isascii() else host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
        if not _HOST.fullmatch(named):
            return None
        if named != host:
            whole = urlunsplit(split._replace(netloc=named if port is None else f"{named}:{port}"))
    # Spaces and quotes are written by hand often enough; everything already escaped stays.
    return whole if _PLAIN.fullmatch(whole) else quote(whole, safe="%/:?#[]@!$&'()*+,;=~-._|")


def token(value: object) -> str | None:
    """A board's name as it may stand in an address: letters, digits, ``_ . -``; no path tricks, no word of the system."""
    if not isinstance(value, str) or not _TOKEN.fullmatch(value) or ".." in value:
        return None
    return None if value.lower() in {"embed", "www", "api", "robots.txt", "favicon.ico"} else value


def segment(value: str) -> str:
    """``value`` escaped as one step of a path."""
    return quote(value, safe="")


def spoken(name: str) -> str:
    """A board's name as a company's, where nothing better is known: "acme-corp" is Acme Corp."""
    words = re.sub(r"[-_+ ]+", " ", unquote(name)).strip()
    return words.title() if words.islower() else words
