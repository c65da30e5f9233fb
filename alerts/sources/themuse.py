"""The Muse.

Endpoint: GET https://www.themuse.com/api/public/jobs?page=N&category=&level=&location=&company=, 20 rows a page, 99 pages at
most. Not in order of date, half of it older than 139 days: say ``company``, ``category`` or ``location``. An unknown
location answers with remote postings without a word. 500 requests an hour without a key, 3,600 with one.

Gives: company, places ("Flexible / Remote" among them), levels, categories, text. Lacks: pay, employment. Dates:
``publication_date``.
"""

from __future__ import annotations

from urllib.parse import urlencode

from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, labels, rows
from alerts.parse.build import Postings
from alerts.parse.calls import Walk, ids
from alerts.parse.values import mapping, number, path
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="The Muse",
    complete=False,
    least_minutes=60,
    terms="Link to the posting on The Muse; a key of your own allows more requests.",
    aggregator=True,
)

_LAST, _SIZE = 99, 20


class Options(Base):
    """Each list narrows, in The Muse's own words ("Software Engineering", "Senior Level", "Berlin, Germany")."""

    company: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    key: Secret | None = None
    pages: Count = 5
    base_url: BaseUrl = "https://www.themuse.com"


def recognise(address: str) -> dict[str, object] | None:
    """The interface itself, with what narrows it."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") != "themuse.com" or found.steps[:3] != ("api", "public", "jobs"):
        return None
    return {key: [found.query[key]] for key in ("company", "category", "level", "location") if key in found.query}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page."""
    return (_ask(options, 1, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page of 20."""
    said, found = answer(page, "The Muse"), Postings(page.url)
    listed = rows(said, "The Muse", "results")
    for row in listed:
        found.add(
            row.get("id"),
            path(row, "refs.landing_page"),
            row.get("name"),
            company=path(row, "company.name"),
            places=labels(row.get("locations"), "name"),
            level=labels(row.get("levels"), "name"),
            category=labels(row.get("categories"), "name"),
            tags=labels(row.get("tags"), "name"),
            posted=row.get("publication_date"),
            html=row.get("contents"),
        )
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("total"))
    more = walk.more(1, min(options.pages, _LAST)) and walk.turn + 1 < (number(mapping(said).get("page_count")) or _LAST)
    return found.reading(_ask(options, walk.turn + 2, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    said = {"company": options.company, "category": options.category, "level": options.level, "location": options.location}
    pairs = [("page", str(number)), *((key, each) for key, values in said.items() for each in values)]
    secret = {"api_key": options.key.get_secret_value()} if options.key else {}
    return Request(f"{options.base_url}/api/public/jobs?{urlencode(pairs)}", secret_query=secret, state=state)
