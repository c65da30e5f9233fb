"""Rippling boards.

Endpoint: GET https://api.rippling.com/platform/api/ats/v1/board/X/jobs, a plain list of the whole board (about 1,000 rows at
most); details at /jobs/UUID. The paged v2 answers (``items``) are read too. 100 requests in 10 minutes are allowed.

Gives: title, department, one place a row: the same id comes once a place and is united. The list lacks text, date, pay and
employment; the details have them, with pay ranges a place. Dates: the details' ``createdOn``.
"""

from __future__ import annotations

import re

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPlace, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, labels, rows, sections
from alerts.parse.build import Postings, pay, place
from alerts.parse.values import line, mapping, mappings, number, path, texts
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Rippling",
    details=True,
    least_minutes=30,
    terms="At most 100 requests in 10 minutes. Rippling's terms with its customers rule out data aggregation services: "
    "read for yourself only.",
)

_CUT = 1000
_LOCALE = re.compile(r"[a-z]{2}-[A-Za-z]{2}")


class Options(Base):
    """``site`` is the board as in https://ats.rippling.com/acme/jobs."""

    site: Token
    #: The employer's name; else the board's until the details tell it.
    company: str | None = None
    base_url: BaseUrl = "https://api.rippling.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on ats.rippling.com, with or without a language, and addresses of the interface itself."""
    found = addresses.parts(address)
    if not found or found.host not in {"ats.rippling.com", "api.rippling.com"}:
        return None
    steps = found.steps[1:] if _LOCALE.fullmatch(found.step(0)) else found.steps
    if "board" in steps[:-1]:
        steps = steps[steps.index("board") + 1 :]
    elif found.host != "ats.rippling.com":
        return None
    return {"site": steps[0]} if steps and addresses.token(steps[0]) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board."""
    return (Request(_board(options)),)


def read(page: Page, options: Options) -> Reading:
    """The whole board."""
    said, found = answer(page, "Rippling"), Postings(page.url)
    for row in rows(said, "Rippling", "", "items"):
        identity = line(row.get("uuid") or row.get("id"))
        url = row.get("url") or (
            f"https://ats.rippling.com/{options.site}/jobs/{addresses.segment(identity)}" if identity else None
        )
        where = list(mappings(row.get("locations")))
        found.add(
            identity,
            url,
            row.get("name"),
            company=options.company or options.site,
            places=[_place(each) for each in where] or labels(row.get("workLocation"), "label", "name", "id"),
            work=[word for each in where for word in texts(each.get("workplaceType"))],
            category=labels(row.get("department"), "label", "name"),
            language=row.get("language"),
            detailed=False,
        )
    # The plain list is cut at 1,000 rows; of a paged answer this is the first page.
    whole = (isinstance(said, list) and len(said) < _CUT) or number(path(said, "totalPages")) in {0, 1}
    return found.reading(complete=whole, total=path(said, "totalItems"))


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text, date, employment and pay of a posting are."""
    return Request(f"{_board(options)}/{addresses.segment(raw.source_id)}")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text, date, employment and pay."""
    row = mapping(answer(page, "Rippling"))
    told = row.get("description")
    parts = [(None, told)] if isinstance(told, str) else [(None, path(told, name)) for name in ("role", "company")]
    ranges = mappings(row.get("payRangeDetails"))
    return detailed(
        raw,
        page,
        company=options.company or row.get("companyName"),
        places=texts(row.get("workLocations"), of="label"),
        # "label" is the code, "id" the words.
        employment=labels(row.get("employmentType"), "id", "label"),
        category=labels(row.get("department"), "name", "label"),
        posted=row.get("createdOn"),
        pay=[pay(each.get("rangeStart"), each.get("rangeEnd"), each.get("currency"), each.get("frequency")) for each in ranges],
        html=sections(parts),
    )


def _board(options: Options) -> str:
    return f"{options.base_url}/platform/api/ats/v1/board/{options.site}/jobs"


def _place(said: dict[str, object]) -> RawPlace | None:
    return place(said.get("name"), said.get("city"), said.get("state"), said.get("country") or said.get("countryCode"))
