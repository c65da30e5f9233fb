"""SAP SuccessFactors career sites (Career Site Builder): the hidden feed of all jobs, or the pages of the job search.

Endpoint: ``GET {base_url}/sitemal.xml`` (it is spelled so), RSS with the fields of Google's job feeds: id, title with the place
in brackets, text, place, employer, function, end; the whole board. Sites without it have ``{base_url}/search/``: rows of title,
place and date, 25 a page (``search = true``), and the text on each job's own page. Lacks pay, work type and employment type.
Dates: the feed's publishing date where it has one; the search shows the day of posting.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from alerts.model.errors import ReadError
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import jobpage, markup
from alerts.parse.addresses import parts
from alerts.parse.build import Postings, places
from alerts.parse.values import line, number
from alerts.parse.xmltext import child, root_name, rows
from alerts.sources._keys import BaseUrl

ABOUT = About("SAP SuccessFactors", details=True)

_JOB = re.compile(r"/job/.+/\d{4,}")
_OF = re.compile(r"\b(?:of|von|de|sur|di|av|van)\b\s*([\d.,]+)")


class Options(_Options):
    """``base_url``: the career site. ``search``: read the pages of its job search, for sites without the feed."""

    base_url: BaseUrl
    search: bool = False
    company: str | None = None


def recognise(address: str) -> dict[str, object] | None:
    """The feed's own address, and sites on SuccessFactors' hosts; a site on the employer's own domain cannot be told."""
    given = parts(address)
    if given is None:
        return None
    feed = given.steps[-1:] == ("sitemal.xml",)
    return {"base_url": given.origin} if feed or given.host.endswith(".jobs2web.com") else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed, or the first page of the search, newest first."""
    return (_search(options, 0) if options.search else Request(f"{options.base_url}/sitemal.xml"),)


def read(page: Page, options: Options) -> Reading:
    """The jobs of the feed or of one page of the search."""
    head = page.body[:2000].lower()
    return _read_search(page, options) if b"<html" in head or b"<!doctype html" in head else _read_feed(page, options)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page, where the text has not been read yet."""
    return None if raw.detailed else Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page adds."""
    return jobpage.completed(raw, page)


def _read_feed(page: Page, options: Options) -> Reading:
    if root_name(page.body) != "rss":
        raise ReadError("neither the feed nor the job search of a SuccessFactors site")
    found, name = Postings(page.url), None
    for row in rows(page.body, "item"):
        if not (child(row, "location") or child(row, "job_function") or _JOB.search(child(row, "link") or "")):
            raise ReadError("a feed, but not one of a SuccessFactors site's jobs")
        said, url = line(child(row, "title")) or "", child(row, "link")
        where = child(row, "location")
        # The title repeats the place in brackets at its end.
        title = re.sub(r"\s*\([^()]*\)$", "", said) if where else said
        name = child(row, "employer") or name
        found.add(
            child(row, "id") or child(row, "guid") or url,
            url,
            title or said,
            company=child(row, "employer") or options.company,
            places=where,
            category=child(row, "job_function"),
            posted=child(row, "pubDate") or child(row, "publish_date"),
            expires=child(row, "expiration_date"),
            html=child(row, "description"),
        )
    return found.reading(complete=True, name=name)


def _read_search(page: Page, options: Options) -> Reading:
    root, found = markup.parse(page.body), Postings(page.url)
    listed = root.css("tr.data-row") or root.css("li.job-tile")
    label = markup.words(root.css_first(".paginationLabel")) or ""
    if not listed and not label and root.css_first("#searchresults, .searchResultsShell, #noresults, .no-results") is None:
        raise ReadError("an HTML page, but not a job search of SuccessFactors")
    for row in listed:
        anchor = row.css_first("a.jobTitle-link") or row.css_first("a[href*='/job/']")
        url = markup.attribute(anchor, "href")
        digits = re.search(r"/(\d{5,})/?(?:$|\?)", url or "")
        found.add(
            digits.group(1) if digits else url,
            url,
            markup.words(anchor),
            company=options.company,
            places=places(markup.words(row.css_first(".jobLocation, .location"))),
            category=markup.words(row.css_first(".jobDepartment, .jobFacility, .department")),
            posted=markup.words(row.css_first(".jobDate, .date")),
            detailed=False,
        )
    total = _OF.search(label)
    count = number(re.sub(r"\D", "", total.group(1))) if total else None
    shown = _start(page) + len(listed)
    onward = _search(options, shown) if listed and shown < min(len(listed) + shown if count is None else count, 10_000) else None
    return found.reading(onward, complete=onward is None, total=count, name=line(options.company))


def _search(options: Options, start: int) -> Request:
    return Request(f"{options.base_url}/search/?q=&sortColumn=referencedate&sortDirection=desc&startrow={start}")


def _start(page: Page) -> int:
    said = parse_qs(urlsplit(page.request.url).query).get("startrow", ["0"])[0]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
