"""We Work Remotely: the feed of the newest remote jobs, of the whole site or of one category.

Endpoint: ``GET {base_url}/remote-jobs.rss`` or ``{base_url}/categories/{category}.rss``. Gives title with employer
("Company: Role"), region and countries where one may live, skills, category, job type, text and end date. Lacks pay but in the
text, and everything but the newest hundred. Date: the entry's publishing date. The site's terms forbid to build a job search
service on it and ask that one applies on its pages; the links lead there.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import feed
from alerts.parse.addresses import parts, token
from alerts.parse.build import Postings
from alerts.parse.feed_entry import Entry
from alerts.parse.markup import unescape
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    "We Work Remotely",
    complete=False,
    least_minutes=60,
    terms="Personal reading only: no job search service, no storing for others; apply on the site's own pages.",
    must_accept=True,
    remote=True,
    aggregator=True,
)

_ANYWHERE = re.compile(r"anywhere|world", re.IGNORECASE)


class Options(_Options):
    """``category``: the name in a category's address ("remote-programming-jobs"); without it, the whole site's feed."""

    category: Token | None = None
    base_url: BaseUrl = "https://weworkremotely.com"


def recognise(address: str) -> dict[str, object] | None:
    """The site, its categories and its feeds."""
    given = parts(address)
    if given is None or given.host.removeprefix("www.") != "weworkremotely.com":
        return None
    if given.step(0) in {"categories", "remote-jobs"} and given.step(1):
        category = token(given.step(1).removesuffix(".rss")) if given.step(0) == "categories" else None
        return {"category": category} if category else {}
    return {} if given.step(0) in {"", "remote-jobs", "remote-jobs.rss"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    way = f"categories/{options.category}.rss" if options.category else "remote-jobs.rss"
    return (Request(f"{options.base_url}/{way}"),)


def read(page: Page, options: Options) -> Reading:
    """The entries of the feed."""
    said = feed.read(page.body)
    if said.entries and not any("weworkremotely.com/" in (entry.link or "") for entry in said.entries):
        raise ReadError("a feed, but not one of We Work Remotely")
    found = Postings(page.url)
    for problem in said.problems:
        found.problem(problem)
    for entry in said.entries:
        company, colon, role = (entry.title or "").partition(": ")
        found.add(
            entry.id or entry.link,
            entry.link or entry.id,
            role if colon else entry.title,
            company=company if colon else None,
            remote_areas=_areas(entry),
            employment=entry.extra.get("employment"),
            category=entry.extra.get("category"),
            tags=[tag.strip() for words in entry.extra.get("tags", ()) for tag in words.split(",")],
            posted=entry.posted,
            expires=entry.said("expires"),
            html=unescape(entry.html),
        )
    return found.reading(ttl_minutes=said.ttl_minutes, cut=said.cut)


def _areas(entry: Entry) -> list[str]:
    """Where one may live: the region, and the countries that it is narrowed to (their flags dropped)."""
    regions, countries = entry.extra.get("areas", ()), entry.extra.get("country", ())
    named = [re.sub(r"[\U0001F1E6-\U0001F1FF]", "", each).strip() for words in countries for each in words.split(",")]
    return [*regions, *named] if not any(map(_ANYWHERE.search, regions)) else list(regions)
