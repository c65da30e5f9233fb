"""Jibe career sites (iCIMS Attract), on the employers' own hosts.

Endpoint: GET https://HOST/api/jobs?page=N&limit=100, 100 rows at most (101 answers 422), a page past the end is empty.

Gives: title, text, place, employment, categories, pay where stated, requisition, the address to apply at. Dates:
``posted_date`` is the day of publishing, ``update_date`` the last change.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, labels, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, query
from alerts.parse.values import line, mapping, path, texts
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Jibe (iCIMS)",
    confidence="documented",
    least_minutes=30,
    terms="An undocumented interface of the employer's own career site: read it slowly and for yourself only.",
)

_SIZE = 100


class Options(Base):
    """``base_url`` as in https://careers.acme.com, where /api/jobs answers."""

    base_url: BaseUrl
    company: str | None = None


def recognise(address: str) -> dict[str, object] | None:
    """The interface itself: https://HOST/api/jobs?page=1&limit=…; the site around it looks like any other."""
    found = addresses.parts(address)
    sure = found is not None and found.steps == ("api", "jobs") and {"page", "limit"} <= set(found.query)
    return {"base_url": found.origin} if found and sure else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 1, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of 100."""
    said, found = answer(page, "Jibe"), Postings(page.url)
    listed = [mapping(each.get("data")) or each for each in rows(said, "Jibe", "jobs")]
    for row in listed:
        slug = line(row.get("slug") or row.get("req_id"))
        found.add(
            slug,
            path(row, "meta_data.canonical_url") or f"{options.base_url}/jobs/{addresses.segment(slug or '')}",
            row.get("title"),
            company=row.get("hiring_organization") or options.company,
            apply_url=row.get("apply_url"),
            places=place(
                row.get("full_location") or row.get("location_name"), row.get("city"), row.get("state"), row.get("country")
            ),
            work=row.get("location_type") if line(row.get("location_type")) != "LAT_LONG" else None,
            employment=row.get("employment_type"),
            category=[*labels(row.get("department"), "name"), *labels(row.get("categories"), "name")],
            tags=texts(row.get("tags")),
            pay=pay(
                row.get("salary_min_value"), row.get("salary_max_value"), row.get("salary_currency"), row.get("salary_frequency")
            ),
            posted=row.get("posted_date"),
            updated=row.get("update_date"),
            expires=row.get("posting_expiry_date"),
            html=sections([(None, row.get(key)) for key in ("description", "responsibilities", "qualifications")]),
            language=row.get("language"),
            requisition=row.get("req_id"),
        )
    walk = Walk.at(page, [row.get("slug") or row.get("req_id") for row in listed], mapping(said).get("totalCount"))
    more = walk.more()
    state = walk.state()
    return found.reading(
        _ask(options, walk.turn + 2, state) if more else None, complete=not more and walk.whole(), total=walk.total
    )


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    url = query(f"{options.base_url}/api/jobs", page=number, limit=_SIZE, sortBy="posted_date", descending=True, internal=False)
    return Request(url, headers={"Accept": "application/json"}, state=state)
