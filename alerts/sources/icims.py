"""iCIMS career portals (the classic pages).

Endpoint: GET https://HOST/jobs/search?ss=1&pr=N&in_iframe=1, HTML, 20 or so rows a page; the details are on the job's page
(``in_iframe=1``), as schema.org data; a closed job answers 410. One request in 2 to 3 seconds. The newer sites on employers'
own hosts are read with the kind ``jibe``.

Gives: title, place ("US-TX-Austin"), and the fields that the employer shows (category, type). The list lacks the text. Dates:
the details' ``datePosted``; the list's "8/3/2026" may be March or August, and is left out.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.build import Postings
from alerts.parse.calls import Walk
from alerts.parse.jobpage import completed
from alerts.parse.markup import attribute, parse, words
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="iCIMS",
    details=True,
    least_minutes=60,
    terms="Pages of the employer's own board, read as a visitor reads them: slowly and for yourself only.",
    robots=True,
)

#: Links looked at in one page.
_MOST = 500
_JOB = re.compile(r"/jobs/(\d+)/")
_LAST = re.compile(r"Page\s+\d+\s+of\s+(\d+)", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:[a-z]{0,3}careers?|jobs|external|internal)-")


class Options(Base):
    """``host`` as in https://careers-acme.icims.com."""

    host: Token
    company: str | None = None
    base_url: BaseUrl | None = None

    @property
    def root(self) -> str:
        """Where the portal answers."""
        return self.base_url or f"https://{self.host}"

    @property
    def employer(self) -> str:
        """The name that was given, else what the host tells."""
        return self.company or _PREFIX.sub("", self.host.partition(".")[0])


def recognise(address: str) -> dict[str, object] | None:
    """Portals and jobs on X.icims.com."""
    found = addresses.parts(address)
    site = found.under("icims.com") if found else None
    return {"host": found.host} if found and site and site not in {"api", "login", "developer", "community", "care"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 0, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of the list."""
    root, found, seen = parse(page.body, page.headers.get("content-type", "")), Postings(page.url), dict[str, None]()
    for anchor in root.css("a[href*='/jobs/']")[:_MOST]:
        url = (addresses.link(attribute(anchor, "href"), page.url) or "").partition("?")[0]
        match, heading = _JOB.search(url), anchor.css_first("h2, h3, h4")
        if not match or match[1] in seen or not (heading or "iCIMS_Anchor" in (attribute(anchor, "class") or "")):
            continue
        seen[match[1]] = None
        row = _row(anchor)
        said = _said(row)
        found.add(
            match[1],
            url,
            words(heading) or re.sub(r"^\s*(?:\d+\s*-\s*)?", "", attribute(anchor, "title") or words(anchor) or ""),
            company=options.employer,
            places=re.split(r"\s*[|;]\s*", _place(row)),
            employment=said.get("type") or said.get("position type") or said.get("employment type"),
            category=said.get("category") or said.get("department"),
            work=said.get("remote") or said.get("work type"),
            requisition=said.get("job id") or said.get("id") or said.get("requisition id"),
            html=words(row.css_first(".description")),
            detailed=False,
        )
    if not seen and b"icims" not in page.body.lower():
        raise ReadError("the page is not one of an iCIMS portal")
    walk, last = Walk.at(page, seen), _LAST.search(page.body.decode("utf-8", "replace"))
    more = walk.more() and (last is None or walk.turn + 1 < int(last[1]))
    whole = not more and not walk.repeated
    return found.reading(_ask(options, walk.turn + 1, walk.state()) if more else None, complete=whole)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page."""
    return Request(f"{raw.url}?in_iframe=1")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page says."""
    return completed(raw, page)


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    return Request(f"{options.root}/jobs/search?ss=1&pr={number}&in_iframe=1", state=state)


def _row(anchor: LexborNode) -> LexborNode:
    """The row that a link stands in."""
    node: LexborNode | None = anchor
    for _ in range(6):
        if node is None:
            break
        if (
            "iCIMS_JobCardItem" in (attribute(node, "class") or "")
            or node.tag in {"li", "tr"}
            or attribute(node, "class") == "row"
        ):
            return node
        node = node.parent
    return anchor


def _place(row: LexborNode) -> str:
    """The place: the words after the label "Job Locations"."""
    for label in row.css(".field-label"):
        if "location" in (words(label) or "").lower() and label.parent is not None:
            return (words(label.parent) or "").removeprefix(words(label) or "").strip()
    return ""


def _said(row: LexborNode) -> dict[str, str]:
    """The fields that the employer shows, by their names in lower case."""
    found: dict[str, str] = {}
    for name in row.css("dt, .iCIMS_JobHeaderField"):
        value = name.next
        while value is not None and (value.tag or "").startswith(("-", "_")):
            value = value.next
        if value is not None:
            found.setdefault((words(name) or "").lower().rstrip(":"), words(value) or "")
    return found
