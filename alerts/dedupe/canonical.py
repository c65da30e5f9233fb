"""One spelling for the many ways to write an address: repaired, without tracking, sorted.

The splitting and percent-coding are the standard library's. w3lib was measured beside it: it raises on bad ports and
brackets, leaves what feeds damage as it is, and costs 57 ms to import; what would remain for it is sorting the query.
"""

from __future__ import annotations

import html
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

#: Longer "addresses" are cut: nothing that leads to a job is longer, and some feeds put whole pages there.
LONGEST = 4096

_JUNK = " \t\r\n<>\"'`,;)]}"
_SCHEME = re.compile(r"(?i)^(?:https?:)?/*")
_OTHER_SCHEME = re.compile(r"(?i)^(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"^[^\s/?#@:\[\]\\]+\.[^\s/?#@:\[\]\\]{2,}$")
_QUERY_IN_PATH = re.compile(r"&(?=[\w.\[\]-]+=)")
_ENCODED_QUERY = re.compile(r"(?i)%3f(?=[\w.\[\]-]+(?:=|%3d))")
_LOCALE = re.compile(r"(?i)^[a-z]{2}[-_][a-z]{2}$")
_ROUTE = re.compile(r"^!?/|^[a-z]{2}/|=|/\d")
#: A session in the path: "/jobs/1;jsessionid=AB12".
_SESSION = re.compile(r"(?i);(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*")
#: What mail filters make of links: "urldefense.com/v3/__https://…__;!!", "…/v2/url?u=https-3A__host_path".
_DEFENDED = re.compile(r"^/v3/__(.+?)__(?:;.*)?$")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


class Address(NamedTuple):
    """An address taken apart: lower-case host without "www.", decoded path, decoded query pairs, decoded fragment."""

    host: str
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""


@lru_cache(maxsize=4096)
def take_apart(url: str) -> Address:
    """The parts of an address, repaired where feeds damage it; what is no web address has an empty host."""
    address = _split(url)
    for _ in range(3):
        inner = _wrapped(address)
        if not inner:
            break
        address = _split(inner)
    return address


def canonical(url: str) -> str:
    """One spelling of an address: scheme, "www.", tracking, order of the query, locale and "/apply" make no difference.

    What the query says is kept unless it is known to be noise. ``canonical(canonical(x)) == canonical(x)``.
    """
    address = take_apart(url)
    if not address.host:
        return " ".join(url[:LONGEST].split())
    query = urlencode(sorted({pair for pair in address.query if not is_noise(pair[0])}))
    route = address.fragment if _ROUTE.search(address.fragment) else ""
    path = quote(_plain(address.path), safe="/~:@!$'()*+,;=-._")
    return (
        f"https://{address.host}{path}" + (f"?{query}" if query else "") + (f"#{quote(route, safe='/=&:!-._~')}" if route else "")
    )


def is_noise(parameter: str) -> bool:
    """Does this parameter only say how the reader came here?"""
    exact, beginnings = _noise()
    name = parameter.lower()
    return name in exact or name.startswith(beginnings)


def _split(url: str) -> Address:
    rest = html.unescape(url[:LONGEST]).strip(_JUNK) if "&" in url else url[:LONGEST].strip(_JUNK)
    if _OTHER_SCHEME.match(rest):
        return Address("")
    rest = _CONTROL.sub("%20", _SCHEME.sub("", rest.replace("\\", "/"), count=1))
    try:
        parts = urlsplit("//" + _one_question_mark(_ENCODED_QUERY.sub("?", rest)))
        host = (parts.hostname or "").rstrip(".")
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return Address("")
    host = re.sub(r"^(?:www\.)+", "", host.lower())
    if not _HOST.match(host):
        return Address("")
    pairs = parse_qsl(parts.query, keep_blank_values=False, errors="replace", max_num_fields=None)
    return Address(host, _SESSION.sub("", re.sub(r"/{2,}", "/", _settled(parts.path))), tuple(pairs), _settled(parts.fragment))


def _one_question_mark(rest: str) -> str:
    """``/jobs/1&utm_source=x`` and ``?a=1?b=2`` as they were meant."""
    before, mark, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    path, _, strayed = path.partition("&") if _QUERY_IN_PATH.search(path) else (path, "", "")
    query = "&".join(part for part in (strayed, query.replace("?", "&")) if part)
    return path + (f"?{query}" if query else "") + mark + fragment


def _settled(text: str) -> str:
    """Percent-decoded until it stays the same: some links are encoded twice."""
    for _ in range(3):
        decoded = unquote(text, errors="replace")
        if decoded == text:
            break
        text = decoded
    return text


def _plain(path: str) -> str:
    """The path without locale segments at its front, form endings, and slash at its end."""
    segments = [segment for segment in path.split("/") if segment]
    while segments and _LOCALE.match(segments[0]):
        segments.pop(0)
    for _ in range(len(segments)):
        tail = next((n for n in (1, 2) if len(segments) > n and "/".join(segments[-n:]).lower() in _endings()), 0)
        if not tail:
            break
        del segments[-tail:]
    return "/" + "/".join(segments) if segments else ""


def _wrapped(address: Address) -> str | None:
    """The address that a redirecting service carries in its query, or a mail filter in its path."""
    if address.host.startswith("urldefense."):
        return _defended(address)
    names = _wrappers().get(address.host + address.path.rstrip("/")) or _wrappers().get(address.host)
    names = names or _wrappers().get(address.host.partition(".")[2])
    if not names:
        return None
    return next((value for name, value in address.query if name in names and value.startswith(("http", "//"))), None)


def _defended(address: Address) -> str | None:
    """The address behind urldefense: as it is in its third version, with "-3A" for ":" and "_" for "/" in its second."""
    if third := _DEFENDED.match(address.path):
        return re.sub(r"^(https?:)/+", r"\1//", third[1]) + ("?" + urlencode(address.query) if address.query else "")
    said = next((value for name, value in address.query if name == "u"), "")
    return unquote(re.sub(r"-([0-9A-F]{2})", r"%\1", said.replace("_", "/"))) if said.startswith("http") else None


@cache
def _data() -> dict[str, object]:
    return tomllib.loads((files("alerts.dedupe") / "noise.toml").read_text(encoding="utf-8"))


@cache
def _noise() -> tuple[frozenset[str], tuple[str, ...]]:
    names = _strings("parameters")
    return frozenset(n for n in names if not n.endswith("*")), tuple(n[:-1] for n in names if n.endswith("*"))


@cache
def _endings() -> frozenset[str]:
    return frozenset(_strings("endings"))


@cache
def _wrappers() -> dict[str, list[str]]:
    table = _data()["wrappers"]
    return dict(table) if isinstance(table, dict) else {}


def _strings(key: str) -> list[str]:
    value = _data()[key]
    return [str(item) for item in value] if isinstance(value, list) else []
