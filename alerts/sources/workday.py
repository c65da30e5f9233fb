"""Workday career sites (CXS, the interface that the sites themselves use).

Endpoint: POST https://TENANT.wdN.myworkdayjobs.com/wday/cxs/TENANT/SITE/jobs, 20 rows a page; details with GET on
/wday/cxs/TENANT/SITE + externalPath. Undocumented, without validators; a language code in the path gives 405.

Gives: title, path, place, relative date, requisition. Lacks in the list: text, company, and the places of a posting that
has several ("2 Locations"); the details have them. ``total`` stands on the first page only and is capped at 2,000, and
beyond 2,000 the first page comes again: a larger site is never complete; narrow it with ``facets`` or ``search``.
Dates: the details' ``startDate`` is the day of publishing; the list only has "Posted 3 Days Ago", handed on as said.
"""

from __future__ import annotations

import re

from pydantic import Field

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk, ids, post, wanted
from alerts.parse.values import line, mapping, path, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Workday",
    searchable=True,
    details=True,
    least_minutes=30,
    terms="An undocumented interface of the employer's own career site: read it slowly and for yourself only.",
)

_SIZE, _CAP = 20, 2000
_HOST = re.compile(r"(?:([a-z0-9_-]+)\.)?(wd\d+)\.(myworkdayjobs|myworkdaysite)(?:-impl)?\.com")
_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
_MANY = re.compile(r"\d+ \w+")


class Options(Base):
    """``host``, ``tenant`` and ``site`` as in the address https://acme.wd5.myworkdayjobs.com/Careers."""

    host: Token
    site: Token
    #: Where it is not the first part of the host (wd5.myworkdaysite.com/recruiting/TENANT/SITE).
    tenant: Token | None = None
    #: The employer's name; else the tenant's.
    company: str | None = None
    #: Ask for these words instead of reading the whole site.
    search: tuple[str, ...] = ()
    #: Ask for the words of the searches instead of reading the whole site (for sites of more than 2,000 postings).
    only_searched: bool = False
    #: Facet → ids, as the site's own address shows them (jobFamilyGroup=…); they narrow the site.
    facets: dict[str, list[str]] = Field(default_factory=dict)
    base_url: BaseUrl | None = None

    @property
    def root(self) -> str:
        """Where the site answers."""
        return self.base_url or f"https://{self.host}"

    @property
    def owner(self) -> str:
        """The tenant."""
        return self.tenant or self.host.partition(".")[0]

    @property
    def cxs(self) -> str:
        """The interface of the site."""
        return f"{self.root}/wday/cxs/{self.owner}/{self.site}"

    @property
    def page(self) -> str:
        """The site as people see it; external paths follow it."""
        shared = "myworkdaysite" in self.host
        return f"{self.root}/recruiting/{self.owner}/{self.site}" if shared else f"{self.root}/{self.site}"


def recognise(address: str) -> dict[str, object] | None:
    """Sites and jobs on myworkdayjobs.com and myworkdaysite.com, and addresses of the interface itself."""
    found = addresses.parts(address)
    match = _HOST.fullmatch(found.host) if found else None
    if not found or not match:
        return None
    steps = found.steps
    if steps[:2] == ("wday", "cxs"):
        return {"host": found.host, "tenant": steps[2], "site": steps[3]} if len(steps) > 3 else None
    if len(steps) > 1 and _LOCALE.fullmatch(steps[0]) and steps[1] not in {"job", "details", "jobs"}:
        steps = steps[1:]
    if match[3] == "myworkdaysite" or not match[1]:
        return (
            {"host": found.host, "tenant": steps[1], "site": steps[2]}
            if steps[:1] == ("recruiting",) and len(steps) > 2
            else None
        )
    return {"host": found.host, "site": steps[0]} if steps and addresses.token(steps[0]) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole site, or one question for each word to search for."""
    words = wanted(options.search, asking) if options.search or options.only_searched else ()
    return tuple(_ask(options, each, 0, {}) for each in words or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of the list."""
    said = answer(page, "Workday")
    listed, found = rows(said, "Workday", "jobPostings"), Postings(page.url)
    for row in listed:
        way = line(row.get("externalPath"), 2000) or ""
        number = way.rpartition("/")[2].rpartition("_")[2]
        bullets = texts(row.get("bulletFields"))
        found.add(
            (number if any(sign.isdigit() for sign in number) else way) or None,
            options.page + way if way.startswith("/") else None,
            row.get("title"),
            company=options.company or options.owner,
            places=_place(line(row.get("locationsText")), way),
            work=row.get("remoteType"),
            employment=row.get("timeType"),
            posted=row.get("postedOn"),
            requisition=next((each for each in bullets if number.startswith(each)), None),
            detailed=False,
        )
    walk = Walk.at(page, ids(listed, "externalPath"), mapping(said).get("total") or None)
    words, more = page.request.state.get("words", ""), walk.more(_SIZE) and walk.seen < _CAP
    whole = not more and walk.whole() and walk.seen < _CAP and not words and not options.facets
    return found.reading(_ask(options, words, walk.seen, walk.state()) if more else None, complete=whole, total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text, the places and the day of a posting are."""
    way = raw.url.removeprefix(options.page)
    return Request(options.cxs + way, headers={"Accept": "application/json"}) if way != raw.url else None


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its details."""
    said = answer(page, "Workday")
    info = mapping(path(said, "jobPostingInfo"))
    country = path(info, "jobRequisitionLocation.country.alpha2Code") or path(info, "country.descriptor")
    return detailed(
        raw,
        page,
        company=options.company or path(said, "hiringOrganization.name"),
        places=[place(info.get("location"), country=country), *texts(info.get("additionalLocations"))],
        work=info.get("remoteType"),
        employment=info.get("timeType"),
        posted=info.get("startDate"),
        expires=info.get("endDate"),
        html=info.get("jobDescription"),
        requisition=info.get("jobReqId"),
    )


def _ask(options: Options, words: str, offset: int, state: dict[str, str]) -> Request:
    body = {"appliedFacets": options.facets, "limit": _SIZE, "offset": offset, "searchText": words}
    return post(f"{options.cxs}/jobs", body, {**state, "words": words})


def _place(said: str | None, way: str) -> str | None:
    """The place of the list; "2 Locations" and nothing are replaced by the one in the path (/job/Poland-Remote/…)."""
    if said and not _MANY.fullmatch(said):
        return said
    steps = way.strip("/").split("/")
    return steps[1].replace("---", ", ").replace("-", " ") if len(steps) > 2 else None
