"""Invented employers and jobs, in the forms of the boards that show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from alerts.cli.demo.site import Asked, Given


@dataclass(frozen=True, slots=True)
class Opening:
    """One invented listing."""

    id: str
    title: str
    company: str
    place: str
    text: str
    #: "CA$190,000 – CA$220,000 per year", or nothing.
    pay: str = ""
    #: remote | hybrid | onsite, where the board has a field for it.
    work: str = ""
    #: The employer's own number of the job, shared by its cities.
    group: str = ""
    #: Where a copy on another board sends people.
    link: str = ""


@dataclass(slots=True)
class World:
    """What every board shows at this moment; change the lists and the next request sees it."""

    greenhouse: list[Opening]
    lever: list[Opening]
    ashby: list[Opening]
    feed: list[Opening]
    listings: list[Opening]
    page: list[Opening]

    def answer(self, asked: Asked) -> Given:
        """The boards, each under the address that its real service uses."""
        path = asked.path.partition("?")[0]
        if path == "/v1/boards/northwind/jobs":
            return _json({"jobs": [_greenhouse(one) for one in self.greenhouse]})
        if path == "/v0/postings/bluefin":
            return _json([_lever(one) for one in self.lever])
        if path == "/posting-api/job-board/juniper":
            return _json({"jobs": [_ashby(one) for one in self.ashby]})
        if path == "/remote-weekly.rss":
            return Given(_rss(self.feed).encode(), content_type="application/rss+xml")
        if path == "/list/listings.json":
            return _json([_row(one) for one in self.listings])
        if path == "/museum/careers":
            return Given(_page(self.page).encode(), content_type="text/html; charset=utf-8")
        return Given(b"there is nothing here", 404, "text/plain")


def _json(value: object) -> Given:
    return Given(json.dumps(value).encode())


def _html(one: Opening) -> str:
    pay = f"<p>Pay: {escape(one.pay)}</p>" if one.pay else ""
    return f"<p>{escape(one.text)}</p>{pay}"


def _greenhouse(one: Opening) -> dict[str, object]:
    return {
        "id": int(one.id),
        "internal_job_id": int(one.group or one.id),
        "title": one.title,
        "company_name": one.company,
        "absolute_url": f"https://job-boards.greenhouse.io/northwind/jobs/{one.id}",
        "location": {"name": one.place},
        "content": escape(_html(one)),
        "first_published": "2026-11-20T09:00:00-05:00",
        "updated_at": "2026-11-20T09:00:00-05:00",
    }


def _lever(one: Opening) -> dict[str, object]:
    return {
        "id": one.id,
        "text": one.title,
        "descriptionPlain": one.text,
        "description": _html(one),
        "lists": [],
        "createdAt": 1795000000000,
        "categories": {"location": one.place, "commitment": "Full-time"},
        "workplaceType": one.work or "unspecified",
        "hostedUrl": f"https://jobs.lever.co/bluefin/{one.id}",
        "applyUrl": f"https://jobs.lever.co/bluefin/{one.id}/apply",
    }


def _ashby(one: Opening) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "location": one.place,
        "isListed": True,
        "employmentType": "FullTime",
        "isRemote": one.work == "remote",
        "descriptionHtml": _html(one),
        "publishedAt": "2026-11-21T08:00:00Z",
        "jobUrl": f"https://jobs.ashbyhq.com/juniper/{one.id}",
        "applyUrl": f"https://jobs.ashbyhq.com/juniper/{one.id}/application",
    }


def _rss(openings: Sequence[Opening]) -> str:
    items = "".join(
        f"<item><title>{escape(f'{one.company}: {one.title}')}</title><link>{escape(one.link)}</link><guid>{one.id}</guid>"
        f"<description>{escape(_html(one))}</description><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
        for one in openings
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Remote Weekly</title>{items}</channel></rss>'


def _row(one: Opening) -> dict[str, object]:
    return {
        "id": one.id,
        "company_name": one.company,
        "title": one.title,
        "url": one.link,
        "locations": [one.place],
        "active": True,
        "is_visible": True,
        "date_posted": 1795000000,
        "date_updated": 1795000000,
        "source": "list",
    }


def _page(openings: Sequence[Opening]) -> str:
    blocks = "".join(
        '<script type="application/ld+json">'
        + json.dumps(
            {
                "@context": "https://schema.org",
                "@type": "JobPosting",
                "title": one.title,
                "description": _html(one),
                "identifier": {"value": one.id},
                "datePosted": "2026-11-19",
                "url": f"https://museum.example.org/jobs/{one.id}",
                "hiringOrganization": {"@type": "Organization", "name": one.company},
                "jobLocation": {"@type": "Place", "address": {"addressLocality": one.place, "addressCountry": "NL"}},
            }
        )
        + "</script>"
        for one in openings
    )
    return f"<!doctype html><html><head><title>Working at the museum</title>{blocks}</head><body><h1>Jobs</h1></body></html>"
