"""Comeet boards (Careers API).

Endpoint: GET https://www.comeet.co/careers-api/2.0/company/UID/positions?token=TOKEN&details=true, the whole board with its
texts. The token is public, in the script of every career page; where ``token`` is not set it is read from the board's page
on comeet.com first. It is kept out of logs all the same.

Gives: place, work type, employment, level, department, the text in parts. Lacks: company, pay, and **the day of publishing**:
``time_updated`` is the last change and is handed on as that only. The e-mail address of a position is left out.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, flagged, rows, sections
from alerts.parse.build import Postings, place
from alerts.parse.decode import decode
from alerts.parse.values import line, mapping, mappings, number
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="Comeet",
    terms="Made for showing an employer's jobs on its own pages; read for yourself and link to the posting.",
)

_PUBLIC = re.compile(r"""["']?token["']?\s*[:=]\s*["']([A-Za-z0-9]{12,80})["']""")


class Options(Base):
    """``site`` and ``uid`` as in https://www.comeet.com/jobs/SITE/UID ("acme", "30.005")."""

    site: Token
    uid: Token
    token: Secret | None = None
    company: str | None = None
    base_url: BaseUrl = "https://www.comeet.co"
    #: Where the boards are that people see.
    pages_url: BaseUrl = "https://www.comeet.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs on comeet.com/jobs."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") not in {"comeet.com", "comeet.co"} or found.step(0) != "jobs":
        return None
    site, uid = addresses.token(found.step(1)), addresses.token(found.step(2))
    return {"site": site, "uid": uid} if site and uid else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The whole board, or the page that carries its token."""
    if options.token:
        return (_ask(options, options.token.get_secret_value()),)
    return (Request(f"{options.pages_url}/jobs/{options.site}/{options.uid}", conditional=False),)


def read(page: Page, options: Options) -> Reading:
    """The whole board, or the page that carries its token."""
    if page.body.lstrip()[:1] == b"<":
        match = _PUBLIC.search(decode(page.body))
        if not match:
            raise ReadError(
                "the board's page on comeet.com carries no token; find it in the employer's career page and set token"
            )
        return Reading(next=_ask(options, match[1]))
    found = Postings(page.url)
    for row in rows(answer(page, "Comeet"), "Comeet", "", "data", "positions"):
        where, identity = mapping(row.get("location")), line(row.get("uid"))
        parts = sorted(mappings(row.get("details")), key=lambda each: number(each.get("order")) or 0)
        found.add(
            identity,
            row.get("url_active_page") or row.get("url_comeet_hosted_page") or row.get("careers_page_url") or _page(options, row),
            row.get("name"),
            company=row.get("company_name") or options.company or options.site,
            places=place(where.get("name"), where.get("city"), where.get("state"), where.get("country")),
            work=row.get("workplace_type") or flagged(remote=where.get("is_remote")),
            employment=row.get("employment_type"),
            level=row.get("experience_level"),
            category=row.get("department"),
            updated=row.get("time_updated"),
            html=sections((each.get("name"), each.get("value")) for each in parts),
            requisition=row.get("position_company_number"),
        )
    return found.reading(complete=True)


def _ask(options: Options, token: str) -> Request:
    url = f"{options.base_url}/careers-api/2.0/company/{options.uid}/positions?details=true"
    return Request(url, secret_query={"token": token})


def _page(options: Options, row: dict[str, object]) -> str | None:
    """The position's page as Comeet builds its address; the words of the title in it are for people."""
    identity, title = line(row.get("uid")), line(row.get("name")) or ""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "position"
    return f"{options.pages_url}/jobs/{options.site}/{options.uid}/{words}/{addresses.segment(identity)}" if identity else None
