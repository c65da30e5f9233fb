"""Feeds made to hurt their readers: each ends soon, opens nothing, and the next good feed is read."""

import importlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alerts.model.errors import ReadError
from alerts.model.page import Page, Request
from alerts.plugins import kinds
from alerts.sandbox.reader import Reader

pytestmark = pytest.mark.skipif("rss" not in kinds("sources"), reason="the kind rss is not there")
URL = "https://example.org/feed"
DEADLINE = 2.5
#: For good pages: on a busy machine a new child may need long for its first one.
PATIENCE = 60


def feed(content: bytes) -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title>' + content + b"</channel></rss>"


ITEM = b"<item><title>Engineer</title><link>https://example.org/1</link><guid>1</guid></item>"
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))

BOMBS = {
    "attributes": feed(b"<item " + b"".join(b'a%d="" ' % n for n in range(45_000)) + b"></item>"),
    "comments": feed(b"<item><title>" + b"&lt;!--" * 39_000 + b"</title></item>"),
    "nesting": feed(b"<item>" + b"<a>" * 100_000 + b"</item>"),
    "namespaces": feed(b"<item " + b"".join(b'xmlns:n%d="urn:%d" ' % (n, n) for n in range(20_000)) + b"/>"),
    "laughs": b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + feed(b"<item><title>&l9;</title></item>"),
    "quadratic entity": b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 50_000 + b'">]>' + feed(b"<item>" + b"&a;" * 50_000 + b"</item>"),
    "endless title": feed(b"<item><title>" + b"x" * 5_000_000 + b"</title></item>"),
    "not a feed": b"\x00\xff" * 100_000,
    "brackets": b"<" * 300_000,
    "ampersands": feed(b"<item><title>" + b"&" * 300_000 + b"</title></item>"),
    "CDATA": feed(b"<item><title>" + b"<![CDATA[" * 30_000 + b"</title></item>"),
}  # fmt: skip


def page(body: bytes) -> Page:
    return Page(Request(URL), URL, body, datetime(2026, 3, 3, tzinfo=UTC))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(deadline=PATIENCE) as reader:
        yield reader


@pytest.fixture(scope="module")
def options() -> Any:
    return importlib.import_module("alerts.sources.rss").Options(url=URL)


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_bomb_wastes_one_reading(body: bytes, reader: Reader, options: Any) -> None:
    reader._deadline = DEADLINE
    try:
        found = reader.read("rss", page(body), options)
    except ReadError as error:
        assert str(error).isprintable()  # noqa: PT017
    else:
        assert all(posting.title and posting.url for posting in found.postings)
    finally:
        reader._deadline = PATIENCE
    assert [posting.source_id for posting in reader.read("rss", page(feed(ITEM)), options).postings] == ["1"]


def test_a_body_that_names_a_file_or_address_is_not_opened(reader: Reader, options: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(feed(b"<item><title>LOCAL SECRET</title><guid>s</guid><link>https://example.org/s</link></item>"))
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.setblocking(False)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/feed.xml"
        external = (
            '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]><rss version="2.0"><channel><item><title>&e;</title></item></channel></rss>'
        )
        bodies = [str(secret), f"file://{secret}", f"\ufeff{secret}", address, f"\ufeff{address}",
                  external.format(secret.as_uri()), external.format(address),
                  f'<!DOCTYPE x SYSTEM "{address}"><rss/>']  # fmt: skip
        for body in bodies:
            try:
                found = reader.read("rss", page(body.encode()), options)
            except ReadError as error:
                assert "SECRET" not in str(error)  # noqa: PT017
            else:
                assert "SECRET" not in repr(found)
        with pytest.raises(BlockingIOError):
            canary.accept()
