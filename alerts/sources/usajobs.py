"""USAJOBS, the job board of the government of the United States.

Endpoint: GET https://data.usajobs.gov/api/search?Keyword=&LocationName=&ResultsPerPage=500&Page=N with a free key of your
own; the User-Agent must be the e-mail address that the key was given to. 10,000 rows a question; unknown parameters are
ignored without a word.

Gives: all fields, pay with the code of its period (PA a year, PH an hour …), grades, closing date. Dates:
``PublicationStartDate`` is the day of publishing, ``ApplicationCloseDate`` the end.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPay, RawPlace, Reading
from alerts.parse.answers import answer, flagged, labels, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, query, wanted
from alerts.parse.values import line, mapping, mappings, path, texts
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count, Days

ABOUT = About(
    title="USAJOBS",
    complete=False,
    searchable=True,
    least_minutes=30,
    terms="A key is for the use it was registered for: your own. Do not sell what it returns or build other services on it.",
    aggregator=True,
)

_SIZE = 500


class Options(Base):
    """``email`` and ``key`` as registered at https://developer.usajobs.gov."""

    email: str
    key: Secret
    search: tuple[str, ...] = ()
    place: str | None = None
    remote: bool = False
    days: Days = 30
    pages: Count = 2
    base_url: BaseUrl = "https://data.usajobs.gov"


def recognise(address: str) -> dict[str, object] | None:
    """Nothing: a key is needed, which no address tells."""
    return None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """What was published of late, one question for each word."""
    return tuple(_ask(options, words, 1, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page."""
    said, found = answer(page, "USAJOBS"), Postings(page.url)
    listed = rows(said, "USAJOBS", "SearchResult.SearchResultItems")
    for item in listed:
        row = mapping(item.get("MatchedObjectDescriptor"))
        told = mapping(path(row, "UserArea.Details"))
        where = [_place(each) for each in mappings(row.get("PositionLocation"))]
        apply = next(iter(texts(row.get("ApplyURI"))), None)
        found.add(
            item.get("MatchedObjectId") or row.get("PositionID"),
            (line(row.get("PositionURI"), 4000) or "").replace(".gov:443/", ".gov/"),
            row.get("PositionTitle"),
            company=row.get("OrganizationName") or row.get("DepartmentName"),
            apply_url=(apply or "").replace(".gov:443/", ".gov/"),
            places=where or row.get("PositionLocationDisplay"),
            work=flagged(remote=told.get("RemoteIndicator") or row.get("RemoteIndicator")),
            employment=[*labels(row.get("PositionSchedule"), "Name"), *labels(row.get("PositionOfferingType"), "Name")],
            category=labels(row.get("JobCategory"), "Name"),
            pay=[_pay(each) for each in mappings(row.get("PositionRemuneration"))],
            posted=row.get("PublicationStartDate"),
            expires=row.get("ApplicationCloseDate"),
            html=_text(row, told),
            requisition=row.get("PositionID"),
            facts={
                "clearance": told.get("SecurityClearance"),
                "telework": "yes" if told.get("TeleworkEligible") is True else None,
                "who may apply": path(told, "WhoMayApply.Name"),
            },
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, [each.get("MatchedObjectId") for each in listed], path(said, "SearchResult.SearchResultCountAll"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.turn + 2, walk.state()) if more else None, total=walk.total)


def _ask(options: Options, words: str, number: int, state: dict[str, str]) -> Request:
    said = {"Keyword": words, "LocationName": options.place, "RemoteIndicator": "True" if options.remote else None}
    url = query(f"{options.base_url}/api/search", **said, DatePosted=min(options.days, 60), ResultsPerPage=_SIZE, Page=number)
    secret = {"Authorization-Key": options.key.get_secret_value()}
    return Request(url, headers={"User-Agent": options.email}, secret_headers=secret, state={**state, "words": words})


def _place(said: dict[str, object]) -> RawPlace | None:
    return place(said.get("LocationName"), None, said.get("CountrySubDivisionCode"), said.get("CountryCode"))


def _pay(said: dict[str, object]) -> RawPay | None:
    # All pay of the federal government is in dollars.
    return pay(said.get("MinimumRange"), said.get("MaximumRange"), "USD", said.get("RateIntervalCode"))


def _text(row: dict[str, object], told: dict[str, object]) -> str | None:
    duties = "".join(f"<p>{each}</p>" for each in texts(told.get("MajorDuties")))
    parts = [("Summary", told.get("JobSummary")), ("Duties", duties), ("Requirements", told.get("Requirements"))]
    return sections([*parts, ("Qualifications", row.get("QualificationSummary")), ("Education", told.get("Education"))])
