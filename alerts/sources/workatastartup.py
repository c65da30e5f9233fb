"""Y Combinator's Work at a Startup: the jobs of one of its companies.

Endpoint: GET https://www.ycombinator.com/companies/X/jobs, a page that keeps its data in an attribute; the details are on the
job's page, as schema.org data.

Gives: company, place, employment, role, pay and equity as words ("$140K - $200K", "0.10% - 0.30%"), least experience, visa,
skills. The list lacks the text. Dates: the list says only how long ago ("8 months"), which is too vague to use; the details'
``datePosted`` is trusted.
"""

from __future__ import annotations

from typing import Any

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import rows
from alerts.parse.build import Postings, pay
from alerts.parse.jobpage import completed
from alerts.parse.markup import parse
from alerts.parse.pagedata import kept
from alerts.parse.values import line, mapping, path, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Y Combinator (Work at a Startup)",
    details=True,
    least_minutes=60,
    terms="Pages made for visitors: read the few companies that you need, slowly, and link to the posting.",
    robots=True,
    aggregator=True,
)


class Options(Base):
    """``site`` is the company as in https://www.ycombinator.com/companies/acme/jobs."""

    site: Token
    base_url: BaseUrl = "https://www.ycombinator.com"


def recognise(address: str) -> dict[str, object] | None:
    """Companies and their jobs on ycombinator.com and workatastartup.com."""
    found = addresses.parts(address)
    if (
        not found
        or found.host.removeprefix("www.") not in {"ycombinator.com", "workatastartup.com"}
        or found.step(0) != "companies"
    ):
        return None
    return {"site": found.step(1)} if addresses.token(found.step(1)) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The company's jobs."""
    return (Request(f"{options.base_url}/companies/{options.site}/jobs"),)


def read(page: Page, options: Options) -> Reading:
    """The company's jobs."""
    said, found = kept(parse(page.body, page.headers.get("content-type", "")), "[data-page]", "data-page"), Postings(page.url)
    company = line(path(said, "props.company.name"))
    for row in rows(said, "Work at a Startup", "props.jobPostings"):
        found.add(
            row.get("id"),
            addresses.link(row.get("url"), options.base_url),
            row.get("title"),
            **_fields(row),
            company=line(row.get("companyName")) or company,
            industry=path(said, "props.company.tags"),
            detailed=False,
        )
    return found.reading(complete=True, name=company)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with what its page says."""
    return completed(raw, page)


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    equity = pay(said=row.get("equityRange"), kind="equity") if line(row.get("equityRange")) else None
    return {
        "apply_url": mapping(row).get("applyUrl"),
        "places": row.get("location"),
        "employment": row.get("type"),
        "category": [*texts(row.get("roleSpecificType")), *texts(row.get("prettyRole"))],
        "tags": texts(row.get("skills"), of="name"),
        "pay": [pay(said=row.get("salaryRange")), equity],
        "facts": {"experience": row.get("minExperience"), "visa": row.get("visa"), "school": row.get("minSchoolYear")},
    }
