"""Arbeitnow, a board for Germany and its neighbours that gathers from employers' boards.

Endpoint: GET https://www.arbeitnow.com/api/job-board-api?page=N, 100 to 175 rows a page, a moving slice of the whole;
``links.next`` may lead into a filtered view, so pages are counted instead.

Gives: company (often in lower case), place, remote flag, employment words (some German, some with counts), tags, text
(HTML, in some answers escaped once more). Lacks: pay. Many rows are also on the employers' own boards. Dates: ``created_at``.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, rows
from alerts.parse.build import Postings
from alerts.parse.calls import Walk, ids, query
from alerts.parse.markup import unescape
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="Arbeitnow",
    complete=False,
    least_minutes=60,
    terms="Link back to the posting on Arbeitnow; the permission can be taken back at any time.",
    aggregator=True,
)


class Options(Base):
    """``pages``: the most pages to read at a time."""

    pages: Count = 3
    #: Only postings that offer a visa.
    visa_sponsorship: bool = False
    base_url: BaseUrl = "https://www.arbeitnow.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on arbeitnow.com."""
    found = addresses.parts(address)
    return {} if found and found.host.removeprefix("www.") == "arbeitnow.com" else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest page."""
    return (_ask(options, 1, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page."""
    listed, found = rows(answer(page, "Arbeitnow"), "Arbeitnow", "data"), Postings(page.url)
    for row in listed:
        found.add(
            row.get("slug"),
            row.get("url"),
            row.get("title"),
            company=row.get("company_name"),
            places=row.get("location"),
            work=flagged(remote=row.get("remote")),
            employment=row.get("job_types"),
            tags=row.get("tags"),
            posted=row.get("created_at"),
            html=unescape(row.get("description")),
            facts={"visa sponsorship": "yes" if row.get("visa_sponsorship") is True else None},
        )
    walk = Walk.at(page, ids(listed, "slug"))
    more = walk.more(1, options.pages)
    return found.reading(_ask(options, walk.turn + 2, walk.state()) if more else None)


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    visa = True if options.visa_sponsorship else None
    return Request(query(f"{options.base_url}/api/job-board-api", page=number, visa_sponsorship=visa), state=state)
