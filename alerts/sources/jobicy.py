"""Jobicy, a board of remote jobs.

Endpoint: GET https://jobicy.com/api/v2/remote-jobs?count=100&geo=&industry=&tag=, the newest, no paging, 3 hours late;
an unknown parameter is answered with 400.

Gives: company, where one may live, employment, level, industry (entities escaped), text, pay where stated. Dates:
``pubDate``; older answers write it without a zone.
"""

from __future__ import annotations

import html

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, rows
from alerts.parse.build import Postings, pay
from alerts.parse.calls import query
from alerts.parse.values import line, mapping, texts
from alerts.sources._keys import BaseUrl

ABOUT = About(
    title="Jobicy",
    complete=False,
    least_minutes=60,
    terms="At most one reading an hour; link to the posting on Jobicy, leave its text as it is, and do not pass it on to "
    "other job sites.",
    remote=True,
    aggregator=True,
)


class Options(Base):
    """``geo``, ``industry`` and ``tag`` narrow the list, with Jobicy's own words ("canada", "engineering", "python")."""

    geo: str | None = None
    industry: str | None = None
    tag: str | None = None
    base_url: BaseUrl = "https://jobicy.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on jobicy.com but its feeds, which the kind ``rss`` reads."""
    found = addresses.parts(address)
    if not found or found.host.removeprefix("www.") != "jobicy.com" or "feed" in (*found.steps, *found.query):
        return None
    return {key: found.query[key] for key in ("geo", "industry", "tag") if key in found.query}


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest postings."""
    said = {"geo": options.geo, "industry": options.industry, "tag": options.tag}
    return (Request(query(f"{options.base_url}/api/v2/remote-jobs", count=100, **said)),)


def read(page: Page, options: Options) -> Reading:
    """The newest postings."""
    said, found = answer(page, "Jobicy"), Postings(page.url)
    for row in rows(said, "Jobicy", "jobs"):
        # Until 2025 the figures were called annual.
        yearly = "YEAR" if "annualSalaryMin" in row or "annualSalaryMax" in row else None
        low, high = row.get("salaryMin") or row.get("annualSalaryMin"), row.get("salaryMax") or row.get("annualSalaryMax")
        found.add(
            row.get("id"),
            row.get("url"),
            html.unescape(line(row.get("jobTitle")) or ""),
            company=html.unescape(line(row.get("companyName")) or ""),
            work="remote",
            remote_areas=" ".join(texts(row.get("jobGeo"))),
            employment=row.get("jobType"),
            level=row.get("jobLevel"),
            category=[html.unescape(each) for each in texts(row.get("jobIndustry"))],
            pay=pay(low, high, row.get("salaryCurrency"), row.get("salaryPeriod") or yearly),
            posted=row.get("pubDate"),
            html=row.get("jobDescription") or row.get("jobExcerpt"),
        )
    return found.reading(total=mapping(said).get("jobCount"))
