"""Eightfold career sites.

Endpoint: GET https://HOST/api/pcsx/search?domain=D&query=&start=N&sort_by=timestamp, 10 rows a page whatever is asked for;
details at /api/pcsx/position_details. Older sites answer 403 there and speak at /api/apply/v2/jobs (``interface = "apply"``).
About 100 requests a minute are allowed; 405 means that it was too many.

Gives: title, places, department, work type. The list lacks the text. Lacks: company, pay, employment. Dates: ``postedTs`` (or
``t_create`` of the older one), in seconds, is the day of publishing.
"""

from __future__ import annotations

from typing import Literal

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows
from alerts.parse.build import Postings
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.values import line, mapping, path, text, texts
from alerts.sources._keys import BaseUrl, Token
from alerts.sources._limits import Count

ABOUT = About(
    title="Eightfold",
    searchable=True,
    details=True,
    least_minutes=60,
    terms="An undocumented interface of the employer's own career site: read it slowly and for yourself only.",
)

_SIZE = 10


class Options(Base):
    """``host`` as in https://acme.eightfold.ai/careers, ``domain`` as in its address or page ("acme.com")."""

    host: Token
    #: The employer's domain, by which Eightfold knows it; else the first part of the host with ``.com``.
    domain: Token | None = None
    company: str | None = None
    interface: Literal["pcsx", "apply"] = "pcsx"
    search: tuple[str, ...] = ()
    #: Ask for the words of the searches instead of reading the whole site.
    only_searched: bool = False
    pages: Count = 100
    base_url: BaseUrl | None = None

    @property
    def root(self) -> str:
        """Where the site answers."""
        return self.base_url or f"https://{self.host}"

    @property
    def owner(self) -> str:
        """The employer's domain."""
        return self.domain or f"{self.host.partition('.')[0]}.com"


def recognise(address: str) -> dict[str, object] | None:
    """Career sites and jobs on X.eightfold.ai, and the interface on any host."""
    found = addresses.parts(address)
    if not found:
        return None
    site = found.under("eightfold.ai")
    if not (site and site not in {"app", "static", "api"}) and found.steps[:2] != ("api", "pcsx"):
        return None
    domain = addresses.token(found.query.get("domain"))
    return {"host": found.host, "domain": domain} if domain else {"host": found.host}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole site, or one question for each word."""
    words = wanted(options.search, asking) if options.search or options.only_searched else ()
    return tuple(_ask(options, each, 0, {}) for each in words or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 10."""
    said, found = answer(page, "Eightfold"), Postings(page.url)
    listed = rows(said, "Eightfold", "data.positions", "positions")
    for row in listed:
        identity = line(row.get("id"))
        told = text(row.get("job_description")) or text(row.get("jobDescription"))
        where = texts(row.get("locations")) or texts(row.get("location")) or texts(row.get("standardizedLocations"))
        found.add(
            identity,
            row.get("canonicalPositionUrl") or f"{options.root}/careers/job/{addresses.segment(identity or '')}",
            row.get("name") or row.get("posting_name"),
            company=options.company or options.owner.partition(".")[0],
            places=where,
            work=row.get("workLocationOption") or row.get("work_location_option"),
            category=[row.get("department"), row.get("business_unit")],
            posted=row.get("postedTs") or row.get("t_create") or row.get("creationTs"),
            html=told,
            requisition=row.get("atsJobId") or row.get("ats_job_id"),
            detailed=told is not None,
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "id"), path(said, "data.count") or path(said, "count"))
    more = walk.more(_SIZE, options.pages)
    # Without a count a full last page may hide more.
    whole = not more and not words and walk.whole() and (walk.total is not None or walk.here < _SIZE)
    return found.reading(_ask(options, words, walk.seen, walk.state()) if more else None, complete=whole, total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text of a posting is."""
    if options.interface == "apply":
        return Request(query(f"{options.root}/api/apply/v2/jobs/{addresses.segment(raw.source_id)}", domain=options.owner))
    return Request(query(f"{options.root}/api/pcsx/position_details", position_id=raw.source_id, domain=options.owner, hl="en"))


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text."""
    said = mapping(answer(page, "Eightfold"))
    row = mapping(said.get("data")) or said
    return detailed(
        raw,
        page,
        work=row.get("workLocationOption") or row.get("work_location_option"),
        html=row.get("jobDescription") or row.get("job_description"),
        apply_url=row.get("applyRedirectUrl"),
    )


def _ask(options: Options, words: str, start: int, state: dict[str, str]) -> Request:
    way = "/api/apply/v2/jobs" if options.interface == "apply" else "/api/pcsx/search"
    said = {"domain": options.owner, "query": words, "start": start, "num": _SIZE, "sort_by": "timestamp"}
    return Request(query(options.root + way, **said), headers={"Accept": "application/json"}, state={**state, "words": words})
