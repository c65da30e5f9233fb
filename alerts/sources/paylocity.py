"""Paylocity recruiting pages.

Endpoint: GET https://recruiting.paylocity.com/recruiting/jobs/All/GUID/NAME, a page whose script carries the whole board
(``window.pageData``); the details are on /Recruiting/Jobs/Details/ID, as schema.org data.

Gives: company, place, remote flag, department. The list lacks text, employment and pay. Dates: ``PublishedDate`` is the day of
publishing.
"""

from __future__ import annotations

import re

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import flagged, rows
from alerts.parse.build import Postings, place
from alerts.parse.jobpage import completed
from alerts.parse.markup import parse
from alerts.parse.pagedata import assigned
from alerts.parse.values import line, mapping, text
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Paylocity",
    details=True,
    least_minutes=60,
    terms="Pages of the employer's own board, read as a visitor reads them: slowly and for yourself only.",
)

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Options(Base):
    """``site`` is the long number in the board's address."""

    site: Token
    base_url: BaseUrl = "https://recruiting.paylocity.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards on recruiting.paylocity.com; a job's own page does not tell its board."""
    found = addresses.parts(address)
    if not found or found.host != "recruiting.paylocity.com":
        return None
    site = next((step for step in found.steps if _GUID.fullmatch(step)), None)
    return {"site": site} if site else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.base_url}/recruiting/jobs/All/{options.site}/jobs"),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    said = assigned(parse(page.body, page.headers.get("content-type", "")), "window.pageData")
    found, company = Postings(page.url), line(said.get("ModuleTitle"))
    for row in rows(said, "Paylocity", "Jobs"):
        if row.get("IsInternal") is True:
            continue
        where, identity = mapping(row.get("JobLocation")), line(row.get("JobId"))
        told = text(row.get("Description"))
        found.add(
            identity,
            f"{options.base_url}/Recruiting/Jobs/Details/{addresses.segment(identity)}" if identity else None,
            row.get("JobTitle"),
            company=company,
            places=place(row.get("LocationName"), where.get("City"), where.get("State"), where.get("Country")),
            work=flagged(remote=row.get("IsRemote")),
            category=row.get("HiringDepartment"),
            posted=row.get("PublishedDate"),
            html=told,
            detailed=False,
        )
    return found.reading(complete=True, name=company)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The posting's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page says."""
    return completed(raw, page)
