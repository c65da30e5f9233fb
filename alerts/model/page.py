"""What is asked of a source, and what one request brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a source wants to ask for. ``state`` travels to the page untouched (page number, cursor …)."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Body of a POST, already encoded.
    body: bytes | None = field(default=None, repr=False)
    #: Headers that must never be logged or stored (keys, tokens).
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Parameters that are added to the query when the request is sent, and are as secret.
    secret_query: Mapping[str, str] = field(default_factory=dict, repr=False)
    state: Mapping[str, str] = field(default_factory=dict)
    #: False where an answer of 304 would be of no use.
    conditional: bool = True
    #: True where an answer without content (204) means that nothing was found; else it is an error.
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought back: a whole answer, of status 200, 201, 203 or 206; or 204, empty, where ``Request.empty``."""

    request: Request
    #: The address after redirects.
    url: str
    body: bytes = field(repr=False)
    fetched: datetime
    status: int = 200
    #: Names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Asking:
    """What today's searches want, for kinds that can be asked for less than everything."""

    #: Words worth searching for, one entry a search.
    words: tuple[str, ...] = ()
    #: The last good reading.
    since: datetime | None = None
