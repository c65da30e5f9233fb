"""SOLID.Jobs, a Polish board that wants pay stated.

Endpoint: GET https://solid.jobs/public-api/offers/DIVISION?campaign=NAME&pageSize=200&pageIndex=N with the header
X-Api-Version; ``campaign`` is how the board counts who sends visitors.

Gives: company, places, pay with period and form of contract (B2B, UoP, UZ), hours, level, skills, languages, text. Dates:
``validFrom`` is the day of publishing, ``validTo`` the end.
"""

from __future__ import annotations

from typing import Literal

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, labels, rows
from alerts.parse.build import Postings, pay
from alerts.parse.calls import Walk, ids, query
from alerts.parse.values import mapping, path, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="SOLID.Jobs",
    complete=False,
    least_minutes=60,
    terms="A public interface for sending visitors to its offers: link to the offer and name SOLID.Jobs as the source.",
    aggregator=True,
)

_SIZE = 200
_DIVISIONS = ("IT", "Engineering", "Marketing", "Sales", "HR", "Logistics", "Finances", "Other")


class Options(Base):
    """``division``: the part of the board to read."""

    division: Literal["IT", "Engineering", "Marketing", "Sales", "HR", "Logistics", "Finances", "Other"] = "IT"
    pages: Count = 3
    base_url: BaseUrl = "https://solid.jobs"


def recognise(address: str) -> dict[str, object] | None:
    """The interface itself; other addresses of solid.jobs mean the division IT."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") != "solid.jobs":
        return None
    wanted = found.step(2).lower() if found.steps[:2] == ("public-api", "offers") else ""
    return {"division": next((each for each in _DIVISIONS if each.lower() == wanted), "IT")}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 0, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page."""
    said, found = answer(page, "SOLID.Jobs"), Postings(page.url)
    listed = rows(said, "SOLID.Jobs", "jobs", "")
    for row in listed:
        paid = mapping(row.get("salary"))
        found.add(
            row.get("jobOfferKey"),
            row.get("url"),
            row.get("title"),
            company=row.get("company"),
            places=texts(row.get("locations")),
            work=flagged(remote=row.get("isRemote"), hybrid=row.get("isHybrid")),
            employment=[*texts(row.get("contractTime")), *texts(paid.get("employmentType"))],
            level=row.get("experienceLevel"),
            category=[row.get("subCategory"), row.get("category"), row.get("division")],
            tags=labels(row.get("skills"), "name"),
            pay=pay(paid.get("from"), paid.get("to"), paid.get("currency"), paid.get("period")),
            posted=row.get("validFrom"),
            updated=row.get("updatedAt"),
            expires=row.get("validTo"),
            html=row.get("description"),
            facts={"languages": ", ".join(labels(row.get("languages"), "name"))},
        )
    walk = Walk.at(page, ids(listed, "jobOfferKey"), path(said, "totalCount"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, walk.turn + 1, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    url = f"{options.base_url}/public-api/offers/{options.division}"
    url = query(url, campaign="job-alerts", pageSize=_SIZE, pageIndex=number)
    return Request(url, headers={"X-Api-Version": "1.0"}, state=state)
