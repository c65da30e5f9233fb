"""JSON, XML and HTML are read or refused with words for a person; bombs are refused quickly."""

from __future__ import annotations

import time

import pytest

from alerts.model.errors import ReadError
from alerts.parse import jsonld, jsontext, markup, xmltext


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Jobs</title>", "an HTML page"),
        (b"<html><title>Just a moment...</title>", "bot check"),
        (b"<html><form><input type=password></form>", "login page"),
        (b"<?xml version='1.0'?><a/>", "an XML document"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"hello", "not JSON"),
    ],
)
def test_json_that_is_none_is_refused_in_words(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        jsontext.load(body)


def test_json_is_read_with_its_oddities() -> None:
    assert jsontext.load(b')]}\',\n{"a": NaN, "b": ' + b"9" * 5000 + b"}") == {"a": None, "b": None}
    assert jsontext.load("\ufeff[1]".encode("utf-16")) == [1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"<html><body>Access denied</body></html>", "block page"),
        (b"{}", "no XML"),
        (b"<a><b></a>", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"<a>" * 5000, "nested too deeply"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "document type"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', "document type"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16"), "document type"),
    ],
)
def test_xml_that_is_none_or_dangerous_is_refused_in_words(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        xmltext.tree(body)


def test_xml_is_read_with_its_oddities() -> None:
    """Wrong encodings, undeclared namespaces, HTML entities, bare ampersands, control characters."""
    said = '<r><tt:job a:id="1"><t>Müll &nbsp;& S\0öhne</t><d><![CDATA[a & b]]></d></tt:job></r>'
    body = b'<?xml version="1.0" encoding="us-ascii"?>' + said.encode()
    (row,) = xmltext.rows(body, "job")
    assert row.attrib == {"id": "1"}
    assert xmltext.child(row, "T") == "Müll \xa0& Söhne"
    assert xmltext.child(row, "d") == "a & b"


def test_rows_before_a_cut_are_given_and_the_cut_is_told() -> None:
    rows = xmltext.rows(b"<r><job>1</job><job>2</job><job>" + b" " * 10, "job")
    with pytest.raises(ReadError, match="not well-formed"):
        list(rows)


@pytest.mark.parametrize(
    "piece", ["<div>", "<b>", "<p><b>", "<a>", "<table><b>", "<li>", "<!--", "<a x=1 ", "<font>", "<svg>", "<select>"]
)
def test_html_bombs_are_read_in_no_time(piece: str) -> None:
    begun = time.process_time()
    markup.lines(piece * (400_000 // len(piece)) + "x")
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "body", [b"<![CDATA[" * 100_000, b"<a>" + b"<![CDATA[" * 100_000, b"<a>" + b"&" * 500_000, b"<a " * 200_000]
)
def test_xml_bombs_are_refused_in_no_time(body: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(ReadError):
        xmltext.tree(body)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "script", ["/*\n" * 30_000, "\n" * 500_000 + "x", "//\n" * 100_000 + "x", "[" + ",\n" * 200_000 + "x", "/" * 500_000]
)
def test_script_bombs_are_given_up_in_no_time(script: str) -> None:
    begun = time.process_time()
    assert jsonld.loads(script) is None
    assert time.process_time() - begun < 3


def test_lines_of_html() -> None:
    page = "<head><title>no</title></head><h1>A <i>B</i></h1><ul><li>one<li>two &amp;&nbsp;three</ul>x<br>y"
    page += "<script>no()</script><!-- no -->"
    assert markup.lines(page) == ["A B", "one", "two & three", "x", "y"]


def test_links_feeds_and_frames_of_a_page() -> None:
    page = (
        '<base href="/careers/"><link rel="alternate" type="application/rss+xml" href="feed" title="Jobs">'
        '<a href="1"><img></a><a href="1">One</a><a href="javascript:x">no</a><iframe src="//boards.example/x"></iframe>'
    )
    root = markup.parse(page)
    assert markup.links(root, "https://a.example/") == [markup.Link("https://a.example/careers/1", "One")]
    assert markup.feeds(root, "https://a.example/") == [markup.Link("https://a.example/careers/feed", "Jobs")]
    assert markup.embeds(root, "https://a.example/") == ["https://boards.example/x"]


def test_escaped_html_is_html_again_and_html_stays() -> None:
    assert markup.unescape("&lt;p&gt;a &amp;amp; b&lt;/p&gt;") == "<p>a &amp; b</p>"
    assert markup.unescape("<p>1 &lt; 2</p>") == "<p>1 &lt; 2</p>"
    assert markup.unescape(None) is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "JobPosting", "title": "T"}',
        '[{"@type": ["Thing", "http://schema.org/JobPosting"], "title": "T"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "JobPosting", "title": "T"}]}',
        '{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "JobPosting", "title": "T"}}]}',
        '<!--\n{"@type": "JobPosting", "title": "T",}\n-->',
        '// <![CDATA[\n{"@type": "JobPosting", "title": "T"}\n// ]]>',
        '/* x */\n{"@type": "JobPosting",\n "title": "T",\n "description": "a\nb",}',
        "{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;T&quot;}",
    ],
)
def test_job_postings_are_found_however_they_are_written(script: str) -> None:
    page = markup.parse(f'<html><head><script type="application/LD+json; charset=utf-8">{script}</script></head></html>')
    assert [item["title"] for item in jsonld.postings(page)] == ["T"]


@pytest.mark.parametrize("script", ["", "null", "{", "[" * 100_000, '{"@type": "Product"}', '{"@type": 7}', '{"@type": ["Job"]}'])
def test_other_scripts_hold_no_postings(script: str) -> None:
    assert jsonld.postings(markup.parse(f'<script type="application/ld+json">{script}</script>')) == []
