"""The plain reader of feeds gives what the reference gives, field by field, or leaves the feed to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model.errors import ReadError
from alerts.parse import feed, feed_plain

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:job_listing="https://jobs.example.org" xmlns:tt="https://teamtailor.com/locations" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:x="http://www.w3.org/1999/xhtml"'
)
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def rss(*items: str, head: str = "", start: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    rows = "".join(f"<item>{item}</item>" for item in items)
    return f"{start}<rss version='2.0' {SPACES}><channel><title>Jobs</title>{head}{rows}</channel></rss>".encode()


def atom(*entries: str, head: str = "") -> bytes:
    rows = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom' {SPACES}><title>Jobs</title><id>urn:f</id>{head}{rows}</feed>".encode()


ITEM = (
    "<title>Cook &amp; Baker</title><link>https://example.org/1</link><guid isPermaLink='false'>one</guid>"
    "<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><dc:creator>Acme</dc:creator><category>Food</category>"
    "<description>Short</description><content:encoded><![CDATA[<p>Long &amp; wide</p>]]></content:encoded>"
    "<job_listing:location>Bonn</job_listing:location><job_listing:company>Acme GmbH</job_listing:company>"
    "<tt:location><tt:name>HQ</tt:name><tt:city>Bonn</tt:city><tt:country>Germany</tt:country></tt:location>"
)
ENTRY = (
    "<title type='html'>Cook &lt;b&gt;now&lt;/b&gt;</title><link href='https://example.org/1'/><id>urn:1</id>"
    "<published>2026-11-20T10:00:00Z</published><updated>2026-11-21T10:00:00Z</updated><author><name>Acme</name></author>"
    "<category term='food'/><summary>Short</summary><content type='html'>&lt;p&gt;Long&lt;/p&gt;</content>"
)


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM, ITEM.replace("one", "two"), head="<link>https://example.org</link><ttl>60</ttl><language>en</language>"),
        rss(ITEM, head="<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"),
        rss("<title>Köchin für 50 €</title><guid>https://example.org/2</guid>"),
        rss(ITEM, head="<atom:link rel='next' href='https://example.org/p2'/>", start="\ufeff\n"),
        atom(ENTRY, head="<link href='https://example.org'/><link rel='next' href='https://example.org/p2'/>"),
        atom(ENTRY.replace("type='html'", "type='text'")),
        rss(),
    ],
    ids=["rss", "syndication", "guid as link", "byte-order mark", "atom", "atom text", "empty"],
)
def test_the_usual_feeds_are_read_plainly_and_alike(body: bytes) -> None:
    assert feed_plain.read(body) == feed._any(body)


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM, start='<?xml version="1.0" encoding="ISO-8859-1"?>'),
        rss(ITEM, start="<!DOCTYPE rss [<!ENTITY a 'b'>]>"),
        rss(ITEM + "<title>again</title>"),
        rss(ITEM + "<media:title>other</media:title>"),
        rss(ITEM + "<dc:date>2026-11-20</dc:date>"),
        rss(ITEM.replace("Short", "<b>Short</b>")),
        rss(ITEM + "<link xml:base='https://example.net/'>x</link>"),
        rss(ITEM.replace("https://example.org/1", "")),
        atom(ENTRY + "<link href='https://example.org/other'/>"),
        atom(ENTRY + "<author><name>B</name></author>"),
        atom(ENTRY.replace("type='html'>&lt;p", "type='xhtml'>&lt;p")),
        rss(ITEM)[:-20],
        b"<html><body>no feed</body></html>",
        b"{}",
        b"",
    ],
)
def test_whatever_could_be_read_in_another_way_is_left_to_the_reference(body: bytes) -> None:
    assert feed_plain.read(body) is None


def test_a_very_deep_feed_is_survived() -> None:
    deep = "<job_listing:a>" * 50_000 + "</job_listing:a>" * 50_000
    assert len((feed_plain.read(rss(ITEM + deep)) or feed._any(rss(ITEM))).entries) == 1


words = st.text(st.sampled_from("aZ é€ßñ中&;<>\"'\u0092Ã©  \n#1.-/"), max_size=20)
addresses = st.sampled_from(["https://example.org/1", "/jobs/2", "?id=3", "mailto:a@example.org", "not a link"])


def escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;")


def element(name: str, said: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escaped(said)}</{name}>"


fields = st.one_of(
    st.builds(element, st.sampled_from(["title", "description", "category", "author", "dc:creator", "dc:subject"]), words),
    st.builds(element, st.just("link"), addresses),
    st.builds(element, st.just("guid"), addresses | words, st.sampled_from(["", " isPermaLink='false'", " isPermaLink='true'"])),
    st.builds(element, st.just("pubDate"), st.sampled_from(["Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20", "soon", ""])),
    st.builds(element, st.just("content:encoded"), words),
    st.builds(element, st.sampled_from(["job_listing:location", "tt:city", "region", "salary", "company", "x:div"]), words),
    st.builds(element, st.sampled_from(["dc:date", "dc:title", "media:title", "dcterms:created", "body", "id"]), words),
)


@given(st.lists(st.lists(fields, max_size=7).map("".join), max_size=3))
def test_any_feed_is_read_alike_or_left(items: list[str]) -> None:
    body = rss(*items)
    plain = feed_plain.read(body)
    assert plain is None or plain == feed._any(body)


kinds = [" type='html'", " type='text'"]
relations = [" rel='alternate'", " rel='self'", " type='text/html'"]
atom_fields = st.one_of(
    st.builds(
        element, st.sampled_from(["title", "summary", "content"]), words, st.sampled_from(["", " type='html'", " type='text'"])
    ),
    st.builds(
        "<link href='{}'{}/>".format, addresses, st.sampled_from(["", " rel='alternate'", " rel='self'", " type='text/html'"])
    ),
    st.builds(element, st.sampled_from(["id", "published", "updated", "rights"]), words),
    st.builds("<author><name>{}</name></author>".format, words.map(escaped)),
    st.builds("<category term='{}'/>".format, st.sampled_from(["food", "", "é"])),
    st.builds(element, st.sampled_from(["job_listing:location", "media:title", "dc:creator"]), words),
)


@given(st.lists(st.lists(atom_fields, max_size=7).map("".join), max_size=3))
def test_any_atom_feed_is_read_alike_or_left(entries: list[str]) -> None:
    body = atom(*entries)
    plain = feed_plain.read(body)
    assert plain is None or plain == feed._any(body)


def test_recorded_feeds_are_read_alike_or_left() -> None:
    """Over recordings beside the checkout, and the folder of feeds that ``$FEEDS`` names (feedparser's own test files, say)."""
    folders = [folder for folder in (SAMPLES, Path(os.environ.get("FEEDS", ""))) if folder.parts and folder.is_dir()]
    if not folders:
        pytest.skip("no recordings are beside the checkout, and $FEEDS names no folder")
    for path in (path for folder in folders for path in folder.rglob("*.xml")):
        body = path.read_bytes()
        plain = feed_plain.read(body)
        try:
            assert plain is None or plain == feed._any(body), path
        except ReadError as error:
            raise AssertionError(f"{path}: only the plain reader takes it ({error})") from None
