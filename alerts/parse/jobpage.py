"""The postings that a page shows, by markup or by labelled facts; an entry of a listing completed by its own page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from alerts.model.errors import ReadError
from alerts.model.page import Page
from alerts.model.raw import RawPosting
from alerts.parse import jobposting, jsonld, labelled, markup
from alerts.parse.addresses import link
from alerts.parse.build import Postings, pay
from alerts.parse.decode import charset_of, decode
from alerts.parse.jsontext import load

_HTML = re.compile(r"<(?:!doctype|html|head|body|div|script|article|main|p|h1|table)\b", re.IGNORECASE)
#: Fields of a listing's entry that a page may fill or better; what the listing says of dates and ids stays.
_BETTER = ("html", "text", "places", "pay", "employment", "expires", "work", "remote_areas", "category", "industry", "company")


def read(page: Page, *, company: str | None = None) -> Postings:
    """The postings of a page (HTML, a text file of one, or a JSON-LD document); ReadError where it shows none.

    The id is the posting's own address; several that share the page's address are told apart by identifier, title and place.
    ``company`` is the employer where the page names none.
    """
    said = decode(page.body, charset_of(page.headers.get("content-type", "")))
    head = said.lstrip("\ufeff \t\r\n")[:1]
    found = Postings(page.url)
    if head in {"{", "["}:
        _structured(found, jsonld.job_postings(load(page.body)), page.url, company)
    elif _HTML.search(said[:100_000]):
        root = markup.parse(said)
        _structured(found, jsonld.postings(root), _own_address(root, page.url), company)
        if not len(found):
            _labelled(found, _from_html(root), _own_address(root, page.url), company)
    elif head == "<":
        raise ReadError('an XML document where a page was expected; if it is a feed, say kind = "rss"')
    else:
        _labelled(found, labelled.read(said.splitlines()), page.url, company)
    if not len(found):
        raise ReadError("the page shows no job posting that can be read (no JobPosting markup, no title with labelled facts)")
    return found


def completed(raw: RawPosting, page: Page) -> RawPosting:
    """A listing's entry with what its own page adds; ReadError where the page shows no posting."""
    shown = read(page, company=raw.company).reading().postings
    if len(shown) > 1:
        shown = tuple(each for each in shown if each.title == raw.title) or shown
    first = shown[0]
    better = {name: value for name in _BETTER if (value := getattr(first, name))}
    missing = {
        name: getattr(first, name) for name in ("posted", "updated", "language", "apply_url") if getattr(raw, name) is None
    }
    return replace(raw, **better, **missing, facts={**raw.facts, **first.facts}, detailed=True)


def _structured(found: Postings, items: list[dict[str, Any]], address: str, company: str | None) -> None:
    for item in items:
        own = link(jobposting.address(item), address)
        separate = own is not None and own.partition("#")[0] != address.partition("#")[0]
        identity = own if separate else address if len(items) == 1 else jobposting.identity(item)
        fields = jobposting.fields(item)
        fields["company"] = fields["company"] or company
        found.add(identity, own or address, jobposting.title(item), **fields)


def _labelled(found: Postings, facts: labelled.Facts | None, address: str, company: str | None) -> None:
    if facts is None:
        return
    said = facts.said
    found.add(
        address,
        address,
        facts.title,
        company=facts.company or company,
        places=said.get("place"),
        work=said.get("work"),
        remote_areas=said.get("areas"),
        employment=said.get("employment"),
        level=said.get("level"),
        pay=[pay(said=words) for words in said.get("pay", ())],
        category=said.get("category"),
        industry=said.get("industry"),
        tags=[tag.strip() for words in said.get("tags", ()) for tag in re.split(r"[,;·•|]", words)],
        posted=next(iter(said.get("posted", ())), None),
        expires=next(iter(said.get("expires", ())), None),
        requisition=next(iter(said.get("requisition", ())), None),
        facts={name: next(iter(said.get(name, ())), None) for name in ("experience", "sponsorship")},
        text=facts.text,
    )


def _from_html(root: LexborHTMLParser) -> labelled.Facts | None:
    """The facts of a page for people; of a heading in several lines, the one that the document's title has too is the title."""
    document = markup.words(root.css_first("title")) or ""
    node = root.css_first("h1")
    candidates = markup.lines(node) if node is not None else []
    heading = next((said for said in candidates if said in document), candidates[-1] if candidates else None)
    main = root.css_first("main") or root.css_first("[role=main]") or root.body
    return labelled.read(markup.lines(main), heading=heading, document=document) if main is not None else None


def _own_address(root: LexborHTMLParser, address: str) -> str:
    """The canonical address where the page names one on its own site, else the page's."""
    said = link(markup.attribute(root.css_first("link[rel=canonical]"), "href"), address)
    return said if said and said.split("/")[2] == address.split("/")[2] and said.count("/") > 3 else address
