"""A client for which the whole web stands on one loopback site, over real HTTP: https://HOST/PATH is asked as /HOST/PATH."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from alerts.cli.demo.site import Asked, Given, Site
from alerts.fetch.client import Answer, Client
from alerts.model.page import Request


class Elsewhere(Client):
    """Asks ``site`` for every address, and tells the address that was meant."""

    def __init__(self, site: str) -> None:
        super().__init__(allow_private=("127.0.0.1",), deadline=10)
        self._site = site

    def ask(
        self,
        request: Request,
        *,
        validators: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        deadline: float | None = None,
    ) -> Answer:
        there = f"{self._site}/{request.url.partition('://')[2]}"
        answer = super().ask(replace(request, url=there), validators=validators, max_bytes=max_bytes, deadline=deadline)
        return replace(answer, url=self._meant(answer.url), moved_to=answer.moved_to and self._meant(answer.moved_to))

    def _meant(self, url: str) -> str:
        return f"https://{url.removeprefix(self._site).lstrip('/')}"


class Web:
    """Pages by address (without https://); what is not there is a 404. ``asked`` is the addresses in order."""

    def __init__(self, pages: Mapping[str, object] | None = None) -> None:
        self.pages = dict(pages or {})
        self.site = Site(self._answer)

    @property
    def asked(self) -> list[str]:
        return [asked.path.lstrip("/") for asked, _ in self.site.journal]

    def client(self) -> Elsewhere:
        return Elsewhere(self.site.url)

    def _answer(self, asked: Asked) -> Given:
        address = asked.path.lstrip("/")
        # A host alone is asked with its slash.
        page = next(
            (self.pages[key] for key in (address, address.rstrip("/"), address.partition("?")[0]) if key in self.pages), None
        )
        if isinstance(page, Given):
            return page
        if isinstance(page, str) and page.startswith("->"):
            return Given(b"", 301, headers={"Location": f"{self.site.url}/{page[2:].strip()}"})
        if isinstance(page, str):
            kind = "application/xml" if page.startswith("<?xml") else "text/html; charset=utf-8"
            return Given(page.encode(), content_type=kind)
        return Given(b"nothing here", 404, "text/plain") if page is None else Given(json.dumps(page).encode())


def greenhouse(board: str, *titles: str, company: str = "Acme") -> dict[str, Any]:
    """A board at Greenhouse; ids count from 101."""
    jobs = [
        {
            "id": 101 + number,
            "title": title,
            "company_name": company,
            "absolute_url": f"https://boards.greenhouse.io/{board}/jobs/{101 + number}",
            "content": "&lt;p&gt;Build things.&lt;/p&gt;",
            "location": {"name": "Berlin"},
        }
        for number, title in enumerate(titles or ("Engineer", "Baker"))
    ]
    return {f"boards-api.greenhouse.io/v1/boards/{board}/jobs": {"jobs": jobs}}


def lever(site: str, *titles: str) -> dict[str, Any]:
    """A site at Lever."""
    rows = [
        {
            "id": f"l{number}",
            "text": title,
            "hostedUrl": f"https://jobs.lever.co/{site}/l{number}",
            "categories": {"location": "Oslo"},
        }
        for number, title in enumerate(titles or ("Engineer", "Baker"))
    ]
    return {f"api.lever.co/v0/postings/{site}": rows}


def ashby(board: str, *titles: str) -> dict[str, Any]:
    """A board at Ashby."""
    rows = [
        {"id": f"a{number}", "title": title, "jobUrl": f"https://jobs.ashbyhq.com/{board}/a{number}", "location": "Paris"}
        for number, title in enumerate(titles or ("Engineer", "Baker"))
    ]
    return {f"api.ashbyhq.com/posting-api/job-board/{board}": {"jobs": rows}}


def feed(host: str, *titles: str) -> str:
    """An RSS feed."""
    items = "".join(
        f"<item><title>{title}</title><link>https://{host}/j/{number}</link><guid>g{number}</guid></item>"
        for number, title in enumerate(titles or ("Engineer", "Baker"))
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs at {host}</title><link>https://{host}</link>{items}</channel></rss>'


def marked_up(*titles: str) -> str:
    """A page with JobPosting markup."""
    items = [
        {
            "@type": "JobPosting",
            "title": title,
            "url": f"https://shop.example/jobs/{number}",
            "hiringOrganization": {"name": "Shop"},
            "datePosted": "2026-11-01",
            "description": "Sell things.",
        }
        for number, title in enumerate(titles)
    ]
    return f'<html><body><script type="application/ld+json">{json.dumps(items)}</script></body></html>'


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
