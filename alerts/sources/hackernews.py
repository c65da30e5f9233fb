"""Hacker News, "Ask HN: Who is hiring?": each top-level comment of the monthly thread.

Endpoint: Algolia's index of Hacker News, ``GET {base_url}/api/v1/items/{thread}``; without ``thread`` the newest is found by
``GET {base_url}/api/v1/search_by_date?tags=story,author_whoishiring``. Pages of a comment search and plain lists of comments are
read too. Gives the comment's first line, parted by "|" in any order (employer, roles, place, REMOTE, ONSITE, pay, link), and the
text. Lacks everything a writer leaves out; replies and people who seek work are left out. A comment with several roles is several
postings: the id is the comment's number, from the second role on with "-2", "-3" … Date: when the comment was written. The thread
is never complete: jobs are not taken from it when they are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from alerts.model.errors import ReadError
from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, Reading
from alerts.parse import headline, labelled, markup
from alerts.parse.addresses import link, parts
from alerts.parse.build import Postings, pay
from alerts.parse.jsontext import load
from alerts.parse.values import items, line, mapping, mappings, number, text
from alerts.sources._keys import BaseUrl

ABOUT = About("Hacker News: Who is hiring?", complete=False, least_minutes=10, aggregator=True)

_SEEKER = re.compile(r"^\W*seeking (?:work|freelanc)|\bwilling to relocate\b", re.IGNORECASE | re.MULTILINE)
_JOBBISH = re.compile(r"\bhiring\b|\broles?\b|\bpositions?\b|\bopenings?\b|\bapply\b|\bjobs?\b|\bjoin us\b", re.IGNORECASE)


class Options(_Options):
    """``thread``: the number of the thread's item; without it, the newest thread."""

    thread: int | None = None
    base_url: BaseUrl = "https://hn.algolia.com"


def recognise(address: str) -> dict[str, object] | None:
    """A thread's page, the pages that list the threads, and the feed of them."""
    given = parts(address)
    if given and given.host == "hnrss.org" and given.step(0) == "whoishiring":
        return {}  # its entries have no titles; the thread itself has more to read
    if given is None or given.host not in {"news.ycombinator.com", "hn.algolia.com"}:
        return None
    number_said = (
        given.query.get("id", "")
        if given.step(0) == "item"
        else given.step(3)
        if given.steps[:3] == ("api", "v1", "items")
        else ""
    )
    if number_said.isascii() and number_said.isdigit() and len(number_said) < 12:
        return {"thread": int(number_said)}
    return {} if given.query.get("id") == "whoishiring" else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The thread, or the search for the newest."""
    if options.thread is not None:
        return (_thread(options, options.thread),)
    return (Request(f"{options.base_url}/api/v1/search_by_date?tags=story,author_whoishiring&query=hiring&hitsPerPage=20"),)


def read(page: Page, options: Options) -> Reading:
    """The comments of a thread; for a list of threads, the request for the newest one's comments."""
    answer = load(page.body)
    stories = [
        hit for hit in mappings(mapping(answer).get("hits")) if "story" in items(hit.get("_tags")) or "num_comments" in hit
    ]
    if stories:
        return Reading(next=_newest(stories, options))
    found = Postings(page.url)
    for comment in _comments(answer):
        _read_comment(comment, found)
    return found.reading(_next_page(answer, page.url))


def _thread(options: Options, thread: int) -> Request:
    return Request(f"{options.base_url}/api/v1/items/{thread}")


def _newest(stories: list[dict[str, Any]], options: Options) -> Request:
    hiring = [hit for hit in stories if re.search(r"who is hiring", line(hit.get("title")) or "", re.IGNORECASE)]
    numbers = [int(found) for hit in hiring if (found := number(hit.get("objectID") or hit.get("story_id"))) and found > 0]
    if not numbers:
        raise ReadError('no thread titled "Who is hiring?" was found')
    return _thread(options, max(numbers))


def _next_page(answer: Any, url: str) -> Request | None:
    given = mapping(answer)
    current, count = number(given.get("page")), number(given.get("nbPages"))
    if current is None or count is None or current + 1 >= min(count, 50):
        return None
    address = re.sub(r"([?&])page=\d+", r"\1", url).replace("&&", "&").rstrip("?&")
    return Request(f"{address}{'&' if '?' in address else '?'}page={int(current) + 1}")


def _comments(answer: Any) -> Iterator[dict[str, Any]]:
    """The top-level comments, whatever the shape of the answer."""
    given = mapping(answer)
    rows = next((given[key] for key in ("hits", "children", "jobs", "comments") if isinstance(given.get(key), list)), answer)
    if not isinstance(rows, list):
        raise ReadError("neither a thread nor a list of comments of Hacker News")
    for row in mappings(rows):
        # A reply's parent is another comment; an item's children are top-level by their place.
        if (
            row.get("parent_id") == row.get("story_id")
            or "story_id" not in row
            or "parent_id" not in row
            or row.get("parent_id") == given.get("id")
        ):
            yield row


def _read_comment(row: dict[str, Any], found: Postings) -> None:
    body = text(row.get("comment_text")) or text(row.get("text"))
    if body is None:  # deleted
        return
    lines = markup.lines(body.replace("\n", "<br>"))  # the site shows line ends as such
    whole = "\n".join(lines)
    if not lines or (_SEEKER.search(whole) and not re.search(r"\bhiring\b", whole[:300], re.IGNORECASE)):
        return
    opening = next((each for each in lines[:3] if re.search(r"\w", each)), lines[0])
    said = headline.read(opening) or _labelled(lines)
    if said is None and not _JOBBISH.search(whole) and not labelled.patterns()["roles"].search(whole):
        return
    said = said or headline.Headline()
    identity = line(row.get("objectID")) or line(row.get("id"))
    fields = {
        "company": said.company,
        "places": said.places,
        "work": said.work,
        "remote_areas": said.areas,
        "employment": said.employment,
        "pay": [pay(said=words) for words in said.pay],
        "posted": row.get("created_at") or row.get("created_at_i") or row.get("time"),
        "html": body,
        "apply_url": _apply(body),
        "facts": {"sponsorship": said.sponsorship},
    }
    for count, role in enumerate(said.roles or [opening[:150]], 1):
        number_said = identity if count == 1 or identity is None else f"{identity}-{count}"
        found.add(number_said, f"https://news.ycombinator.com/item?id={identity}", role, **fields)


def _labelled(lines: list[str]) -> headline.Headline | None:
    """Comments written as "Company: …", "Location: …", "Role: …"."""
    facts = labelled.read(lines[:15])
    if facts is None or not facts.said.get("title"):
        return None
    said = facts.said
    return headline.Headline(
        facts.company,
        said["title"],
        said.get("place", []),
        said.get("work", []),
        [],
        said.get("employment", []),
        said.get("pay", []),
    )


def _apply(body: str) -> str | None:
    """The first link that leads deeper than a home page."""
    found = markup.links(markup.parse(body), "https://news.ycombinator.com/")
    return next(
        (each.url for each in found if link(each.url) and len(each.url.split("/", 3)) > 3 and each.url.split("/", 3)[3]), None
    )
