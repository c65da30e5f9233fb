"""Himalayas, a board of remote jobs.

Endpoints: GET https://himalayas.app/jobs/api?limit=20&offset=N (everything, newest first, about 100,000) and
/jobs/api/search?q=&page=N. 20 rows a page at most; refreshed once a day; the search ends at page 400.

Gives: company, countries where one may live (none means worldwide), time zones, employment, level, categories, text, pay
that nobody checks (4 to 5,500 a month was seen). Older answers have no ``salaryPeriod``. Dates: ``pubDate`` and ``expiryDate``.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, pay
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.values import line, mapping, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="Himalayas",
    complete=False,
    searchable=True,
    least_minutes=360,
    terms="Link to the posting on Himalayas and name it as the source; it changes once a day.",
    remote=True,
    aggregator=True,
)

_SIZE = 20


class Options(Base):
    """``search``: words to ask for; without any, the words of the searches; without those, the newest postings."""

    search: tuple[str, ...] = ()
    #: A country where you may live, as a name.
    country: str | None = None
    #: The most pages to read of each answer.
    pages: Count = 3
    base_url: BaseUrl = "https://himalayas.app"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on himalayas.app."""
    found = addresses.parts(address)
    return {} if found and found.host.removeprefix("www.") == "himalayas.app" else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest postings, or those of each word."""
    return tuple(_ask(options, words, 0, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 20."""
    said, found = answer(page, "Himalayas"), Postings(page.url)
    listed = rows(said, "Himalayas", "jobs")
    for row in listed:
        zones = ", ".join(texts(row.get("timezoneRestrictions")))
        found.add(
            row.get("guid") or row.get("applicationLink"),
            row.get("applicationLink") or row.get("guid"),
            row.get("title"),
            company=_company(row),
            work="remote",
            remote_areas=texts(row.get("locationRestrictions"), of="name") or ("Worldwide",),
            employment=row.get("employmentType"),
            level=row.get("seniority"),
            category=row.get("parentCategories"),
            tags=[each.replace("-", " ") for each in texts(row.get("categories"))],
            pay=pay(row.get("minSalary"), row.get("maxSalary"), row.get("currency"), row.get("salaryPeriod")),
            posted=row.get("pubDate"),
            expires=row.get("expiryDate"),
            html=row.get("description") or row.get("excerpt"),
            facts={"time zones": zones},
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "guid"), mapping(said).get("totalCount"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.turn + 1, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, words: str, turn: int, state: dict[str, str]) -> Request:
    if words or options.country:
        url = query(f"{options.base_url}/jobs/api/search", q=words, country=options.country, sort="recent", page=turn + 1)
    else:
        url = query(f"{options.base_url}/jobs/api", limit=_SIZE, offset=turn * _SIZE)
    return Request(url, state={**state, "words": words})


def _company(row: dict[str, object]) -> str | None:
    """The company; some answers carry the word "name" in its place, where the slug still tells it."""
    name, slug = line(row.get("companyName")), line(row.get("companySlug"))
    return slug.replace("-", " ") if slug and name in {None, "name"} else name
