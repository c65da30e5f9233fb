"""Remote OK, a board of remote jobs.

Endpoint: GET https://remoteok.com/api, the 100 newest, no paging; ``tags`` narrows it. The first row is the legal notice.

Gives: title, company, place, tags, text. A salary of 0 means *not stated*; figures are dollars a year, which the interface
does not say and which is therefore left open. Places are cut at a comma by the publisher. Texts are often UTF-8 that was
read as Latin-1: repaired where, and only where, the repair is certain. Dates: ``date`` is the day of publishing.
"""

from __future__ import annotations

import re

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, pay
from alerts.parse.calls import query
from alerts.parse.values import items, text, texts
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Remote OK",
    complete=False,
    least_minutes=30,
    terms="Link back to the posting on Remote OK with a followed link and name it as the source; do not use its logo.",
    remote=True,
    aggregator=True,
)

_MANGLED = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")


class Options(Base):
    """``tags`` narrow the list to postings that carry one of them."""

    tags: tuple[str, ...] = ()
    base_url: BaseUrl = "https://remoteok.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on remoteok.com; a list of a tag (/remote-python-jobs) becomes the tag."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") not in {"remoteok.com", "remoteok.io"}:
        return None
    match = re.fullmatch(r"remote-([a-z0-9+-]+)-jobs", found.step(0))
    return {"tags": [match[1]]} if match else {}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest postings."""
    return (Request(query(f"{options.base_url}/api", tags=",".join(options.tags))),)


def read(page: Page, options: Options) -> Reading:
    """The newest postings."""
    found = Postings(page.url)
    for row in rows(answer(page, "Remote OK"), "Remote OK", ""):
        if "legal" in row and "id" not in row:
            continue
        found.add(
            row.get("id"),
            row.get("url"),
            _mended(row.get("position")),
            company=_mended(row.get("company")),
            apply_url=row.get("apply_url"),
            places=(_mended(row.get("location")) or "").rstrip(" ,"),
            work="remote",
            tags=[_mended(each) for each in items(row.get("tags"))] or texts(row.get("tags")),
            pay=pay(row.get("salary_min"), row.get("salary_max")),
            posted=row.get("date") or row.get("epoch"),
            html=_mended(row.get("description")),
        )
    return found.reading()


def _mended(value: object) -> str | None:
    """Text whose UTF-8 bytes stand there as Latin-1 letters, put right sequence by sequence; other letters stay."""
    return text(_MANGLED.sub(lambda found: _decoded(found[0]), value)) if isinstance(value, str) else None


def _decoded(letters: str) -> str:
    try:
        return letters.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return letters
