"""Breezy HR career sites.

Endpoint: GET https://X.breezy.hr/json, the whole board; the text is on the posting's own page, as schema.org data. No such
site answers with a redirect to breezy.hr.

Gives: company, places, remote flag, employment, department, pay as the employer wrote it ("$1.40k - $1.80k"). Dates:
``published_date`` is the day of publishing.
"""

from __future__ import annotations

from typing import ClassVar

from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPlace, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, labels, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.jobpage import completed
from alerts.parse.values import mappings, path, text
from alerts.sources._hosted import Hosted

ABOUT = About(
    title="Breezy HR",
    details=True,
    least_minutes=15,
    terms="Made for showing an employer's jobs; no wider grant is stated. Read for yourself and link to the posting.",
)


class Options(Hosted):
    """``site`` as in https://acme.breezy.hr."""

    domain: ClassVar[str] = "breezy.hr"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and postings on X.breezy.hr."""
    found = addresses.parts(address)
    site = found.under("breezy.hr") if found else None
    return {"site": site} if site and site not in {"app", "api", "developer", "help", "support", "blog"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.root}/json", headers={"Accept": "application/json"}),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    found, listed = Postings(page.url), rows(answer(page, "Breezy HR"), "Breezy HR", "")
    for row in listed:
        where = list(mappings(row.get("locations"))) or [each for each in [row.get("location")] if isinstance(each, dict)]
        told = text(row.get("description"))
        found.add(
            row.get("id"),
            row.get("url"),
            row.get("name"),
            company=path(row, "company.name") or options.employer,
            places=[_place(each) for each in where],
            work=flagged(remote=any(each.get("is_remote") is True for each in where)),
            employment=labels(row.get("type"), "name", "id"),
            category=labels(row.get("department"), "name"),
            pay=pay(said=row.get("salary")),
            posted=row.get("published_date"),
            html=told,
            detailed=told is not None,
        )
    return found.reading(complete=True, name=path(listed, "0.company.name"))


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The posting's own page."""
    return Request(raw.url)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with the text of its page."""
    return completed(raw, page)


def _place(said: dict[str, object]) -> RawPlace | None:
    return place(said.get("name"), said.get("city"), path(said, "state.name"), path(said, "country.name"))
