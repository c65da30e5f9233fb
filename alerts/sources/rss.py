"""Any feed: RSS, Atom, JSON Feed, with the job fields that publishers add.

Endpoint: the feed's own address. Gives what the entry gives: id (guid, else the link), link, title, text, date; and, where the
publisher adds them in a namespace of its own, company, places, employment, pay, category and end: the ``job_listing:`` fields of
WP Job Manager (whose namespace is each site's own address), ``joblisting:`` of NEOGOV, ``tt:`` of Teamtailor, ``_jobposting``.
Lacks, in most feeds, company and place: nothing is guessed from a title unless ``title`` says how titles are built. Dates: the
entry's publishing date; where there is only a date of change it is taken for both. Two entries with one guid and different links
are two postings, known by their links; where they have one link too, by title, date and text. A feed lists the newest only, so
a posting that is gone from it is not closed, unless ``whole`` says that the feed is a whole board.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator

from alerts import __version__
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPlace, Reading
from alerts.parse import feed, feed_plain, jobposting, slices
from alerts.parse.addresses import link, parts
from alerts.parse.build import Postings, pay, place
from alerts.parse.code import reading_code
from alerts.parse.feed_entry import Entry, Feed
from alerts.parse.markup import lines, unescape
from alerts.parse.values import line
from alerts.sources._access import AnyAddress, request

ABOUT = About("RSS, Atom or JSON Feed", complete=False, aggregator=True)

_PARTS = re.compile(r"\b(company|role|place)\b")
#: Hosts whose feeds a kind of their own reads.
_OF_OTHER_KINDS = (".weworkremotely.com", ".teamtailor.com", ".himalayas.app")
_EMPLOYERS_FEEDS = ("governmentjobs.com", "schooljobs.com", ".teamtailor.com")
#: Teamtailor's words, which mean nothing elsewhere.
_WORK = {
    "none": "onsite",
    "fully": "remote",
    "temporary": "temporary remote",
    "false": "",
    "no": "",
    "0": "",
    "true": "remote",
    "yes": "remote",
}
_EMPLOYMENT = re.compile(r"full|part|time|contract|freelanc|temp|intern|perman|volunt|apprent|seasonal|per diem", re.IGNORECASE)


def _pattern(value: str) -> str:
    names = _PARTS.findall(value)
    if "role" not in names or len(names) != len(set(names)):
        raise ValueError('must say how titles are built, such as "company: role" or "role at company (place)"')
    if any(not between.strip() for between in _PARTS.split(value)[2:-1:2]):
        raise ValueError("needs a sign or word between company, role and place")
    return value


class Options(AnyAddress):
    """``title``: how titles are built from *company*, *role*, *place*: "company: role", "role at company (place)"."""

    title: Annotated[str, AfterValidator(_pattern)] | None = None
    #: The employer of all entries, for the feed of one company.
    company: str | None = None
    #: The author of an entry is the employer.
    author_is_company: bool = False
    #: The feed lists all open postings, so that a missing one is closed.
    whole: bool = False


def recognise(address: str) -> dict[str, object] | None:
    """Addresses that end as feeds do; any other feed is found by looking at what it answers."""
    given = parts(address)
    if given is None:
        return None
    last = given.steps[-1].lower() if given.steps else ""
    job_feed = given.query.get("feed", "") in {"job_feed", "rss2", "rss", "atom"}
    if f".{given.host}".endswith(_OF_OTHER_KINDS):
        return None
    known = last.endswith((".rss", ".atom", ".rdf")) or last in {
        "rss",
        "feed.xml",
        "rss.xml",
        "atom.xml",
        "feed.json",
        "job_feed",
        "jobsfeed",
    }
    return {"url": link(address) or f"https://{address}"} if job_feed or known else None


def first(options: Options, asking: Asking) -> tuple[Request, ...]:
    """The feed."""
    return (request(options.url, options),)


def read(page: Page, options: Options) -> Reading:
    """The entries of the feed."""
    return _reading(feed.read(page.body), page, options)


def read_new(page: Page, options: Options, known: Mapping[str, str]) -> Reading:
    """The entries whose bytes are not known; the whole feed where that could be something else. ``known``: key → id."""
    cut = slices.cut(page.body, context=repr((__version__, reading_code(__name__), page.url, options)))
    said = feed_plain.read(cut.without(known)) if cut else None
    if cut is None or said is None:
        return read(page, options)
    reading, fresh = _reading(said, page, options), [key for key in cut.keys if key not in known]
    said_ids = [entry.id for entry in said.entries]
    names = {**known, **dict(zip(fresh, said_ids, strict=False))}
    ids = [names.get(key) for key in cut.keys]
    # An id that stands twice gets another name, for which all of its entries are needed.
    plain = None not in ids and len(set(ids)) == len(ids) and said_ids == [raw.source_id for raw in reading.postings]
    if len(said_ids) != len(fresh) or not plain or reading.next or reading.problems:
        return read(page, options)
    return replace(reading, entries=tuple(zip(cut.keys, map(str, ids), strict=True)))


def _reading(said: Feed, page: Page, options: Options) -> Reading:
    found = Postings(page.url)
    for problem in said.problems:
        found.problem(problem)
    names = _names(said.entries)
    for entry, name in zip(said.entries, names, strict=True):
        role, company, where = title_parts(entry.title, options.title)
        given = company or _company(entry, options) or (said.title if _one_employer(entry.link) else None)
        fields = _fields(entry, given, where)
        found.add(name, entry.link or entry.id, role, **fields)
    onward = link(said.next, page.url)
    ends = options.whole and not onward and not said.problems
    return replace(
        found.reading(request(onward, options) if onward else None, complete=ends, ttl_minutes=said.ttl_minutes, cut=said.cut),
        title=line(said.title),
    )


def _fields(entry: Entry, company: str | None, where: str | None) -> dict[str, Any]:
    structured = jobposting.fields(dict(entry.jobposting)) if entry.jobposting else {}
    employment, category = entry.extra.get("employment", ()), entry.extra.get("category", ())
    # Some sites hold the two the wrong way round.
    if category and not any(map(_EMPLOYMENT.search, employment)) and all(map(_EMPLOYMENT.search, category)):
        employment, category = category, employment
    body = unescape(entry.html)
    plain = {
        "company": company,
        "places": _places(entry, where),
        "work": [_WORK.get(word.lower(), word) for word in entry.extra.get("work", ())],
        "remote_areas": entry.extra.get("areas"),
        "employment": employment,
        "level": entry.extra.get("level"),
        "pay": _pay(entry),
        "category": category,
        "industry": entry.extra.get("industry"),
        "tags": (*entry.extra.get("tags", ()), *(each for each in entry.categories if each not in category)),
        "posted": entry.posted,
        "updated": entry.updated,
        "expires": entry.said("expires"),
        "html": "\n".join((body, *entry.extra.get("more", ()))) if body else None,
        "text": entry.text,
        "language": entry.language,
        "apply_url": entry.said("apply_url"),
        "requisition": entry.said("requisition"),
    }
    return plain | {key: value for key, value in structured.items() if not plain.get(key)}


def _company(entry: Entry, options: Options) -> str | None:
    author = lines(entry.author or "")
    listed = author[0] if len(author) > 1 or (options.author_is_company and author) else None
    return options.company or entry.said("company") or listed


def _one_employer(address: str | None) -> bool:
    """Is this a job of a system whose feeds are titled with their one employer?"""
    given = parts(address or "")
    return given is not None and given.host.endswith(_EMPLOYERS_FEEDS)


def _places(entry: Entry, where: str | None) -> list[RawPlace | None]:
    """Places in parts first, else their words, else what the author's second line or the title says."""
    if entry.places:
        return [place(*each) for each in entry.places]
    city, region, country = (entry.said(name) for name in ("city", "region", "country"))
    words = entry.extra.get("place", ())
    if words or city or country:
        return [place(each, city, region, country) for each in words or (None,)]
    author = lines(entry.author or "")
    found = place(where or (author[1].lstrip("⚲ \xa0") if len(author) > 1 else None))
    return [found] if found else []


def _pay(entry: Entry) -> Any:
    low, high = entry.said("pay_low"), entry.said("pay_high")
    return pay(low, high, entry.said("pay_currency"), entry.said("pay_period"), said=entry.said("pay_words"))


def title_parts(title: str | None, pattern: str | None) -> tuple[str | None, str | None, str | None]:
    """(role, company, place) by the user's pattern; the whole title is the role where it does not fit."""
    if not title or not pattern:
        return title, None, None
    fits = re.fullmatch(_expression(pattern), title)
    if not fits:
        return title, None, None
    said = fits.groupdict()
    return line(said.get("role")), line(said.get("company")), line(said.get("place"))


def _expression(pattern: str) -> str:
    """A pattern as a regular expression. The role is greedy: "Head of Sales at Scale at Acme" is a role at Acme."""
    ways = {"role": "(?P<role>.+)", "company": "(?P<company>.+?)", "place": "(?P<place>[^()]+?)"}
    pieces = enumerate(_PARTS.split(pattern.strip()))
    return "".join(ways[piece] if index % 2 else re.escape(piece).replace(r"\ ", r"\s+") for index, piece in pieces)


def _names(entries: tuple[Entry, ...]) -> list[str | None]:
    """The id of each entry: its guid; its link where that guid stands for several; and where the link does too, more of it."""
    doubtful = _shared_ids(entries)
    plain = [entry.link if entry.id in doubtful else entry.id or entry.link for entry in entries]
    shared = _shared_names(entries, plain)
    named = [_with(name, entry.title) if name in shared else name for entry, name in zip(entries, plain, strict=True)]
    for more in (_when, _body):
        # The same title twice (a job in two cities): what else tells them apart.
        twice = {name for name, count in Counter(named).items() if name and count > 1}
        pairs = list(zip(entries, plain, named, strict=True))
        named = [_with(name, more(entry)) if name in twice and short in shared else name for entry, short, name in pairs]
    return named


def _shared_names(entries: tuple[Entry, ...], names: list[str | None]) -> set[str]:
    """Names under which several jobs stand: a link that entries without guid share, or one guid for half of the feed."""
    titles: dict[str, list[Entry]] = {}
    for entry, name in zip(entries, names, strict=True):
        if name:
            titles.setdefault(name, []).append(entry)
    found = set()
    for name, said in titles.items():
        different = len({(entry.title, _body(entry)) for entry in said})
        unnamed = not any(entry.id for entry in said)
        if different > 1 and (unnamed or (different > 2 and different * 2 > len(entries))):
            found.add(name)
    return found


def _with(name: str | None, more: str | None) -> str:
    return f"{name}#{hashlib.sha256((more or '').encode('utf-8', 'replace')).hexdigest()[:16]}"


def _when(entry: Entry) -> str:
    return str(entry.posted or "")


def _body(entry: Entry) -> str:
    return f"{entry.html or ''} {entry.text or ''}"


def _shared_ids(entries: tuple[Entry, ...]) -> set[str]:
    """Ids that stand for different links in one feed."""
    links: dict[str, set[str]] = {}
    for entry in entries:
        if entry.id and entry.link:
            links.setdefault(entry.id, set()).add(entry.link)
    return {identity for identity, said in links.items() if len(said) > 1}
