"""Bundesagentur für Arbeit, the German employment agency (the interface of its own job search).

Endpoint: GET https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc/v6/jobs?was=&wo=&umkreis=&veroeffentlichtseit=,
with a public key in the header; details at /pc/v4/jobdetails/BASE64(number). Unofficial: it changed its version and its keys
in August 2026, so the keys of v4 are read too. 100 rows a page, 10,000 at most.

Gives: employer, places, occupation, home office flag. The list lacks text, employment and pay; the details have them, but for
postings that partners listed (``externeURL``). Dates: ``datumErsteVeroeffentlichung`` is the day of publishing, the other
dates move with each renewal.
"""

from __future__ import annotations

import base64

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows
from alerts.parse.build import Postings, pay, place
from alerts.parse.calls import Walk, ids, query, wanted
from alerts.parse.values import flag, line, mapping, mappings, path, text
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count, Days

ABOUT = About(
    title="Bundesagentur für Arbeit",
    confidence="documented",
    complete=False,
    searchable=True,
    details=True,
    least_minutes=60,
    terms="An interface made for the agency's own site: ask for what you search, seldom, and link to the posting there.",
    aggregator=True,
)

_SIZE = 100
_KEY = {"X-API-Key": "jobboerse-jobsuche"}
_HOURS = {"arbeitszeitVollzeit": "Vollzeit", "istGeringfuegigeBeschaeftigung": "Minijob"}


class Options(Base):
    """``search`` (else the words of the searches) and ``place`` with ``radius`` in km."""

    search: tuple[str, ...] = ()
    place: str | None = None
    radius: int | None = None
    days: Days = 7
    pages: Count = 5
    base_url: BaseUrl = "https://rest.arbeitsagentur.de/jobboerse/jobsuche-service"


def recognise(address: str) -> dict[str, object] | None:
    """Searches and postings of arbeitsagentur.de/jobsuche."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") != "arbeitsagentur.de" or found.step(0) != "jobsuche":
        return None
    said: dict[str, object] = {"search": [found.query["was"]]} if found.query.get("was") else {}
    return said | ({"place": found.query["wo"]} if found.query.get("wo") else {})


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """What was published of late, one question for each word."""
    return tuple(_ask(options, words, 1, {}) for words in wanted(options.search, asking) or ("",))


def read(page: Page, options: Options) -> Reading:
    """One page of 100."""
    said, found = answer(page, "Bundesagentur für Arbeit"), Postings(page.url)
    # A search that finds nothing leaves the list out.
    none = mapping(said).get("maxErgebnisse") == 0
    listed = [] if none else rows(said, "Bundesagentur für Arbeit", "ergebnisliste", "stellenangebote")
    for row in listed:
        number = line(row.get("referenznummer") or row.get("refnr"))
        found.add(
            number,
            f"https://www.arbeitsagentur.de/jobsuche/jobdetail/{addresses.segment(number)}" if number else None,
            _title(row),
            **_fields(row),
            apply_url=row.get("externeURL") or row.get("externeUrl"),
            detailed=False,
        )
    words = page.request.state.get("words", "")
    walk = Walk.at(page, ids(listed, "referenznummer", "refnr"), mapping(said).get("maxErgebnisse"))
    more = walk.more(_SIZE, options.pages)
    return found.reading(_ask(options, words, walk.turn + 2, walk.state()) if more else None, total=walk.total)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text, employment and pay of a posting are."""
    number = base64.b64encode(raw.source_id.encode()).decode()
    return Request(f"{options.base_url}/pc/v4/jobdetails/{addresses.segment(number)}", headers=_KEY)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text, employment and pay."""
    row = mapping(answer(page, "Bundesagentur für Arbeit"))
    told = text(row.get("stellenangebotsBeschreibung"))
    return detailed(raw, page, **_fields(row), title=_title(row), apply_url=row.get("externeURL"), text=told)


def _ask(options: Options, words: str, number: int, state: dict[str, str]) -> Request:
    said = {"was": words, "wo": options.place, "umkreis": options.radius, "veroeffentlichtseit": options.days}
    url = query(f"{options.base_url}/pc/v6/jobs", **said, size=_SIZE, page=number)
    return Request(url, headers=_KEY, state={**state, "words": words})


def _title(row: dict[str, object]) -> object:
    return row.get("stellenangebotsTitel") or row.get("titel") or row.get("hauptberuf") or row.get("beruf")


def _fields(row: dict[str, object]) -> dict[str, object]:
    where = [mapping(each.get("adresse")) for each in mappings(row.get("stellenlokationen"))] or [mapping(row.get("arbeitsort"))]
    part = any(flag(row.get(key)) for key in row if str(key).startswith("arbeitszeitTeilzeit"))
    hours = [word for key, word in _HOURS.items() if flag(row.get(key))] + (["Teilzeit"] if part else [])
    kind = {"AUSBILDUNG": "Ausbildung", "PRAKTIKUM_TRAINEE": "Praktikum"}.get(text(row.get("stellenangebotsart")) or "")
    lasting = "befristet" if text(row.get("vertragsdauer")) == "BEFRISTET" else None
    period = text(row.get("verguetungsangabe"))
    return {
        "company": row.get("firma") or row.get("arbeitgeber"),
        "places": [place(None, each.get("ort"), each.get("region"), each.get("land")) for each in where],
        "work": _office(row),
        "employment": [*hours, kind, lasting],
        "category": row.get("hauptberuf") or row.get("beruf"),
        "pay": pay(row.get("gehaltsspanneVon"), row.get("gehaltsspanneBis"), "EUR", period),
        "posted": row.get("datumErsteVeroeffentlichung") or row.get("aktuelleVeroeffentlichungsdatum"),
        "updated": row.get("aenderungsdatum") or row.get("modifikationsTimestamp"),
        "expires": path(row, "veroeffentlichungszeitraum.bis"),
    }


def _office(row: dict[str, object]) -> str | None:
    """What is said of working at home, in words ("Homeoffice nach vereinbarung"); nothing where it is not offered."""
    said = (line(row.get("homeofficetyp")) or "").lower().replace("_", " ")
    if flag(row.get("homeofficemoeglich")) is False or said.startswith(("kein", "nicht")):
        return None
    return f"Homeoffice {said}" if said else "Homeoffice möglich" if flag(row.get("homeofficemoeglich")) else None
