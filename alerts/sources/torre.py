"""Torre, a board mostly of remote jobs, strong in Latin America.

Endpoint: POST https://search.torre.co/opportunities/_search/?size=20&offset=N with a question in JSON; details at
https://torre.ai/api/suite/opportunities/ID. The interface of its own pages; its documentation is gone.

Gives: company, countries, remote flag, employment, skills, pay with its period where shown, the address to apply at (often
the employer's own board). The list has only a line of text. Dates: ``created``, and ``deadline`` as the end.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPay, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, flagged, labels, rows, sections
from alerts.parse.build import Postings, pay
from alerts.parse.calls import Walk, ids, post, wanted
from alerts.parse.values import line, mapping, mappings, path, text, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="Torre",
    complete=False,
    searchable=True,
    details=True,
    least_minutes=60,
    terms="Made for its own pages: ask for what you search, seldom, and link to the posting on Torre.",
    aggregator=True,
)

_SIZE = 20


class Options(Base):
    """``search``: words to ask for; without any, the words of the searches."""

    search: tuple[str, ...] = ()
    pages: Count = 3
    base_url: BaseUrl = "https://search.torre.co"
    #: Where the details are.
    details_url: BaseUrl = "https://torre.ai"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on torre.ai and torre.co."""
    found = addresses.parts(address)
    return {} if found and found.host.removeprefix("www.") in {"torre.ai", "torre.co", "search.torre.co"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest postings, one question for each word."""
    return tuple(_ask(options, words, 0, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 20."""
    said, found = answer(page, "Torre"), Postings(page.url)
    listed = rows(said, "Torre", "results")
    for row in listed:
        if text(row.get("status")) not in {None, "open"}:
            continue
        identity, slug = line(row.get("id")), line(row.get("slug"))
        way = "-".join(addresses.segment(each) for each in (identity, slug) if each)
        remote, where = row.get("remote") is True, texts(row.get("locations"))
        anywhere = ("Worldwide",) if path(row, "place.anywhere") is True else ()
        paid = mapping(path(row, "compensation.data"))
        shown = path(row, "compensation.visible") is not False
        found.add(
            identity,
            f"https://torre.ai/post/{way}" if identity else None,
            row.get("objective"),
            company=next(iter(labels(row.get("organizations"), "name")), None),
            apply_url=row.get("externalApplicationUrl"),
            places=() if remote else where,
            work=flagged(remote=remote),
            remote_areas=(where or anywhere) if remote else (),
            employment=[*texts(row.get("type")), *texts(row.get("commitment"))],
            tags=labels(row.get("skills"), "name"),
            pay=_pay(paid) if shown else None,
            posted=row.get("created"),
            expires=row.get("deadline"),
            text=row.get("tagline"),
            detailed=False,
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "id"), mapping(said).get("total"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.seen, walk.state()) if more else None, total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text of a posting is."""
    return Request(f"{options.details_url}/api/suite/opportunities/{addresses.segment(raw.source_id)}")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text."""
    parts = mappings(mapping(answer(page, "Torre")).get("details"))
    return detailed(raw, page, html=sections((each.get("code"), each.get("content")) for each in parts))


def _pay(said: dict[str, object]) -> RawPay | None:
    return pay(said.get("minAmount"), said.get("maxAmount"), said.get("currency"), said.get("periodicity"))


def _ask(options: Options, words: str, offset: int, state: dict[str, str]) -> Request:
    named: list[object] = [{"keywords": {"term": words, "locale": "en"}}] if words else []
    url = f"{options.base_url}/opportunities/_search/?size={_SIZE}&offset={offset}&lang=en&aggregate=false"
    return post(url, {"and": [*named, {"status": {"code": "open"}}]}, {**state, "words": words})
