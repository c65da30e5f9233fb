"""Manatal career pages.

Endpoint: GET https://www.careers-page.com/api/v1.0/c/X/jobs/?page=N, 10 rows a page, with the texts (the same answers as
https://api.manatal.com/open/v3/career-page/X/jobs/).

Gives: title, place, text. Lacks: **every date**, company, employment, and pay but where it is shown.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query
from alerts.parse.values import line, mapping
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Manatal",
    least_minutes=30,
    terms="Made for showing an employer's jobs on its own pages; read for yourself and link to the posting.",
)


class Options(Base):
    """``site`` as in https://www.careers-page.com/acme."""

    site: Token
    company: str | None = None
    base_url: BaseUrl = "https://www.careers-page.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on careers-page.com, and addresses of the interface itself."""
    found = addresses.parts(address)
    if not found:
        return None
    if found.host == "api.manatal.com" and "career-page" in found.steps[:-1]:
        return {"site": found.steps[found.steps.index("career-page") + 1]}
    if found.host.removeprefix("www.") != "careers-page.com":
        return None
    step = found.step(3) if found.step(0) == "api" else found.step(0)
    return {"site": step} if addresses.token(step) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 1, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of 10."""
    said, found = answer(page, "Manatal"), Postings(page.url)
    listed = rows(said, "Manatal", "results")
    for row in listed:
        code = line(row.get("hash"))
        shown = row.get("is_salary_visible") is True
        paid = pay(row.get("salary_min"), row.get("salary_max"), row.get("currency"), row.get("salary_period"))
        found.add(
            row.get("id") or code,
            f"{options.base_url}/{options.site}/job/{addresses.segment(code)}" if code else None,
            row.get("position_name"),
            company=row.get("organization_name") or options.company or options.site,
            places=place(row.get("location_display"), row.get("city"), row.get("state"), row.get("country")),
            work=flagged(remote=row.get("is_remote")),
            employment=row.get("contract_details"),
            pay=paid if shown else None,
            html=row.get("description"),
        )
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("count"))
    more = bool(mapping(said).get("next")) and walk.more()
    state = walk.state()
    return found.reading(
        _ask(options, walk.turn + 2, state) if more else None, complete=not more and walk.whole(), total=walk.total
    )


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    return Request(query(f"{options.base_url}/api/v1.0/c/{options.site}/jobs/", page=number), state=state)
