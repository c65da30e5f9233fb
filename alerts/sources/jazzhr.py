"""JazzHR boards: the XML feed of jobs, whole board in one answer, rebuilt once a day.

Endpoint: ``GET {base_url}/feeds/export/jobs/{site}``. Gives id, title, department, city, state and country (often empty), type,
experience and text. Lacks pay and work type; an employer may expose fewer jobs here than on its page
(``https://{site}.applytojob.com/apply``, which kind ``sitemap`` or ``page`` reads). Date: ``original_open_date``
where there is one, else the time stamp in the id (``job_YYYYMMDDHHMMSS_…``), which is when the job was made.
"""

from __future__ import annotations

import re

from alerts.model.errors import ReadError
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse.addresses import link, parts, spoken, token
from alerts.parse.build import Postings, place
from alerts.parse.xmltext import child, tree
from alerts.sources._keys import BaseUrl, Token

ABOUT = About("JazzHR", confidence="documented", least_minutes=60)

_STAMP = re.compile(r"job_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})_")


class Options(_Options):
    """``site``: the name before .applytojob.com. ``company``: the employer's name, if it differs."""

    site: Token
    company: str | None = None
    base_url: BaseUrl = "https://app.jazz.co"


def recognise(address: str) -> dict[str, object] | None:
    """Boards and jobs under applytojob.com, and the feed's own address."""
    given = parts(address)
    if given is None:
        return None
    feed = given.host == "app.jazz.co" and given.steps[:3] == ("feeds", "export", "jobs")
    site = token(given.step(3)) if feed else given.under("applytojob.com")
    return {"site": site} if site and site != "app" else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    return (Request(f"{options.base_url}/feeds/export/jobs/{options.site}"),)


def read(page: Page, options: Options) -> Reading:
    """The open jobs of the feed."""
    root = tree(page.body)
    jobs = list(root.iter("job"))
    ours = [each for each in jobs if _STAMP.match(child(each, "id") or "") or "applytojob.com/" in (child(each, "url") or "")]
    if root.tag != "jobs" or (jobs and not ours):
        raise ReadError("XML, but not JazzHR's list of jobs")
    found = Postings(page.url)
    for row in jobs:
        if (child(row, "status") or "open").lower() in {"closed", "filled", "cancelled", "draft"}:
            continue
        identity, url = child(row, "id"), link(child(row, "url") or child(row, "buttons"))
        stamp = _STAMP.match(identity or "")
        found.add(
            identity,
            re.sub(r"^http:", "https:", url) if url else None,
            child(row, "title"),
            company=options.company or spoken(options.site),
            places=place(None, child(row, "city"), child(row, "state"), child(row, "country")),
            employment=child(row, "type"),
            level=child(row, "experience"),
            category=child(row, "department"),
            posted=child(row, "original_open_date") or ("{}-{}-{}T{}:{}:{}Z".format(*stamp.groups()) if stamp else None),
            html=child(row, "description"),
        )
    return found.reading(complete=True)
