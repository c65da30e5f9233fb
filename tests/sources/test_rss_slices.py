"""What is left out because its bytes were read before is what the whole feed would say: no edit is ever missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.model.errors import ReadError
from alerts.model.page import Page, Request
from alerts.model.raw import RawPosting
from alerts.sources import rss

SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:job="https://jobs.example.org"'
HEAD = "<link>https://example.org</link><lastBuildDate>Fri, 20 Nov 2026 10:00:00 GMT</lastBuildDate>"


def item(number: int, body: str = "Text", more: str = "") -> str:
    return (
        f"<item><title>Cook {number}</title><link>https://example.org/{number}</link><guid>{number}</guid>"
        f"<description><![CDATA[{body}]]></description>{more}</item>\n"
    )


def feed(*items: str, head: str = HEAD, start: str = "<?xml version='1.0' encoding='utf-8'?>", end: str = "") -> bytes:
    said = "".join(items)
    return f"{start}<rss version='2.0' {SPACES}><channel><title>Jobs</title>{head}{said}{end}</channel></rss>\n".encode()


def atom(*entries: str) -> bytes:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Jobs</title><id>urn:f</id>{''.join(entries)}</feed>".encode()


def entry(number: int, body: str = "Text") -> str:
    return (
        f"<entry><title>Cook {number}</title><link href='https://example.org/{number}'/><id>urn:{number}</id>"
        f"<updated>2026-11-20T10:00:00Z</updated><content type='html'>{body}</content></entry>"
    )


def page(body: bytes) -> Page:
    request = Request("https://example.org/feed")
    return Page(request, request.url, body, datetime(2026, 11, 28, tzinfo=UTC))


OPTIONS = rss.Options(url="https://example.org/feed")
Postings = dict[str, RawPosting]


def whole(body: bytes) -> Postings:
    return {raw.source_id: raw for raw in rss.read(page(body), OPTIONS).postings}


def in_turn(first: bytes, second: bytes) -> tuple[Postings, int]:
    """What is known after both feeds were read one after the other, and how many entries of the second were parsed."""
    before = rss.read_new(page(first), OPTIONS, {})
    known = dict(before.entries)
    after = rss.read_new(page(second), OPTIONS, known)
    read = {raw.source_id: raw for raw in before.postings}
    kept = {one: read[one] for key, one in after.entries if key in known}
    return kept | {raw.source_id: raw for raw in after.postings}, len(after.postings)


@pytest.mark.parametrize("make", [feed, atom], ids=["rss", "atom"])
def test_only_what_is_new_is_parsed(make) -> None:
    one = item if make is feed else entry
    first = make(*(one(n) for n in range(10)))
    second = make(one(10), *(one(n) for n in range(9)))
    assert in_turn(first, second) == (whole(second), 1)
    assert in_turn(first, first) == (whole(first), 0)


def test_an_edit_is_parsed_wherever_it_is() -> None:
    first = feed(*map(item, range(5)))
    second = feed(item(0), item(1, "Other"), *map(item, range(2, 5)))
    assert in_turn(first, second) == (whole(second), 1)


def test_the_date_of_making_is_no_edit_and_the_title_of_the_feed_is() -> None:
    first = feed(*map(item, range(5)))
    assert in_turn(first, first.replace(b"10:00:00", b"11:00:00"))[1] == 0
    assert in_turn(first, first.replace(b"Jobs", b"Work"))[1] == 5
    assert in_turn(first, first.replace(b"https://jobs.example", b"https://work.example"))[1] == 5


@pytest.mark.parametrize(
    "body",
    [
        feed(item(0), item(1, "<item>no</item>"), item(2)),
        feed(item(0), item(1, "]] > <!-- </item> <?php ?>")),
        feed(item(0), "<!-- <item>a</item> -->", item(1)),
        feed(item(0), item(1, more="<job:x/>"), "<item/>", item(2)),
        feed(item(0), "<ttl>60</ttl>", item(1)),
        feed(item(0), item(1), end="<ttl>60</ttl>"),
        feed(item(0), item(0, "Again"), item(1)),
        feed(item(0), item(1).replace("<guid>1</guid>", ""), item(2)),
        feed(item(0), item(1).replace("https://example.org/1", "ftp://x")),
        feed(item(0), item(1), start="<?xml version='1.0' encoding='iso-8859-1'?>"),
        feed(item(0), item(1), start="<!DOCTYPE rss [<!ENTITY a 'b'>]>"),
        feed(item(0), item(1)).decode().replace("utf-8", "utf-16").encode("utf-16"),
        feed(item(0), item(1))[:-25],
        feed(item(0), item(1).replace("</item>", "")),
        atom(entry(0), entry(1), "<item>x</item>"),
    ],
)
@pytest.mark.parametrize("before", [feed(*map(item, range(3))), atom(*map(entry, range(2)))], ids=["rss", "atom"])
def test_where_a_cut_could_be_wrong_the_whole_is_read(before: bytes, body: bytes) -> None:
    assert in_turn(before, body)[0] == whole(body)
    assert in_turn(body, before)[0] == whole(before)
    assert in_turn(body, body)[0] == whole(body)


def test_an_id_that_is_taken_by_a_second_entry_is_seen() -> None:
    first = feed(item(0), item(1))
    second = feed(item(0), item(1), item(2).replace("<guid>2", "<guid>1"))
    assert in_turn(first, second)[0] == whole(second)


marks = [
    "<item>",
    "</item>",
    "<item/>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x?>",
    "<!",
    "<guid>1</guid>",
    "</channel>",
    "é",
    "x",
]
edits = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 4), st.sampled_from(["", *marks])), min_size=1, max_size=3)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["a", "b", *marks])), max_size=6), edits, st.booleans())
def test_no_edit_is_missed(items: list[tuple[int, str]], changes: list[tuple[int, int, str]], as_atom: bool) -> None:
    first = (
        atom(*(entry(n, said.replace("<", "&lt;")) for n, said in items)) if as_atom else feed(*(item(n, s) for n, s in items))
    )
    second = first
    for at, length, put in changes:
        at %= len(second) + 1
        second = second[:at] + put.encode() + second[at + length :]
    try:
        expected = whole(second)
        whole(first)
    except ReadError:
        return
    assert in_turn(first, second)[0] == expected


def test_other_options_read_everything_anew() -> None:
    body = feed(item(0), item(1))
    known = dict(rss.read_new(page(body), OPTIONS, {}).entries)
    other = OPTIONS.model_copy(update={"company": "Acme"})
    assert len(rss.read_new(page(body), other, known).postings) == 2
    assert len(rss.read_new(replace(page(body), url="https://example.net/"), OPTIONS, known).postings) == 2
