"""Ashby job boards: the public posting API, whole board in one answer.

Endpoint: ``GET {base_url}/posting-api/job-board/{board}?includeCompensation=true``. Gives id, title, main and further places with
addresses, work type, employment type, department and team, pay as tiers of components (base, equity, bonus, commission), text as
HTML. Lacks the company's name (the board's name stands in unless ``company`` is set) and any date of change; ``publishedAt`` is
the posting date. Rows with ``isListed`` false are not public and are left out. ``isRemote`` is often null, which says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import StringConstraints

from alerts.model.options import Options as _Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPay, RawPlace, Reading
from alerts.parse.addresses import parts, segment, spoken
from alerts.parse.build import Postings, pay, place
from alerts.parse.jsontext import listed, load
from alerts.parse.values import line, mapping, mappings, path
from alerts.sources._keys import BaseUrl

ABOUT = About("Ashby")

#: Unlike elsewhere, spaces and other signs occur in a board's name, and case matters.
_NAME = r"[A-Za-z0-9][^/\\?#%<>\"\x00-\x1f]{0,99}"
_KINDS = {"salary": "base", "commission": "bonus", "bonus": "bonus", "equitycashvalue": "equity", "equitypercentage": "equity"}


class Options(_Options):
    """``board``: the name in the board's address (jobs.ashbyhq.com/NAME). ``company``: the employer's name, if it differs."""

    board: Annotated[str, StringConstraints(pattern=rf"^{_NAME}$")]
    company: str | None = None
    base_url: BaseUrl = "https://api.ashbyhq.com"


def recognise(address: str) -> dict[str, object] | None:
    """Boards, jobs and application forms on jobs.ashbyhq.com, and the API addresses."""
    given = parts(address)
    if given is None:
        return None
    if given.host == "api.ashbyhq.com" and given.steps[:2] == ("posting-api", "job-board"):
        board = given.step(2)
    elif given.host == "jobs.ashbyhq.com":
        board = given.step(0)
    else:
        return None
    return {"board": board} if re.fullmatch(_NAME, board) and board not in {"api", "embed", "_next"} else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """One request for the whole board."""
    return (Request(f"{options.base_url}/posting-api/job-board/{segment(options.board)}?includeCompensation=true"),)


def read(page: Page, options: Options) -> Reading:
    """The listed jobs of the board."""
    found = Postings(page.url)
    for row in mappings(listed(load(page.body), "jobs")):
        if row.get("isListed") is False:
            continue
        found.add(
            row.get("id"),
            row.get("jobUrl") or f"https://jobs.ashbyhq.com/{segment(options.board)}/{line(row.get('id')) or ''}",
            row.get("title"),
            company=options.company or spoken(_board(row.get("jobUrl")) or options.board),
            apply_url=row.get("applyUrl"),
            places=[_place(each) for each in (row, *mappings(row.get("secondaryLocations")))],
            work=row.get("workplaceType") or ("Remote" if row.get("isRemote") is True else None),
            employment=row.get("employmentType"),
            category=[row.get("team"), row.get("department")],
            pay=list(_pays(mapping(row.get("compensation")))),
            posted=row.get("publishedAt"),
            html=row.get("descriptionHtml"),
            text=row.get("descriptionPlain"),
        )
    return found.reading(complete=True)


def _board(address: object) -> str | None:
    """The board's name in a posting's own address, which is as the employer writes it."""
    given = parts(address) if isinstance(address, str) else None
    return given.step(0) or None if given and given.host == "jobs.ashbyhq.com" else None


def _place(row: dict[str, Any]) -> RawPlace | None:
    address = mapping(path(row, "address.postalAddress"))
    return place(row.get("location"), address.get("addressLocality"), address.get("addressRegion"), address.get("addressCountry"))


def _pays(compensation: dict[str, Any]) -> Iterator[RawPay | None]:
    """Every component of every tier; the summary only where there are no tiers, since it joins ranges of different places."""
    tiers = [each for tier in mappings(compensation.get("compensationTiers")) for each in mappings(tier.get("components"))]
    for each in tiers or mappings(compensation.get("summaryComponents")):
        kind = _KINDS.get((line(each.get("compensationType")) or "").lower(), "base")
        words = line(each.get("summary"))
        if kind == "base" and words and re.search(r"\bOTE\b", words):
            kind = "ote"
        low, high = each.get("minValue"), each.get("maxValue")
        if low is not None or high is not None:
            period = line(each.get("interval"))
            yield pay(low, high, each.get("currencyCode"), None if period == "NONE" else period, said=words, kind=kind)
    if not tiers:
        yield pay(said=compensation.get("compensationTierSummary"))
