"""Working Nomads, a board of remote jobs.

Endpoint: GET https://www.workingnomads.com/api/exposed_jobs/, all of about 28 postings.

Gives: company, category, tags, place (a country, a region, or "REMOTE"), text. Lacks: pay, employment. ``url`` is a redirect
to the employer. Dates: ``pub_date``, with its zone.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings
from alerts.parse.values import line, text
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Working Nomads",
    complete=False,
    least_minutes=60,
    terms="No terms for its interface were found: read it seldom, link to the posting and name Working Nomads as the source.",
    remote=True,
    aggregator=True,
)


class Options(Base):
    """There is nothing to choose."""

    base_url: BaseUrl = "https://www.workingnomads.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on workingnomads.com."""
    found = addresses.parts(address)
    return {} if found and found.host.removeprefix("www.") in {"workingnomads.com", "workingnomads.co"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """All that there is."""
    return (Request(f"{options.base_url}/api/exposed_jobs/"),)


def read(page: Page, options: Options) -> Reading:
    """All that there is."""
    found = Postings(page.url)
    for row in rows(answer(page, "Working Nomads"), "Working Nomads", ""):
        found.add(
            (line(row.get("url")) or "").rstrip("/").rpartition("/")[2],
            row.get("url"),
            row.get("title"),
            company=row.get("company_name"),
            work="remote",
            remote_areas=row.get("location"),
            category=row.get("category_name"),
            tags=[each.strip() for each in (text(row.get("tags")) or "").split(",")],
            posted=row.get("pub_date"),
            html=row.get("description"),
        )
    return found.reading()
