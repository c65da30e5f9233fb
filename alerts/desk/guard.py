"""What a request must be, and what every answer says; pure, so that each rule can be tested alone."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

#: Bytes of a body, and of those that may hold a letter or a text.
BODY, LONG_BODY = 64 * 1024, 256 * 1024
HEADERS = 16 * 1024
FIELDS = 100
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
_OFF = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb")


def host_is_ours(host: str | None, origins: tuple[str, ...]) -> bool:
    """Is the ``Host`` one of our names with its port? Anything else may be a name that was bound to our address."""
    return host is not None and any(host.lower() == urlsplit(origin).netloc for origin in origins)


def comes_from_us(headers: Mapping[str, str], origins: tuple[str, ...]) -> bool:
    """May this request change something: does the browser say that one of our own pages sent it?"""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and (origin is None or origin in origins)


def may_be_shown(headers: Mapping[str, str], *, page: bool) -> bool:
    """May a GET be answered: from elsewhere only when a person follows a link to a page."""
    if headers.get("sec-fetch-site") != "cross-site":
        return True
    return page and headers.get("sec-fetch-mode") == "navigate"


def too_long(headers: Mapping[str, str]) -> bool:
    """Are the headers longer than any browser's?"""
    return sum(len(name) + len(value) for name, value in headers.items()) > HEADERS


def said_with_every_answer(nonce: str, *, lasting: bool = False, sandbox: bool = False) -> dict[str, str]:
    """The headers of every answer. ``lasting``: a file whose name holds its hash; ``sandbox``: a stranger's text alone."""
    return {
        "content-security-policy": _POLICY.format(nonce=nonce) + ("; sandbox allow-same-origin" if sandbox else ""),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "public, max-age=31536000, immutable" if lasting else "no-store",
        "permissions-policy": ", ".join([*(f"{name}=()" for name in _OFF), "clipboard-write=(self)"]),
    }
