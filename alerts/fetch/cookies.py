"""Cookies that are set on a redirect: carried along one chain, and forgotten behind it."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from http.cookiejar import CookieJar

_MOST_BYTES = 8192


class Chain:
    """What one chain of redirects has been told; the rules of host, path and ``Secure`` are the standard library's."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def take(self, url: str, lines: Sequence[str]) -> None:
        """The ``Set-Cookie`` lines of the answer from ``url``."""
        if not lines:
            return
        # Few chains have cookies, so commands start without what they need.
        from http.cookiejar import CookieJar
        from urllib.request import Request

        if self._jar is None:
            self._jar = CookieJar()
        head = Message()
        for line in lines:
            if len(line) <= _MOST_BYTES and line.isprintable():
                head["Set-Cookie"] = line
        self._jar.extract_cookies(cast("HTTPResponse", _Head(head)), Request(url))  # noqa: S310 - nothing is opened

    def header(self, url: str) -> str:
        """The value of ``Cookie`` for a request to ``url``; "" for none."""
        if self._jar is None:
            return ""
        from urllib.request import Request

        request = Request(url)  # noqa: S310 - nothing is opened
        self._jar.add_cookie_header(request)
        said = str(request.get_header("Cookie", ""))
        return said if len(said) <= _MOST_BYTES and said.isascii() and said.isprintable() else ""


class _Head:
    def __init__(self, head: Message) -> None:
        self._head = head

    def info(self) -> Any:
        return self._head
