"""Teamtailor career sites: the public feed of jobs, as RSS or as JSON Feed.

Endpoint: ``GET https://{site}.teamtailor.com/jobs.rss?per_page=100&offset=N`` (or ``base_url``, on a domain of its own); the
answer of ``/jobs.json`` is read too. The RSS gives id, title, text, places in parts, department, role and work type ("none",
"hybrid", "fully", "temporary"); the JSON gives the same with a schema.org object (address, employment type, pay, end) but no
department and no work type. Lacks pay, mostly. The feed's title is the employer. Date: the publishing date.
"""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import feed, jobposting
from alerts.parse.addresses import parts, token
from alerts.parse.build import Postings, place
from alerts.parse.feed_entry import Entry
from alerts.sources._hosted import Hosted

ABOUT = About("Teamtailor")

_SIZE = 100
#: Addresses of jobs end so, on domains of their own too.
_JOB = re.compile(r"/jobs/\d+-")
_WORK = {"none": "onsite", "fully": "remote", "hybrid": "hybrid", "temporary": "temporary remote"}


class Options(Hosted):
    """``site``: the name before .teamtailor.com ("acme", "acme.na"); ``base_url``: a domain of its own."""

    site: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,98}(\.[a-z]{2})?$")
    domain: ClassVar[str] = "teamtailor.com"


def recognise(address: str) -> dict[str, object] | None:
    """Career sites under teamtailor.com, in all its regions."""
    given = parts(address)
    if given is None or not given.host.endswith(".teamtailor.com"):
        return None
    site = given.host.removesuffix(".teamtailor.com")
    name, _, region = site.partition(".")
    known = region in {"", "na", "au", "eu"} and name not in {"www", "app", "api", "support", "career", "docs", "help"}
    return {"site": site} if known and token(name) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The first page of the feed."""
    return (Request(f"{options.root}/jobs.rss?per_page={_SIZE}&offset=0"),)


def read(page: Page, options: Options) -> Reading:
    """The jobs of one page; a full page may have another after it."""
    said = feed.read(page.body)
    if said.entries and not any(map(_is_job, said.entries)):
        raise ReadError("a feed, but not one of Teamtailor's jobs")
    found = Postings(page.url)
    for problem in said.problems:
        found.problem(problem)
    for entry in said.entries:
        fields = jobposting.fields(dict(entry.jobposting))
        fields |= {
            "company": options.company or said.title or fields["company"],
            "places": [place(*each) for each in entry.places] or fields["places"],
            "work": [_WORK.get(word.lower(), word) for word in entry.extra.get("work", ())] or fields["work"],
            "category": [*entry.extra.get("category", ())] or fields["category"],
            "posted": entry.posted or fields["posted"],
            "html": entry.html or fields["html"],
            "language": entry.language,
        }
        found.add(entry.id or entry.link, entry.link or entry.id, entry.title, **fields)
    onward = _next(page, options, len(said.entries))
    return found.reading(onward, complete=onward is None and not said.problems, name=said.title, cut=said.cut)


def _is_job(entry: Entry) -> bool:
    return bool(entry.jobposting or entry.places or "work" in entry.extra or _JOB.search(entry.link or ""))


def _next(page: Page, options: Options, count: int) -> Request | None:
    asked = parse_qs(urlsplit(page.request.url).query).get("offset", [""])[0]
    if count < _SIZE or not (asked.isascii() and asked.isdigit()) or int(asked) > 20_000:
        return None
    return Request(f"{options.root}/jobs.rss?per_page={_SIZE}&offset={int(asked) + count}")
