"""Boards of many pages are read to their end, and no answer of a server makes a reading go on for ever or count as whole.

A small server of each system's manners answers the requests that the kind itself asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from alerts import plugins
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import Reading

NOW = datetime(2026, 8, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Manners:
    """How a system pages: options of the kind, rows a page, where a request starts, and how rows are wrapped."""

    options: dict[str, Any]
    size: int
    #: request → number of the first row wanted
    start: Callable[[Request], int]
    #: (rows, total, more) → the answer
    wrap: Callable[[list[dict[str, Any]], int, bool], Any]
    #: number → row
    row: Callable[[int], dict[str, Any]]


def asked(request: Request, key: str) -> int:
    """A number in the query."""
    return int(parse_qs(urlsplit(request.url).query)[key][0])


def sent(request: Request, key: str) -> int:
    """A number in the body."""
    return int(json.loads(request.body or b"{}")[key])


MANNERS = {
    "workday": Manners(
        {"host": "acme.wd1.myworkdayjobs.com", "site": "Jobs"},
        20,
        lambda request: sent(request, "offset"),
        lambda rows, total, more: {"total": total if rows and rows[0]["n"] == 0 else 0, "jobPostings": rows},
        lambda n: {"n": n, "title": f"Job {n}", "externalPath": f"/job/X/Job_R{n}", "bulletFields": [f"R{n}"]},
    ),
    "smartrecruiters": Manners(
        {"site": "acme"},
        100,
        lambda request: asked(request, "offset"),
        lambda rows, total, more: {"totalFound": total, "content": rows},
        lambda n: {"id": str(n), "name": f"Job {n}"},
    ),
    "oracle": Manners(
        {"host": "acme.fa.us2.oraclecloud.com", "site": "CX_1"},
        200,
        lambda request: int(re.search(r"offset=(\d+)", request.url)[1]),  # type: ignore[index]
        lambda rows, total, more: {
            "items": [{"requisitionList": rows} | ({"TotalJobsCount": total} if not rows or rows[0]["Id"] == 0 else {})]
        },
        lambda n: {"Id": n, "Title": f"Job {n}"},
    ),
    "eightfold": Manners(
        {"host": "acme.eightfold.ai"},
        10,
        lambda request: asked(request, "start"),
        lambda rows, total, more: {"data": {"positions": rows, "count": total}},
        lambda n: {"id": n + 1, "name": f"Job {n}"},
    ),
    "phenom": Manners(
        {"base_url": "https://careers.acme.example"},
        100,
        lambda request: sent(request, "from"),
        lambda rows, total, more: {"refineSearch": {"totalHits": total, "data": {"jobs": rows}}},
        lambda n: {"jobSeqNo": f"A{n}", "title": f"Job {n}"},
    ),
    "manatal": Manners(
        {"site": "acme"},
        10,
        lambda request: (asked(request, "page") - 1) * 10,
        lambda rows, total, more: {"count": total, "next": "https://x.example/" if more else None, "results": rows},
        lambda n: {"id": n + 1, "hash": f"H{n}", "position_name": f"Job {n}"},
    ),
    "jibe": Manners(
        {"base_url": "https://careers.acme.example"},
        100,
        lambda request: (asked(request, "page") - 1) * 100,
        lambda rows, total, more: {"totalCount": total, "jobs": [{"data": each} for each in rows]},
        lambda n: {"slug": str(n), "title": f"Job {n}"},
    ),
    "join": Manners(
        {"site": "acme"},
        5,
        lambda request: (asked(request, "page") - 1) * 5,
        lambda rows, total, more: {"items": rows, "pagination": {"rowCount": total}},
        lambda n: {"id": n + 1, "idParam": f"{n}-job", "title": f"Job {n}"},
    ),
    "himalayas": Manners(
        {"pages": 50},
        20,
        lambda request: asked(request, "offset"),
        lambda rows, total, more: {"totalCount": total, "jobs": rows},
        lambda n: {"guid": f"https://himalayas.app/{n}", "applicationLink": f"https://himalayas.app/{n}", "title": f"Job {n}"},
    ),
    "bundesagentur": Manners(
        {"pages": 50},
        100,
        lambda request: (asked(request, "page") - 1) * 100,
        lambda rows, total, more: {"maxErgebnisse": total, "ergebnisliste": rows},
        lambda n: {"referenznummer": f"10-{n}", "stellenangebotsTitel": f"Job {n}"},
    ),
    "jobtech": Manners(
        {"pages": 50},
        100,
        lambda request: asked(request, "offset"),
        lambda rows, total, more: {"total": {"value": total}, "hits": rows},
        lambda n: {"id": str(n), "headline": f"Job {n}"},
    ),
    "eures": Manners(
        {"pages": 50},
        50,
        lambda request: (sent(request, "page") - 1) * 50,
        lambda rows, total, more: {"numberRecords": total, "jvs": rows},
        lambda n: {"id": f"e{n}", "title": f"Job {n}"},
    ),
    "adzuna": Manners(
        {"id": "x", "key": "x", "country": "us", "pages": 50},
        50,
        lambda request: (int(urlsplit(request.url).path.rpartition("/")[2]) - 1) * 50,
        lambda rows, total, more: {"count": total, "results": rows},
        lambda n: {"id": str(n), "title": f"Job {n}", "redirect_url": f"https://www.adzuna.com/{n}"},
    ),
    "francetravail": Manners(
        {"id": "x", "secret": "x", "pages": 50},
        150,
        lambda request: int(re.search(r"range=(\d+)", unquote(request.url))[1]),  # type: ignore[index]
        lambda rows, total, more: {"resultats": rows},
        lambda n: {"id": f"f{n}", "intitule": f"Job {n}"},
    ),
}


def walk(kind: str, answer: Callable[[Request], Any], most: int = 400) -> list[Reading]:
    """Read a kind from its first request to its last, as ``fetch`` does."""
    module = plugins.load("sources", kind)
    options = module.Options.model_validate(MANNERS[kind].options)
    readings: list[Reading] = []
    request: Request | None = module.first(options, Asking())[0]
    while request is not None:
        assert len(readings) < most, "the reading goes on for ever"
        if request.url == "https://join.com/companies/acme":
            body = b'<script>{"company":{"id":77}}</script>'
        elif "access_token" in request.url:
            body = b'{"access_token": "x"}'
        else:
            body = json.dumps(answer(request)).encode()
        readings.append(module.read(Page(request, request.url, body, NOW), options))
        request = readings[-1].next
    return readings


def served(kind: str, total: int, claimed: int | None = None) -> Callable[[Request], Any]:
    """A server with ``total`` rows, which says that there are ``claimed``."""
    manners = MANNERS[kind]

    def answer(request: Request) -> Any:
        start = manners.start(request)
        rows = [manners.row(n) for n in range(start, min(start + manners.size, total))]
        return manners.wrap(rows, total if claimed is None else claimed, start + manners.size < total)

    return answer


@pytest.mark.parametrize("kind", MANNERS)
@pytest.mark.parametrize("pages", [0.0, 0.5, 1.0, 2.3])
def test_every_posting_is_read_once_and_the_last_page_ends_the_listing(kind: str, pages: float) -> None:
    total = int(pages * MANNERS[kind].size)
    readings = walk(kind, served(kind, total))
    found = [posting.source_id for reading in readings for posting in reading.postings]
    assert len(found) == len(set(found)) == total
    assert readings[-1].complete == plugins.load("sources", kind).ABOUT.complete
    assert not any(reading.complete for reading in readings[:-1])


@pytest.mark.parametrize("kind", MANNERS)
def test_a_server_that_repeats_its_first_page_is_left_and_never_counts_as_whole(kind: str) -> None:
    manners = MANNERS[kind]
    rows = [manners.row(n) for n in range(manners.size)]
    readings = walk(kind, lambda request: manners.wrap(rows, 1900, True))
    assert len(readings) <= 3
    assert not readings[-1].complete


@pytest.mark.parametrize("kind", [kind for kind in MANNERS if plugins.load("sources", kind).ABOUT.complete])
def test_a_listing_that_ends_before_its_total_does_not_count_as_whole(kind: str) -> None:
    """Otherwise a page that failed to come would close the postings on it."""
    total = MANNERS[kind].size + 1
    assert not walk(kind, served(kind, total, claimed=total + 5))[-1].complete


def test_workday_is_left_at_two_thousand_and_does_not_count_as_whole() -> None:
    """Beyond that the server starts over."""
    rows = [MANNERS["workday"].row(n) for n in range(2000)]

    def answer(request: Request) -> Any:
        start = sent(request, "offset") % 2000
        return {"total": 2000, "jobPostings": rows[start : start + 20]}

    readings = walk("workday", answer)
    assert sum(len(reading.postings) for reading in readings) == 2000
    assert len(readings) == 100
    assert not readings[-1].complete


def test_the_pages_that_the_options_allow_are_a_limit() -> None:
    module = plugins.load("sources", "himalayas")
    options = module.Options(pages=2)
    first = module.first(options, Asking())[0]
    answer = served("himalayas", 10_000)
    second = module.read(Page(first, first.url, json.dumps(answer(first)).encode(), NOW), options).next
    assert module.read(Page(second, second.url, json.dumps(answer(second)).encode(), NOW), options).next is None


@pytest.mark.parametrize("kind", ["himalayas", "bundesagentur", "jobtech", "eures", "torre", "workday", "eightfold"])
def test_words_of_the_searches_are_asked_for_a_bounded_number_of_times(kind: str) -> None:
    module = plugins.load("sources", kind)
    more = {"only_searched": True} if "only_searched" in module.Options.model_fields else {}
    options = module.Options.model_validate(MANNERS[kind].options | more if kind in MANNERS else {})
    words = tuple(f"word{n}" for n in range(50))
    requests = module.first(options, Asking(words=words))
    assert 1 < len(requests) <= 10
    assert "word0" in requests[0].url + (requests[0].body or b"").decode()
    if module.ABOUT.complete:
        body = json.dumps(served(kind, 1)(requests[0])).encode()
        assert not module.read(Page(requests[0], requests[0].url, body, NOW), options).complete
