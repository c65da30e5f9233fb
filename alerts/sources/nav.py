"""NAV, the Norwegian employment agency (its feed of changes to postings).

Endpoint: GET https://pam-stilling-feed.nav.no/api/v1/feed with a bearer token: your own (``token``), else the public one from
/api/publicToken, which changes now and then and is asked for first. A feed of events, oldest first, with ``next_url``;
If-Modified-Since picks the start. Details at /api/v1/feedentry/UUID need a token of your own.

Gives: title, employer, municipality. Text, dates and the rest are in the details. An entry that is not ACTIVE is a posting
taken down: it is left out. Dates: the entry's ``sistEndret`` is a change; the details' ``published`` is trusted.
"""

from __future__ import annotations

import re
from email.utils import format_datetime

from alerts.model.errors import ReadError
from alerts.model.options import Options as Base
from alerts.model.options import Secret
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import addresses
from alerts.parse.answers import answer, detailed, labels, rows
from alerts.parse.build import Postings, place
from alerts.parse.calls import Walk
from alerts.parse.decode import decode
from alerts.parse.values import line, mapping, mappings, path, text
from alerts.sources._keys import BaseUrl
from alerts.sources._limits import Count

ABOUT = About(
    title="NAV (Norway)",
    confidence="documented",
    complete=False,
    details=True,
    least_minutes=15,
    terms="Postings that are no longer active must not be kept on show; ask NAV for a token of your own for regular use.",
    aggregator=True,
)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+")


class Options(Base):
    """``token``: your own, by e-mail from NAV. ``pages``: the most pages of the feed to read at a time."""

    token: Secret | None = None
    pages: Count = 5
    base_url: BaseUrl = "https://pam-stilling-feed.nav.no"


def recognise(address: str) -> dict[str, object] | None:
    """The feed itself, and any address of arbeidsplassen.nav.no."""
    found = addresses.parts(address)
    return {} if found and found.host in {"pam-stilling-feed.nav.no", "arbeidsplassen.nav.no"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed since the last reading (its last page the first time), or the public token before it."""
    since = format_datetime(asking.since, usegmt=True) if asking.since and asking.since.utcoffset() is not None else ""
    if options.token:
        return (_ask(options, _start(options, since), options.token.get_secret_value(), {"since": since}),)
    return (Request(f"{options.base_url}/api/publicToken", state={"since": since}, conditional=False),)


def read(page: Page, options: Options) -> Reading:
    """One page of the feed, or the public token."""
    since = page.request.state.get("since", "")
    if page.request.url.endswith("/publicToken"):
        match = _TOKEN.search(decode(page.body))
        if not match:
            raise ReadError("NAV gave no public token; ask NAV for one of your own and set token")
        return Reading(next=_ask(options, _start(options, since), match[0], {"since": since}))
    said, found = answer(page, "NAV"), Postings(page.url)
    listed = rows(said, "NAV", "items")
    for item in listed:
        row = mapping(item.get("_feed_entry"))
        identity = line(row.get("uuid") or item.get("id"))
        if text(row.get("status")) in {None, "ACTIVE"}:
            found.add(
                identity,
                f"https://arbeidsplassen.nav.no/stillinger/stilling/{addresses.segment(identity)}" if identity else None,
                row.get("title") or item.get("title"),
                company=row.get("businessName"),
                places=place(None, row.get("municipal"), None, "Norge"),
                updated=row.get("sistEndret") or item.get("date_modified"),
                detailed=options.token is None,
            )
    walk = Walk.at(page, [item.get("id") for item in listed])
    way = addresses.link(mapping(said).get("next_url"), options.base_url) or ""
    # The token goes nowhere else.
    more = way.startswith(f"{options.base_url}/") and walk.more(1, options.pages)
    token = page.request.secret_headers.get("Authorization", "").removeprefix("Bearer ")
    return found.reading(_ask(options, way, token, walk.state(since="")) if more else None)


def detail(raw: RawPosting, options: Options) -> Request | None:
    """Where the text of a posting is, for those who have a token of their own."""
    if options.token is None:
        return None
    return _ask(
        options, f"{options.base_url}/api/v1/feedentry/{addresses.segment(raw.source_id)}", options.token.get_secret_value(), {}
    )


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting with its text and dates."""
    row = mapping(path(answer(page, "NAV"), "ad_content"))
    where = mappings(row.get("workLocations"))
    return detailed(
        raw,
        page,
        company=path(row, "employer.name"),
        apply_url=row.get("applicationUrl") or row.get("sourceurl"),
        places=[
            place(None, each.get("city") or each.get("municipal"), each.get("county"), each.get("country")) for each in where
        ],
        employment=[row.get("extent"), row.get("engagementtype")],
        category=[*labels(row.get("occupationCategories"), "level2"), *labels(row.get("occupationCategories"), "level1")],
        posted=row.get("published"),
        updated=row.get("updated"),
        expires=row.get("expires"),
        html=row.get("description"),
        facts={"sector": row.get("sector"), "deadline": row.get("applicationDue")},
    )


def _start(options: Options, since: str) -> str:
    return f"{options.base_url}/api/v1/feed" + ("" if since else "?last=true")


def _ask(options: Options, url: str, token: str, state: dict[str, str]) -> Request:
    headers = {"Accept": "application/json"} | ({"If-Modified-Since": state["since"]} if state.get("since") else {})
    secret = {"Authorization": f"Bearer {token}"}
    return Request(url, headers=headers, secret_headers=secret, state=state, conditional=False)
