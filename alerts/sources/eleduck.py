"""Eleduck, a Chinese forum for remote work.

Endpoint: GET https://svc.eleduck.com/api/v1/posts?category=5&page=N, newest first; details at /posts/ID, for the text where
the list has only its beginning.

Gives: title, text, tags in groups (city, field, trade, kind of hiring). A post is free text: company and pay are not told
apart. Dates: ``published_at``, and ``modified_at`` as the last change.
"""

from __future__ import annotations

from alerts.model.options import Options as Base
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, rows
from alerts.parse.build import Postings
from alerts.parse.calls import Walk, ids, query
from alerts.parse.values import line, mapping, mappings, path, text
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="Eleduck",
    complete=False,
    details=True,
    least_minutes=30,
    terms="No terms for its interface were found: read it seldom and link to the post.",
    remote=True,
    aggregator=True,
)


class Options(Base):
    """``pages``: the most pages to read at a time."""

    pages: Count = 2
    base_url: BaseUrl = "https://svc.eleduck.com"


def recognise(address: str) -> dict[str, object] | None:
    """Any address on eleduck.com."""
    found = addresses.parts(address)
    return {} if found and found.host.removeprefix("www.") in {"eleduck.com", "svc.eleduck.com"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The newest posts."""
    return (_ask(options, 1, {}),)


def read(page: Page, options: Options) -> Reading:
    """One page."""
    listed, found = rows(answer(page, "Eleduck"), "Eleduck", "posts"), Postings(page.url)
    for row in listed:
        if any(row.get(key) is True for key in ("closed", "deleted", "hide")):
            continue
        identity, whole = line(row.get("id")), text(row.get("content"))
        tags = [(line(path(each, "tag_group.code")), line(each.get("name"))) for each in mappings(row.get("tags"))]
        found.add(
            identity,
            f"https://eleduck.com/posts/{addresses.segment(identity)}" if identity else None,
            row.get("full_title") or row.get("title"),
            places=[name for group, name in tags if group == "city"],
            employment=[name for group, name in tags if group in {"job_type", "hire_type"}],
            category=[name for group, name in tags if group == "skill_type"],
            industry=[name for group, name in tags if group == "field"],
            tags=[name for _, name in tags],
            posted=row.get("published_at"),
            updated=row.get("modified_at"),
            html=whole,
            text=row.get("summary"),
            language="zh",
            detailed=whole is not None,
        )
    walk = Walk.at(page, ids(listed, "id"))
    more = walk.more(1, options.pages)
    return found.reading(_ask(options, walk.turn + 2, walk.state()) if more else None)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the whole text of a post is."""
    return Request(f"{options.base_url}/api/v1/posts/{addresses.segment(raw.source_id)}")


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The post with its whole text."""
    said = mapping(answer(page, "Eleduck"))
    return detailed(raw, page, html=path(said, "post.content") or said.get("content"))


def _ask(options: Options, number: int, state: dict[str, str]) -> Request:
    return Request(query(f"{options.base_url}/api/v1/posts", category=5, sort="-published_at", page=number), state=state)
