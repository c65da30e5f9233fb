"""listings.json: the lists of SimplifyJobs and kin on GitHub (new graduates, internships).

Endpoint: the file itself, ``https://raw.githubusercontent.com/{owner}/{repository}/{branch}/.github/scripts/listings.json``.
Gives id, employer, title, places, the address of the posting at the employer's system, category, terms, degrees, and what is
known of sponsorship. Lacks text, pay and work type. Only rows that are both active and visible are open. Dates: ``date_posted``
is when the list took the posting up, ``date_updated`` when its row was last touched (epoch seconds, both).
"""

from __future__ import annotations

import re

from alerts.model.options import Located
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse.addresses import link, parts, token
from alerts.parse.build import Postings
from alerts.parse.jsontext import listed, load
from alerts.parse.values import line, mappings, texts
from alerts.sources._keys import Address

ABOUT = About("listings.json (SimplifyJobs and kin)", aggregator=True)

_RAW = "https://raw.githubusercontent.com"
#: Where the file lies in the lists that are known to have one.
_PATH = ".github/scripts/listings.json"
_OWNERS = {"simplifyjobs": "dev", "vanshb03": "dev", "cvrve": "dev"}


class Options(Located):
    """``url``: the address of the file. ``internship``: all its rows are internships."""

    url: Address
    internship: bool = False


def recognise(address: str) -> dict[str, object] | None:
    """A listings.json on GitHub, and the repositories that are known to keep one."""
    given = parts(address)
    if given is None:
        return None
    if given.host == "raw.githubusercontent.com" and given.step(len(given.steps) - 1) == "listings.json":
        return _options(link(address) or "")
    owner, repository = given.step(0).lower(), token(given.step(1))
    if given.host in {"github.com", "www.github.com"} and owner in _OWNERS and repository:
        branch = given.step(3) if given.step(2) in {"tree", "blob"} and token(given.step(3)) else _OWNERS[owner]
        return _options(f"{_RAW}/{given.step(0)}/{repository}/{branch}/{_PATH}")
    return None


def _options(url: str) -> dict[str, object]:
    return {"url": url, "internship": True} if re.search(r"intern", url, re.IGNORECASE) else {"url": url}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The file."""
    return (Request(options.url),)


def read(page: Page, options: Options) -> Reading:
    """The rows that are open."""
    found = Postings(page.url)
    for row in mappings(listed(load(page.body), "listings", "jobs")):
        if row.get("active") is False or row.get("is_visible") is False:
            continue
        sponsorship = line(row.get("sponsorship"))
        found.add(
            row.get("id"),
            row.get("url"),
            row.get("title"),
            company=row.get("company_name"),
            places=texts(row.get("locations")),
            employment="Internship" if options.internship or row.get("terms") else None,
            category=row.get("category"),
            tags=row.get("terms"),
            posted=row.get("date_posted"),
            updated=row.get("date_updated"),
            facts={
                "sponsorship": None if sponsorship == "Other" else sponsorship,
                "degrees": ", ".join(texts(row.get("degrees"))),
            },
        )
    return found.reading(complete=True)
