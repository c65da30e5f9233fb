"""Feeds are read as they are meant: bytes never opened as files, large ones as small ones, titles as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.model.errors import ReadError
from alerts.parse import feed

ITEM = (
    "<item><title>R&amp;amp;D chef, N° {0}</title><link>https://jobs.example/{0}</link><guid isPermaLink='false'>g{0}</guid>"
    "<pubDate>Fri, 10 Jul 2026 22:45:30 +0000</pubDate><dc:creator>Acme</dc:creator><job:location>Kiel</job:location>"
    "<tt:locations><tt:location><tt:city>Kiel</tt:city></tt:location></tt:locations><job:salary>50k</job:salary>"
    "<description>&lt;p&gt;Cook &amp;amp; mix.&lt;/p&gt;</description></item>"
)
HEAD = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:job="urn:j" xmlns:tt="urn:t"><channel><title>F</title>'
)


def rss(count: int) -> bytes:
    return (HEAD + "".join(ITEM.format(index) for index in range(count)) + "</channel></rss>").encode()


def test_a_large_feed_is_read_as_a_small_one_is() -> None:
    small, large = feed.read(rss(3)).entries, feed.read(rss(1_500)).entries
    assert len(large) == 1_500
    assert large[:3] == small
    assert small[0].title == "R&D chef, N° 0"
    assert small[0].said("place") == "Kiel"
    assert small[0].places == ((None, "Kiel", None, None),)
    assert small[0].html == "<p>Cook &amp; mix.</p>"


def test_no_more_entries_are_read_than_can_be() -> None:
    items = "".join(f"<item><guid>{index}</guid></item>" for index in range(20_002))
    found = feed.read(f"{HEAD}{items}</channel></rss>".encode())
    assert len(found.entries) == 20_000
    assert found.cut == "only the first 20,000 of 20,002 entries are read"
    assert found.problems == ()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n"])
def test_a_body_that_names_a_file_or_an_address_is_not_opened(mark: bytes, tmp_path: Path) -> None:
    file = tmp_path / "secret.xml"
    file.write_bytes(rss(1))
    for body in (str(file), f"file://{file}", "http://127.0.0.1:9/feed"):
        with pytest.raises(ReadError, match="neither XML nor JSON"):
            feed.read(mark + body.encode())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing"),
        (b"<html><head><title>Log in</title></head></html>", "login page"),
        (b"<html><body>captcha</body></html>", "bot check"),
        (b'{"items": 3}', "no list named 'items'"),
        (b"just words", "neither XML nor JSON"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        feed.read(body)


def test_entities_of_a_document_type_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET", "utf-8")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' + rss(1).decode().replace("Acme", "&x;")
    assert "SECRET" not in str(feed.read(body.encode()))


def test_a_cut_feed_says_so() -> None:
    found = feed.read(rss(3)[:-60])
    assert len(found.entries) >= 2
    assert found.problems[0].startswith("the feed is not well-formed")


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("<ttl>45</ttl>", 45),
        ("<ttl>0</ttl>", 1),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>", 1440),
        ("", None),
    ],
)
def test_how_often_a_feed_asks_to_be_read(head: str, minutes: int | None) -> None:
    assert feed.read(rss(1).replace(b"<title>F</title>", head.encode())).ttl_minutes == minutes


@pytest.mark.parametrize(
    "before", [b"", b"\n", b"\r\n  ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\n\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"]
)
def test_a_mark_or_blank_before_the_declaration_does_no_harm(before: bytes) -> None:
    said = (
        before
        + (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>J</title><item><guid>1</guid>'
            "<title>Köchin</title><link>https://e.org/1</link></item></channel></rss>"
        ).encode()
    )
    found = feed.read(said)
    assert [entry.title for entry in found.entries] == ["Köchin"]
    assert not found.problems
