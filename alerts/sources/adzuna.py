"""Adzuna, a search engine for jobs in 19 countries.

Endpoint: GET https://api.adzuna.com/v1/api/jobs/CC/search/PAGE with a free id and key of your own, 50 rows a page; 25
requests a minute, 250 a day by default. An unknown parameter is answered with 400.

Gives: company, place as a path of areas, contract, category. Descriptions are cut at 500 characters. **Pay**: where
``salary_is_predicted`` is "1" the figures are a guess of Adzuna, handed on as such. They are in the currency of the country,
and their period is not said. Dates: ``created``.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.markup import plain
from alerts.parse.values import flag, mapping, path, texts
from alerts.sources._keys import BaseUrl, Token
from alerts.sources._limits import Count, Days

ABOUT = About(
    title="Adzuna",
    complete=False,
    searchable=True,
    least_minutes=180,
    terms='Show "Jobs by Adzuna" with a link; 250 requests a day by default; keep nothing once the key has ended, and no '
    "commercial use after the trial.",
    aggregator=True,
)

_SIZE = 50
#: Of the countries outside the euro.
_PAIRS = "au:AUD br:BRL ca:CAD ch:CHF gb:GBP in:INR mx:MXN nz:NZD pl:PLN sg:SGD us:USD za:ZAR"
_CURRENCIES = dict(pair.split(":") for pair in _PAIRS.split())


class Options(Base):
    """``id`` and ``key`` as registered at https://developer.adzuna.com; ``country`` as its two letters ("us", "gb")."""

    id: Secret
    key: Secret
    country: Token
    search: tuple[str, ...] = ()
    place: str | None = None
    days: Days = 7
    pages: Count = 2
    base_url: BaseUrl = "https://api.adzuna.com"


def recognise(address: str) -> dict[str, object] | None:
    """Nothing: a key is needed, which no address tells."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest postings, one question for each word."""
    return tuple(_ask(options, words, 1, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 50."""
    said, found = answer(page, "Adzuna"), Postings(page.url)
    listed, currency = rows(said, "Adzuna", "results"), _CURRENCIES.get(options.country.lower(), "EUR")
    for row in listed:
        areas = dict(enumerate(texts(path(row, "location.area"))))  # country, state, county, town …
        found.add(
            row.get("id"),
            row.get("redirect_url"),
            plain(row.get("title")),
            company=path(row, "company.display_name"),
            places=place(path(row, "location.display_name"), areas.get(max(3, len(areas) - 1)), areas.get(1), areas.get(0)),
            employment=[row.get("contract_time"), row.get("contract_type")],
            category=path(row, "category.label"),
            pay=pay(
                row.get("salary_min"), row.get("salary_max"), currency, predicted=flag(row.get("salary_is_predicted")) is True
            ),
            posted=row.get("created"),
            html=row.get("description"),
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("count"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.turn + 2, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, words: str, number: int, state: dict[str, str]) -> Request:
    said = {"what": words, "where": options.place, "max_days_old": options.days, "sort_by": "date"}
    url = query(f"{options.base_url}/v1/api/jobs/{options.country.lower()}/search/{number}", **said, results_per_page=_SIZE)
    secret = {"app_id": options.id.get_secret_value(), "app_key": options.key.get_secret_value()}
    return Request(url, secret_query=secret, headers={"Accept": "application/json"}, state={**state, "words": words})
