"""Feeds written in odd ways: marks and blank lines before the declaration, labels of browsers, enclosures, no titles."""

import pytest

from alerts.parse import feed, headline


def rss(title: str = "Cook", rest: str = "<link>https://j.example/1</link>", head: str = "") -> str:
    item = (f"<title>{title}</title>" if title else "") + rest
    return f"{head}<rss version='2.0'><channel><title>F</title><item>{item}</item></channel></rss>"


def declared(label: str) -> str:
    return f'<?xml version="1.0" encoding="{label}"?>'


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"\xef\xbb\xbf" + rss(head=declared("UTF-8")).encode(), "Cook"),
        (b"\n \n" + rss(head=declared("UTF-8")).encode(), "Cook"),
        (b"\xef\xbb\xbf\n" + rss("Köchin", head=declared("UTF-8")).encode(), "Köchin"),
        (b"\n" + rss("Кухар", head=declared("windows-1251")).encode("cp1251"), "Кухар"),
        (rss("Кухар", head=declared("windows-1251")).encode(), "Кухар"),
        (rss("Кухар", head=declared("x-cp1251")).encode("cp1251"), "Кухар"),
        (rss("Кухар", head=declared("koi8-ru")).encode("koi8-u"), "Кухар"),
        (rss("調理師", head=declared("x-sjis")).encode("cp932"), "調理師"),
        (rss("厨师", head=declared("gb2312")).encode("gb18030"), "厨师"),
        (rss("요리사", head=declared("ks_c_5601-1987")).encode("cp949"), "요리사"),
        (rss("Aşçı", head=declared("iso-8859-9")).encode("cp1254"), "Aşçı"),
        (rss("Chef “de rang”", head=declared("latin1")).encode("cp1252"), "Chef “de rang”"),
        (rss("R&D Cook").encode(), "R&D Cook"),
        (rss("Cook &eacute;t&eacute;").encode(), "Cook été"),
    ],
)
def test_the_title_is_read_whatever_stands_before_it(body: bytes, title: str) -> None:
    assert [entry.title for entry in feed.read(body).entries] == [title]


ENCLOSURE = '<enclosure url="https://j.example/9.pdf" type="application/pdf" length="1"/>'


@pytest.mark.parametrize(
    ("rest", "link"),
    [
        (f'{ENCLOSURE}<guid isPermaLink="false">cook-9</guid>', "https://j.example/9.pdf"),
        (f"{ENCLOSURE}<link>https://j.example/9</link>", "https://j.example/9"),
        (f"{ENCLOSURE}<guid>https://j.example/9</guid>", "https://j.example/9"),
    ],
)
@pytest.mark.parametrize("count", [1, 1200], ids=["small", "large"])
def test_what_an_entry_encloses_is_its_link_only_where_it_has_none(rest: str, link: str, count: int) -> None:
    more = "".join(f"<item><title>x</title><link>https://j.example/x{n}</link></item>" for n in range(count - 1))
    body = rss(rest=rest).replace("</channel>", f"{more}</channel>").encode()
    assert feed.read(body).entries[0].link == link


def test_the_enclosure_of_an_atom_entry_is_not_its_page() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>Cook</title><id>urn:1</id>'
        '<link rel="enclosure" href="https://j.example/9.mp3"/><link href="https://j.example/9"/></entry></feed>'
    )
    assert feed.read(atom.encode()).entries[0].link == "https://j.example/9"


@pytest.mark.parametrize("count", [1, 1200], ids=["small", "large"])
def test_an_entry_without_title_is_known_by_its_first_line(count: int) -> None:
    rest = "<link>https://j.example/1</link><description>&lt;p&gt;We seek a cook.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description>"
    more = "".join(f"<item><title>x</title><link>https://j.example/x{n}</link></item>" for n in range(count - 1))
    body = rss("", rest).replace("</channel>", f"{more}</channel>").encode()
    assert feed.read(body).entries[0].title == "We seek a cook."


def test_an_item_of_a_json_feed_without_title_too() -> None:
    body = b'{"version": "1.1", "items": [{"id": "1", "url": "https://j.example/1", "content_text": "We seek a cook.\\nMore."}]}'
    assert feed.read(body).entries[0].title == "We seek a cook."


@pytest.mark.parametrize(
    ("line", "company", "place"),
    [
        ("Acme, Inc | Senior Backend Engineer | Denver, CO", "Acme, Inc", "Denver, CO"),
        ("Acme, LLC | Backend Engineer | Onsite | Full-time", "Acme, LLC", None),
        ("Smith, Jones | Backend Engineer | Denver, CO", "Smith, Jones", "Denver, CO"),
        ("Denver, CO | Acme | Senior Backend Engineer", "Acme", "Denver, CO"),
    ],
)
def test_a_first_part_with_a_comma_is_mostly_the_employer(line: str, company: str, place: str | None) -> None:
    said = headline.read(line)
    assert said is not None
    assert said.company == company
    assert said.places == ([place] if place else [])
