"""Pinpoint career sites.

Endpoint: GET https://X.pinpointhq.com/postings.json (also on the employers' own domains), the whole board with its texts.

Gives: work type, employment, department, pay as figures where it is shown, requisition, deadline. Lacks: the employer's name
and **every date of publishing**; ``deadline_at`` is the end.
"""

from __future__ import annotations

from typing import ClassVar

from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.values import mapping, path
from alerts.sources._hosted import Hosted

ABOUT = About(
    title="Pinpoint",
    terms="Made for showing an employer's jobs; no wider grant is stated. Read for yourself and link to the posting.",
)

_PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")


class Options(Hosted):
    """``site`` as in https://acme.pinpointhq.com, or ``base_url`` for a career site on a domain of its own."""

    domain: ClassVar[str] = "pinpointhq.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and postings on X.pinpointhq.com, and the interface on any host."""
    found = addresses.parts(address)
    site = found.under("pinpointhq.com") if found else None
    if site:
        return {"site": site} if site not in {"app", "api", "developers", "help"} else None
    return {"base_url": found.origin} if found and found.steps[-1:] == ("postings.json",) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(f"{options.root}/postings.json"),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    found = Postings(page.url)
    for row in rows(answer(page, "Pinpoint"), "Pinpoint", "data"):
        where, hidden = mapping(row.get("location")), row.get("compensation_visible") is False
        low, high = row.get("compensation_minimum"), row.get("compensation_maximum")
        currency, period = row.get("compensation_currency"), row.get("compensation_frequency")
        found.add(
            row.get("id"),
            row.get("url") or f"{options.root}{row.get('path') or ''}",
            row.get("title"),
            company=options.employer,
            places=place(where.get("name"), where.get("city"), where.get("province"), where.get("country")),
            work=row.get("workplace_type"),
            employment=row.get("employment_type_text") or row.get("employment_type"),
            category=[path(row, "job.department.name"), path(row, "job.division.name")],
            pay=None if hidden else pay(low, high, currency, period, said=row.get("compensation")),
            expires=row.get("deadline_at"),
            html=sections([(None, row.get("description")), *((row.get(f"{key}_header"), row.get(key)) for key in _PARTS)]),
            requisition=path(row, "job.requisition_id"),
        )
    return found.reading(complete=True)
