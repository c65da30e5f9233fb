"""A whole site by its sitemap: the addresses of jobs, each read as a page.

Endpoint: ``GET {url}``, a sitemap, an index of sitemaps, a robots.txt that names them, or a site (whose robots.txt is asked).
Gives the addresses that look like jobs (``match`` says otherwise), with a title made of the address's words until the job's own
page is read (``page`` tells what that gives). Lacks everything else before that. Date: the page's own; ``lastmod`` is a date of
change and is handed on as such. A site is crawled, so its robots.txt decides, and pages are asked for one by one as searches
want them.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator

from alerts.model.errors import ReadError
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting, Reading
from alerts.parse import jobpage
from alerts.parse.addresses import link, parts
from alerts.parse.build import Postings
from alerts.parse.decode import decode
from alerts.parse.xmltext import child, rows
from alerts.sources._access import AnyAddress, request

ABOUT = About("A site's sitemap", details=True, robots=True, least_minutes=60)

_JOB = re.compile(
    r"/(?:jobs?|careers?|karriere|positions?|open-positions|vacanc(?:y|ies)|openings?|opportunit(?:y|ies)|stellen\w*|job-?offers?|emplois?"
    r"|offres?|vacatures?|empleos?|vagas?|ledige-stillinger|lediga-jobb|rekry\w*)/.+",
    re.IGNORECASE,
)
_JOB_MAP = re.compile(r"job|career|position|vacanc|opening|stelle|emploi|offre|vacature|karriere", re.IGNORECASE)
_UNPACKED = 50_000_000
#: Sitemaps read in one round.
_MAPS = 20


def _expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as wrong:
        raise ValueError(f"is no regular expression: {wrong}") from None
    return value


class Options(AnyAddress):
    """``url``: the sitemap or the site. ``match``: a regular expression that the addresses of jobs contain."""

    match: Annotated[str, AfterValidator(_expression)] | None = None
    company: str | None = None


def recognise(address: str) -> dict[str, object] | None:
    """Addresses of sitemaps."""
    given = parts(address)
    last = given.steps[-1].lower() if given and given.steps else ""
    return {"url": link(address) or f"https://{address}"} if re.fullmatch(r"[\w-]*sitemap[\w-]*\.xml(\.gz)?", last) else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The sitemap; for a bare site, its robots.txt."""
    bare = urlsplit(options.url).path in {"", "/"}
    return (request(f"{options.url.rstrip('/')}/robots.txt" if bare else options.url, options),)


def read(page: Page, options: Options) -> Reading:
    """The jobs of one sitemap; the next one that an index or a robots.txt names."""
    body = _unpacked(page.body)
    found = Postings(page.url)
    waiting = page.request.state.get("waiting", "").split()
    done = int(page.request.state.get("done", "0")) + 1
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        maps, jobs = _sitemap(body, page.url, options)
        for job, changed in jobs:
            found.add(job, job, _title(job), company=options.company, updated=changed, detailed=False)
    else:
        maps = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", decode(body)) or [f"{page.url.rpartition('/')[0]}/sitemap.xml"]
    wanted = [address for each in maps if (address := link(each, page.url)) and address != page.url]
    # Of many sitemaps, those that are named for jobs come first, and alone.
    named = [address for address in wanted if _JOB_MAP.search(urlsplit(address).path)]
    waiting = list(dict.fromkeys([*(named or wanted), *waiting]))[: _MAPS * 5]
    if not waiting or done >= _MAPS:
        return found.reading(complete=not waiting)
    return found.reading(request(waiting[0], options, state={"waiting": "\n".join(waiting[1:]), "done": str(done)}))


def detail(raw: RawPosting, options: Options) -> Request | None:
    """The job's own page."""
    return None if raw.detailed else request(raw.url, options)


def read_detail(page: Page, raw: RawPosting, options: Options) -> RawPosting:
    """The posting as its page shows it, under the sitemap's address."""
    shown = jobpage.read(page, company=options.company).reading().postings[0]
    return replace(shown, source_id=raw.source_id, url=raw.url, updated=shown.updated or raw.updated)


def _sitemap(body: bytes, url: str, options: Options) -> tuple[list[str], list[tuple[str, str | None]]]:
    """The sitemaps that an index names, and the jobs that a sitemap names, each with its date of change."""
    wanted = re.compile(options.match) if options.match else _JOB
    maps, jobs, seen = [], [], False
    for root in rows(body, "urlset", "sitemapindex"):
        seen = True
        for entry in root:
            address = link(child(entry, "loc"), url)
            if address and entry.tag == "sitemap":
                maps.append(address)
            elif address and wanted.search(address if options.match else urlsplit(address).path) and _is_leaf(address, options):
                jobs.append((address, child(entry, "lastmod")))
    if not seen:
        raise ReadError("XML, but not a sitemap")
    return maps, jobs


def _is_leaf(address: str, options: Options) -> bool:
    """Does the address end as one job's does: with a number, or with several words?"""
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return bool(options.match or re.search(r"\d{3}", last) or last.count("-") >= 2)


def _title(address: str) -> str:
    """The words of an address, until its page is read: "/jobs/123-senior-engineer" is Senior engineer."""
    steps = [unquote(step) for step in urlsplit(address).path.split("/") if step]
    for step in reversed(steps):
        words = re.sub(r"[-_+.]+", " ", re.sub(r"\.\w{2,5}$", "", step))
        kept = [word for word in words.split() if not re.search(r"\d{3}|^[0-9a-f]{8,}$", word)]
        if len(kept) > 1 or (kept and step is steps[-1] and not re.search(r"\d", step)):
            return " ".join(kept).capitalize()
    return f"Job {steps[-1]}" if steps else address


def _unpacked(body: bytes) -> bytes:
    """Sitemaps are often stored as gzip; never more than a bound is unpacked."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, _UNPACKED)
    except zlib.error as wrong:
        raise ReadError(f"a compressed sitemap that cannot be unpacked: {wrong}") from None
