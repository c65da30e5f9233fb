"""JOIN company pages (join.com).

Endpoints: GET https://join.com/companies/X, whose script tells the company's number, then
/api/public/companies/NUMBER/jobs?page=N&pageSize=5 (5 is the most); the details are on the posting's page, as schema.org
data. Companies that never were customers have a page too: an empty board says nothing.

Gives: title, city and country, employment, category, work type. The list lacks the text and pay. Dates: ``createdAt`` is the
day of publishing.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, labels, rows
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk, ids, query
from alerts.parse.jobpage import completed
from alerts.parse.markup import parse
from alerts.parse.pagedata import kept
from alerts.parse.values import line, mapping, path
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="JOIN",
    confidence="documented",
    details=True,
    least_minutes=60,
    terms="An undocumented interface of the public company page: read it slowly and for yourself only.",
)

_SIZE = 5
_NUMBER = re.compile(rb'"company"\s*:\s*\{\s*"id"\s*:\s*(\d{1,12})')


class Options(Base):
    """``site`` as in https://join.com/companies/acme."""

    site: Token
    base_url: BaseUrl = "https://join.com"


def recognise(address: str) -> dict[str, object] | None:
    """Company pages and postings on join.com/companies."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") != "join.com" or found.step(0) != "companies":
        return None
    return {"site": found.step(1)} if addresses.token(found.step(1)) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The company's page, which tells its number."""
    return (Request(f"{options.base_url}/companies/{options.site}", conditional=False),)


def read(page: Page, options: Options) -> Reading:
    """The company's page, or one page of 5."""
    state = page.request.state
    if page.body.lstrip()[:1] == b"<":
        company = mapping(path(kept(parse(page.body), "script#__NEXT_DATA__"), "props.pageProps.initialState.company"))
        match = _NUMBER.search(page.body)
        number = line(company.get("id")) or (match[1].decode() if match else None)
        if number is None:
            raise ReadError("the page of this company at join.com does not tell its number; is the name in the address right?")
        return Reading(next=_ask(options, number, 1, {"company": line(company.get("name")) or options.site}))
    said, found = answer(page, "JOIN"), Postings(page.url)
    listed, company_name = rows(said, "JOIN", "items"), state.get("company", options.site)
    for row in listed:
        way, where = line(row.get("idParam") or row.get("id")), mapping(row.get("city"))
        found.add(
            row.get("id") or way,
            f"{options.base_url}/companies/{options.site}/{addresses.segment(way)}" if way else None,
            row.get("title"),
            company=company_name,
            places=place(None, where.get("cityName"), None, where.get("countryName")),
            work=row.get("workplaceType"),
            employment=labels(row.get("employmentType"), "name"),
            category=labels(row.get("category"), "name"),
            posted=row.get("publishedAt") or row.get("createdAt"),
            detailed=False,
        )
    walk = Walk.at(page, ids(listed, "id", "idParam"), path(said, "pagination.rowCount"))
    more = walk.more(_SIZE)
    asked = _ask(options, state.get("number", ""), walk.turn + 2, walk.state(company=company_name)) if more else None
    return found.reading(asked, complete=not more and walk.whole(), total=walk.total, name=company_name)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The posting's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page says."""
    return completed(raw, page)


def _ask(options: Options, number: str, turn: int, state: dict[str, str]) -> Request:
    url = f"{options.base_url}/api/public/companies/{addresses.segment(number)}/jobs"
    return Request(query(url, locale="en-us", page=turn, pageSize=_SIZE), state={**state, "number": number})
