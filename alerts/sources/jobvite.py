"""Jobvite career sites.

Endpoint: GET https://jobs.jobvite.com/X/jobs/viewall (it redirects), HTML, the whole board; the details are on the job's own
page, as schema.org data. A board that does not exist is redirected to search.jobvite.com.

Gives: title, place (or "2 Locations", which is left out), department (the heading above). The list lacks text, date and
employment. Dates: the details' ``datePosted``.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.build import Postings
from alerts.parse.jobpage import completed
from alerts.parse.markup import attribute, parse, words
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Jobvite",
    details=True,
    least_minutes=60,
    terms="Pages of the employer's own board, read as a visitor reads them: slowly and for yourself only.",
    robots=True,
)

_JOB = re.compile(r"/job/([A-Za-z0-9]+)/?$")
_MANY = re.compile(r"\d+ [Ll]ocations?")


class Options(Base):
    """``site`` as in https://jobs.jobvite.com/acme."""

    site: Token
    company: str | None = None
    base_url: BaseUrl = "https://jobs.jobvite.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on jobs.jobvite.com, with or without /careers."""
    found = addresses.parts(address)
    if not found or found.host != "jobs.jobvite.com":
        return None
    step = found.step(1) if found.step(0) == "careers" else found.step(0)
    return {"site": step} if addresses.token(step) and step not in {"__assets__", "support"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.base_url}/{options.site}/jobs/viewall"),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    root, found, heading = parse(page.body, page.headers.get("content-type", "")), Postings(page.url), None
    for node in root.css("h2, h3, a[href*='/job/']"):
        if node.tag != "a":
            heading = words(node)
            continue
        url = (addresses.link(attribute(node, "href"), page.url) or "").partition("?")[0]
        match = _JOB.search(url)
        if not match:
            continue
        row = node.parent
        while row is not None and row.tag not in {"tr", "li", "body"}:
            row = row.parent
        where = words(row.css_first(".jv-job-list-location")) if row is not None and row.tag != "body" else None
        name = node.css_first(".jv-job-list-name")
        found.add(
            match[1],
            url,
            words(name or node),
            company=options.company or options.site,
            places=None if where is None or _MANY.fullmatch(where) else where,
            category=heading,
            detailed=False,
        )
    if not len(found) and b"jobvite" not in page.body.lower():
        raise ReadError("the page is not one of a Jobvite board")
    return found.reading(complete=True)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page says."""
    return completed(raw, page)
