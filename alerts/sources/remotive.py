"""Remotive, a board of remote jobs.

Endpoint: GET https://remotive.com/api/remote-jobs, one answer of 18 to 31 postings, 24 hours late. Its parameters were
ignored when last looked at, so none are sent but ``category``.

Gives: company, where one may live, employment, category, tags, text, and pay as free text ("$31,2k- $52k", "$14/hour").
Dates: ``publication_date``, without a zone.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, pay
from alerts.parse.calls import query
from alerts.parse.values import mapping
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Remotive",
    complete=False,
    least_minutes=360,
    terms="At most 4 readings a day; link to the posting and name Remotive as the source; do not pass its postings on to other "
    "job sites or collect sign-ups with them.",
    remote=True,
    aggregator=True,
)


class Options(Base):
    """``category`` is one of Remotive's own ("software-dev")."""

    category: str | None = None
    base_url: BaseUrl = "https://remotive.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on remotive.com but its feeds, which the kind ``rss`` reads."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") not in {"remotive.com", "remotive.io"} or "feed" in found.steps:
        return None
    return {}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """All that there is."""
    return (Request(query(f"{options.base_url}/api/remote-jobs", category=options.category)),)


def read(page: Page, options: Options) -> Reading:
    """All that there is."""
    said, found = answer(page, "Remotive"), Postings(page.url)
    for row in rows(said, "Remotive", "jobs"):
        found.add(
            row.get("id"),
            row.get("url"),
            row.get("title"),
            company=row.get("company_name"),
            work="remote",
            remote_areas=row.get("candidate_required_location"),
            employment=row.get("job_type"),
            category=row.get("category"),
            tags=row.get("tags"),
            pay=pay(said=row.get("salary")),
            posted=row.get("publication_date"),
            html=row.get("description"),
        )
    return found.reading(total=mapping(said).get("job-count"))
