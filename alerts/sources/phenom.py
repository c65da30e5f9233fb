"""Phenom career sites, on the employers' own domains.

Endpoint: POST https://HOST/widgets with the key ``refineSearch``, 100 rows a page. A search page saved by hand, which carries
its first rows in a script, is read too. The details are on the job's own page, in a script or as schema.org data. Some
sites want a token of a session and answer without rows: read those with the kind ``sitemap``.

Gives: title, place, employment, category, a teaser. The list lacks the text. Lacks: company, pay. Dates: ``postedDate`` is the
day of publishing.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk, ids, post
from alerts.parse.jobpage import completed
from alerts.parse.markup import parse
from alerts.parse.pagedata import assigned
from alerts.parse.values import line, mapping, path, texts
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Phenom",
    confidence="documented",
    details=True,
    least_minutes=60,
    terms="An undocumented interface of the employer's own career site: read it slowly and for yourself only.",
)

_SIZE = 100


class Options(Base):
    """``base_url`` as in https://careers.acme.com, ``place`` the two words that follow it ("us/en", "global/en")."""

    base_url: BaseUrl
    place: str = "us/en"
    company: str | None = None


def recognise(address: str) -> dict[str, object] | None:
    """Search pages: https://HOST/global/en/search-results."""
    found = addresses.parts(address)
    if not found or len(found.steps) < 3 or found.steps[2] != "search-results" or not re.fullmatch("[a-z]{2}", found.steps[1]):
        return None
    return {"base_url": found.origin, "place": "/".join(found.steps[:2])}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 0, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of 100."""
    html = page.body.lstrip()[:1] == b"<"
    said = _script(page) if html else answer(page, "Phenom")
    said = mapping(path(said, "refineSearch")) or mapping(path(said, "eagerLoadRefineSearch")) or said
    listed, found = rows(said, "Phenom", "data.jobs"), Postings(page.url)
    for row in listed:
        identity = line(row.get("jobSeqNo") or row.get("jobId"))
        title = line(row.get("title"))
        found.add(
            identity,
            _page(options, identity or "", title or ""),
            title,
            company=row.get("companyName") or options.company,
            apply_url=row.get("applyUrl"),
            places=texts(row.get("multi_location"))
            or place(row.get("location"), row.get("city"), row.get("state"), row.get("country")),
            work=row.get("workLocation") or row.get("remote"),
            employment=row.get("type"),
            level=row.get("experienceLevel"),
            category=[*texts(row.get("department")), *texts(row.get("category"))],
            posted=row.get("postedDate") or row.get("dateCreated"),
            html=row.get("descriptionTeaser"),
            requisition=row.get("reqId"),
            detailed=False,
        )
    walk = Walk.at(page, ids(listed, "jobSeqNo", "jobId"), mapping(said).get("totalHits"))
    more = not html and walk.more(1)
    whole = not more and walk.whole() and walk.total is not None
    return found.reading(_ask(options, walk.seen, walk.state()) if more else None, complete=whole, total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with the text of its page."""
    row = mapping(path(_script(page), "jobDetail.data.job"))
    if line(row.get("description")):
        return detailed(raw, page, html=row.get("description"), posted=row.get("postedDate"), employment=row.get("type"))
    return completed(raw, page)


def _script(page: Page) -> dict[str, object]:
    found = assigned(parse(page.body), "phApp.ddo")
    if not found:
        raise ReadError("the page carries no data of Phenom; is the address that of a Phenom career site?")
    return found


def _page(options: Options, identity: str, title: str) -> str:
    words = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-")
    return f"{options.base_url}/{options.place.strip('/')}/job/{addresses.segment(identity)}/{words}"


def _ask(options: Options, offset: int, state: dict[str, str]) -> Request:
    country, _, language = options.place.strip("/").partition("/")
    body = {
        "ddoKey": "refineSearch",
        "lang": f"{language or 'en'}_{country}",
        "country": country,
        "deviceType": "desktop",
        "pageName": "search-results",
        "siteType": "external",
        "jobs": True,
        "counts": False,
        "from": offset,
        "size": _SIZE,
        "sort": {"order": "desc", "field": "postedDate"},
        "keywords": "",
    }
    return post(f"{options.base_url}/widgets", body, state)
