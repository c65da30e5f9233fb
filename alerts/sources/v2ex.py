"""V2EX, a Chinese forum with boards for jobs.

Endpoint: GET https://www.v2ex.com/api/topics/show.json?node_name=NODE, the newest topics of a board; 600 requests an hour.

Gives: title, text, date. A topic is free text: company, place and pay are not told apart, and some topics are by people who
look for work. Dates: ``created``.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings
from alerts.parse.calls import query
from alerts.parse.values import flag
from alerts.sources._keys import BaseUrl, Token

ABOUT = About(
    title="V2EX",
    complete=False,
    least_minutes=15,
    terms="A public interface of the forum, 600 requests an hour; link to the topic.",
    aggregator=True,
)


class Options(Base):
    """``node`` is the board: "jobs", "remote", "outsourcing"."""

    node: Token = "jobs"
    base_url: BaseUrl = "https://www.v2ex.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards for jobs: /go/jobs and its kin."""
    found = addresses.parts(address)
    if not found or found.host not in {"www.v2ex.com", "v2ex.com"} or found.step(0) != "go":
        return None
    return {"node": found.step(1)} if addresses.token(found.step(1)) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest topics."""
    return (Request(query(f"{options.base_url}/api/topics/show.json", node_name=options.node)),)


def read(page: Page, options: Options) -> Reading:
    """The newest topics."""
    found = Postings(page.url)
    for row in rows(answer(page, "V2EX"), "V2EX", "", "topics"):
        if flag(row.get("deleted")):
            continue
        found.add(
            row.get("id"),
            row.get("url"),
            row.get("title"),
            work="remote" if "remote" in (options.node, row.get("_node")) else None,
            posted=row.get("created"),
            html=row.get("content_rendered"),
            text=row.get("content"),
            language="zh",
        )
    return found.reading()
