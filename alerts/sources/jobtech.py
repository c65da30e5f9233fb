"""Arbetsförmedlingen, the Swedish employment agency (JobTech's JobSearch; its data is CC0).

Endpoint: GET https://jobsearch.api.jobtechdev.se/search?q=&limit=100&offset=N&published-after=, no key; offset and limit
together at most about 2,000 to 10,000. The raw answers of its search engine (``hits.hits[]._source``) are read too.

Gives: employer, place, occupation, employment, hours, skills, pay as text, closing date, the whole text. Dates:
``publication_date`` is the day of publishing, ``application_deadline`` the end, else ``last_publication_date``.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, labels, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.values import line, mapping, path
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="Arbetsförmedlingen (JobTech)",
    complete=False,
    searchable=True,
    least_minutes=15,
    terms="Free to use (CC0).",
    aggregator=True,
)

_SIZE, _CAP = 100, 2000
_SITE = "https://arbetsformedlingen.se/platsbanken/annonser"
_FACTS = {"experience_required": "experience", "driving_license_required": "driving licence", "access_to_own_car": "own car"}


class Options(Base):
    """``search`` (else the words of the searches); ``region`` is a code of JobTech's taxonomy."""

    search: tuple[str, ...] = ()
    region: str | None = None
    remote: bool = False
    pages: Count = 5
    base_url: BaseUrl = "https://jobsearch.api.jobtechdev.se"


def recognise(address: str) -> dict[str, object] | None:
    """The interface itself, and searches and postings of Platsbanken."""
    found = addresses.parts(address)
    if not found:
        return None
    agency = found.host.removeprefix("www.") == "arbetsformedlingen.se" and found.step(0) == "platsbanken"
    if not agency and found.host != "jobsearch.api.jobtechdev.se":
        return None
    return {"search": [found.query["q"]]} if found.query.get("q") else {}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """What was published since the last reading, newest first, one question for each word."""
    since = asking.since.strftime("%Y-%m-%dT%H:%M:%S") if asking.since else ""
    return tuple(_ask(options, words, 0, {"since": since}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 100."""
    said, found = answer(page, "JobTech"), Postings(page.url)
    listed = [mapping(each.get("_source")) or each for each in rows(said, "JobTech", "hits", "hits.hits")]
    for row in listed:
        if row.get("removed") is True:
            continue
        identity, where = line(row.get("id")), mapping(row.get("workplace_address"))
        skills = (each for wish in ("must_have", "nice_to_have") for each in labels(path(row, f"{wish}.skills"), "label"))
        found.add(
            identity,
            row.get("webpage_url") or (f"{_SITE}/{addresses.segment(identity)}" if identity else None),
            row.get("headline"),
            company=path(row, "employer.name") or path(row, "employer.workplace"),
            apply_url=path(row, "application_details.url"),
            places=place(None, where.get("city") or where.get("municipality"), where.get("region"), where.get("country")),
            work=flagged(remote=row.get("remote_work")),
            employment=[path(row, f"{key}.label") for key in ("working_hours_type", "employment_type", "duration")],
            category=[path(row, f"{key}.label") for key in ("occupation", "occupation_group", "occupation_field")],
            tags=skills,
            pay=pay(said=row.get("salary_description")),
            posted=row.get("publication_date"),
            expires=row.get("application_deadline") or row.get("last_publication_date"),
            html=path(row, "description.text_formatted"),
            text=path(row, "description.text"),
            facts={word: _yes_no(row.get(key)) for key, word in _FACTS.items()},
        )
    state = page.request.state
    walk = Walk.at(page, ids(listed, "id"), path(said, "total.value") or path(said, "hits.total.value"))
    more = walk.more(_SIZE, options.pages) and walk.seen < _CAP
    next_state = walk.state(since=state.get("since", ""))
    return found.reading(_ask(options, state.get("words", ""), walk.seen, next_state) if more else None, total=walk.total)


def _ask(options: Options, words: str, offset: int, state: dict[str, str]) -> Request:
    said = {"q": words, "region": options.region, "remote": options.remote or None, "published-after": state.get("since")}
    url = query(f"{options.base_url}/search", **said, sort="pubdate-desc", limit=_SIZE, offset=offset)
    return Request(url, headers={"Accept": "application/json"}, state={**state, "words": words})


def _yes_no(value: object) -> str | None:
    return None if not isinstance(value, bool) else "yes" if value else "no"
