"""Gem job boards.

Endpoint: GET https://api.gem.com/job_board/v0/X/job_posts/, documented and public, the whole board with its texts. The
answers of the pages' own interface (a batch of GraphQL answers, without texts) are read too.

Gives: the fields of Greenhouse, whose form it follows, with work type and employment as fields of their own. Dates:
``first_published_at`` is the day of publishing; ``updated_at`` moves with every change.
"""

from __future__ import annotations

from typing import Any

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, labels, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.markup import unescape
from alerts.parse.values import items, line, mappings, number, path, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Gem",
    confidence="documented",
    terms="Documented and public, for showing an employer's jobs. Read for yourself and link to the posting.",
)

_SITE = "https://jobs.gem.com"


class Options(Base):
    """``site`` is the board as in https://jobs.gem.com/acme."""

    site: Token
    base_url: BaseUrl = "https://api.gem.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on jobs.gem.com, and addresses of the interface itself."""
    found = addresses.parts(address)
    if not found or found.host not in {"jobs.gem.com", "api.gem.com"}:
        return None
    step = found.step(0) if found.host == "jobs.gem.com" else found.step(2) if found.step(0) == "job_board" else ""
    return {"site": step} if addresses.token(step) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.base_url}/job_board/v0/{options.site}/job_posts/"),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    said = answer(page, "Gem")
    batch = [each for each in items(said) if path(each, "data.oatsExternalJobPostings") is not None]
    return _graphql(page, options, said, batch[0]) if batch else _posts(page, options, rows(said, "Gem", "", "job_posts"))


def _posts(page: Page, options: Options, listed: list[dict[str, Any]]) -> Reading:
    found = Postings(page.url)
    for row in listed:
        ranges = mappings(row.get("pay_input_ranges"))
        found.add(
            row.get("id"),
            row.get("absolute_url"),
            row.get("title"),
            company=row.get("company_name") or options.site,
            places=[path(row, "location.name"), *labels(row.get("offices"), "name")]
            if path(row, "location.name") is None
            else path(row, "location.name"),
            work=row.get("location_type"),
            employment=row.get("employment_type"),
            category=labels(row.get("departments"), "name"),
            pay=[pay(_cents(each.get("min_cents")), _cents(each.get("max_cents")), each.get("currency_type")) for each in ranges],
            posted=row.get("first_published_at") or row.get("created_at"),
            updated=row.get("updated_at"),
            html=unescape(row.get("content")),
            text=row.get("content_plain"),
            group=row.get("internal_job_id"),
            requisition=row.get("requisition_id"),
        )
    return found.reading(complete=True)


def _graphql(page: Page, options: Options, said: Any, batch: Any) -> Reading:
    found = Postings(page.url)
    company = next((name for each in items(said) for name in texts(path(each, "data.jobBoardExternal.teamDisplayName"))), None)
    for row in rows(batch, "Gem", "data.oatsExternalJobPostings.jobPostings"):
        where, identity = list(mappings(row.get("locations"))), line(row.get("extId") or row.get("id"))
        found.add(
            identity,
            f"{_SITE}/{options.site}/{addresses.segment(identity)}" if identity else None,
            row.get("title"),
            company=company or options.site,
            places=[place(each.get("name"), each.get("city"), None, each.get("isoCountry")) for each in where],
            work=path(row, "job.locationType") or flagged(remote=any(each.get("isRemote") is True for each in where)),
            employment=path(row, "job.employmentType"),
            category=path(row, "job.department.name"),
        )
    return found.reading(complete=True, name=company)


def _cents(value: object) -> float | None:
    found = number(value)
    return found / 100 if found is not None else None
