"""Softgarden career sites: the whole board as a schema.org data feed.

Endpoint: ``GET https://{site}.career.softgarden.de/jobs.feed.json`` (or ``base_url``: customers also have hosts under
softgarden.io and of their own). Gives each job as a schema.org JobPosting: id, title, address, employer, places, employment
type, dates, text. Lacks pay and work type, mostly. Date: ``datePosted``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import jobposting, jsonld
from alerts.parse.addresses import parts
from alerts.parse.build import Postings
from alerts.parse.jsontext import load
from alerts.parse.values import line, mapping, path
from alerts.sources._hosted import Hosted

ABOUT = About("Softgarden", confidence="documented")


class Options(Hosted):
    """``site``: the name before .career.softgarden.de; ``base_url``: a domain of its own."""

    domain: ClassVar[str] = "career.softgarden.de"


def recognise(address: str) -> dict[str, object] | None:
    """Career sites and the jobs on them, and the feed's own address on any host."""
    given = parts(address)
    if given is None:
        return None
    site = given.under("career.softgarden.de")
    if site:
        return {"site": site}
    return {"base_url": given.origin} if given.under("softgarden.io") or given.steps[-1:] == ("jobs.feed.json",) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    return (Request(f"{options.root}/jobs.feed.json"),)


def read(page: Page, options: Options) -> Reading:
    """The postings of the feed."""
    answer = load(page.body)
    items = jsonld.job_postings(answer)
    if not items and "dataFeedElement" not in mapping(answer):
        raise ReadError("JSON, but not a schema.org DataFeed of job postings")
    found = Postings(page.url)
    for item in items:
        fields = jobposting.fields(item)
        fields["company"] = options.company or fields["company"]
        address = jobposting.address(item)
        found.add(_identity(item) or address, address, jobposting.title(item), **fields)
    return found.reading(complete=True)


def _identity(item: dict[str, Any]) -> str | None:
    return line(path(item, "identifier.value")) or line(item.get("identifier")) or line(item.get("@id"))
