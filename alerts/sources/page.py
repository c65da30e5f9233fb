"""Any page that shows a job: JobPosting markup, or facts that are labelled for people.

Endpoint: the page itself (a site is crawled, so its robots.txt decides). Gives what schema.org's JobPosting says (JSON-LD, alone,
in lists or under @graph, or microdata), several postings a page where there are; where a page has none, the title, company and
labelled facts (pay, work type, job type, industry, place …) that stand on it for people, and the text with the site's promotion
dropped. A text file of such a page, as a person copies it, is read too. Lacks whatever a site adds by script. Dates:
``datePosted`` of the markup, or the page's own "Posted …". The id is the posting's own address; several postings that share the
page's address are told apart by identifier, title and place.
"""

from __future__ import annotations

import re
from typing import Any

from alerts.errors import ReadError
from alerts.model import About, Asking, Page, Reading, Request
from alerts.options import Options as _Options
from alerts.reading import jobposting, jsonld, labelled, markup
from alerts.reading.addresses import link
from alerts.reading.build import Postings, pay
from alerts.reading.decode import charset_of, decode
from alerts.reading.jsontext import load
from alerts.sources._keys import Address

ABOUT = About("A page with job postings", complete=False, robots=True)

_HTML = re.compile(r"<(?:!doctype|html|head|body|div|script|article|main|p|h1|table)\b", re.IGNORECASE)


class Options(_Options):
    """``url``: the page. ``company``: the employer, where the page does not say it."""

    url: Address
    company: str | None = None
    #: The page lists all open postings of the employer, so that a missing one is closed.
    whole: bool = False


def recognise(address: str) -> dict[str, object] | None:
    """Never certain: any address may be a page."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The page."""
    return (Request(options.url),)


def read(page: Page, options: Options) -> Reading:
    """The postings of the page; ReadError where it shows none."""
    said = decode(page.body, charset_of(page.headers.get("content-type", "")))
    head = said.lstrip("\ufeff \t\r\n")[:1]
    found = Postings(page.url)
    if head in {"{", "["}:
        _structured(found, jsonld.job_postings(load(page.body)), page.url, options)
    elif _HTML.search(said[:100_000]):
        root = markup.parse(said)
        _structured(found, jsonld.postings(root), _own_address(root, page.url), options)
        if not len(found):
            _labelled(found, _from_html(root), _own_address(root, page.url), options)
    elif head == "<":
        raise ReadError('an XML document where a page was expected; if it is a feed, say kind = "rss"')
    else:
        _labelled(found, labelled.read(said.splitlines()), page.url, options)
    if not len(found):
        raise ReadError("the page shows no job posting that can be read (no JobPosting markup, no title with labelled facts)")
    return found.reading(complete=options.whole)


def _structured(found: Postings, items: list[dict[str, Any]], address: str, options: Options) -> None:
    for item in items:
        own = link(jobposting.address(item), address)
        separate = own is not None and own.partition("#")[0] != address.partition("#")[0]
        identity = own if separate else address if len(items) == 1 else jobposting.identity(item)
        fields = jobposting.fields(item)
        fields["company"] = fields["company"] or options.company
        found.add(identity, own or address, jobposting.title(item), **fields)


def _labelled(found: Postings, facts: labelled.Facts | None, address: str, options: Options) -> None:
    if facts is None:
        return
    said = facts.said
    found.add(
        address,
        address,
        facts.title,
        company=options.company or facts.company,
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
        facts={"experience": next(iter(said.get("experience", ())), None)},
        text=facts.text,
    )


def _from_html(root: Any) -> labelled.Facts | None:
    """The facts of a page for people; of a heading in several lines, the one that the document's title has too is the title."""
    document = markup.words(root.css_first("title")) or ""
    node = root.css_first("h1")
    candidates = markup.lines(node) if node is not None else []
    heading = next((said for said in candidates if said in document), candidates[-1] if candidates else None)
    main = root.css_first("main") or root.css_first("[role=main]") or root.body
    return labelled.read(markup.lines(main), heading=heading, document=document) if main is not None else None


def _own_address(root: Any, address: str) -> str:
    """The canonical address where the page names one on its own site, else the page's."""
    said = link(markup.attribute(root.css_first("link[rel=canonical]"), "href"), address)
    return said if said and said.split("/")[2] == address.split("/")[2] and said.count("/") > 3 else address
