"""EURES, the job search of the European Union's employment services.

Endpoint: POST https://europa.eu/eures/api/jv-searchengine/public/jv-search/search, 50 rows a page, 10,000 at most; the
interface of the portal itself, undocumented.

Gives: employer, countries, hours, text in its own language and sometimes in others (the first is taken), number of posts.
Places are countries with the codes of statistical regions (NUTS), which stand in the facts. Lacks: pay, work type. Dates:
``creationDate`` in milliseconds is when it came to EURES; ``lastModificationDate`` is the last change.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk, ids, post, wanted
from alerts.parse.values import line, mapping, path, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="EURES",
    complete=False,
    searchable=True,
    least_minutes=60,
    terms="Made for the portal itself: ask for what you search, seldom, and link to the posting there.",
    aggregator=True,
)

_SIZE = 50


class Options(Base):
    """``search`` (else the words of the searches); ``countries`` as two letters ("de", "fi")."""

    search: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pages: Count = 4
    base_url: BaseUrl = "https://europa.eu/eures"


def recognise(address: str) -> dict[str, object] | None:
    """Addresses of the portal europa.eu/eures."""
    found = addresses.parts(address)
    return {} if found and found.host in {"europa.eu", "eures.europa.eu"} and "eures" in (found.step(0), found.host[:5]) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The last week's postings, one question for each word."""
    return tuple(_ask(options, words, 1, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 50."""
    said, found = answer(page, "EURES"), Postings(page.url)
    listed = rows(said, "EURES", "jvs")
    for row in listed:
        identity, where = line(row.get("id")), mapping(row.get("locationMap"))
        languages = (*texts(row.get("availableLanguages")), *mapping(row.get("translations")))
        told = next((each for each in languages if path(row, f"translations.{each}.description")), None)
        found.add(
            identity,
            f"https://europa.eu/eures/portal/jv-se/jv-details/{addresses.segment(identity)}" if identity else None,
            row.get("title") or path(row, f"translations.{told}.title"),
            company=path(row, "employer.name"),
            places=[place(country=country) for country in where],
            employment=[*texts(row.get("positionScheduleCodes")), *texts(row.get("positionOfferingCode"))],
            posted=row.get("creationDate"),
            updated=row.get("lastModificationDate"),
            html=path(row, f"translations.{told}.description") if told else row.get("description"),
            language=told,
            facts={
                "regions": ", ".join(each for codes in where.values() for each in texts(codes)),
                "posts": row.get("numberOfPosts"),
            },
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("numberRecords"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.turn + 2, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, words: str, number: int, state: dict[str, str]) -> Request:
    body = {
        "resultsPerPage": _SIZE,
        "page": number,
        "sortSearch": "MOST_RECENT",
        "keywords": [{"keyword": words, "specificSearchCode": "EVERYWHERE"}] if words else [],
        "publicationPeriod": "LAST_WEEK",
        "locationCodes": list(options.countries),
    }
    return post(f"{options.base_url}/api/jv-searchengine/public/jv-search/search", body, {**state, "words": words})
