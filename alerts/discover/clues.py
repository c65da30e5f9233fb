"""A page → the boards, feeds and postings that it points to, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from alerts.discover import signs
from alerts.discover.candidate import Candidate, Rank, best_of_each, employers_board
from alerts.model.page import Page
from alerts.parse import jsonld, markup
from alerts.parse.addresses import Parts, link, parts
from alerts.parse.decode import charset_of, decode

#: Characters of a page that are looked through for addresses.
_MOST = 4_000_000
#: Different addresses of a page that are asked about, and of those that are under no known domain.
_MOST_ADDRESSES = 2000
_MOST_UNKNOWN = 300
_ESCAPES = {"\\/": "/", "\\u002f": "/", "\\u002F": "/", "&#x2F;": "/", "&#47;": "/", "&amp;": "&", "\\u0026": "&"}
_WHOLE = re.compile(r"(?:https?:)?//[A-Za-z0-9][\w.-]*\.[A-Za-z]{2,}(?::\d+)?(?:[/?][^\s\"'`<>\\(){}\[\]]*)?")
_BARE = re.compile(r"(?<![\w./@-])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?:/[^\s\"'`<>\\(){}\[\],;]*)?")
JOB_WORDS = re.compile(
    r"job|career|karriere|vacanc|position|opening|opportunit|hiring|recruit|join.?(?:us|our|the)|work.?(?:with|for|at).?us"
    r"|stellen|emploi|recrutement|carri[eè]re|vacature|empleo|trabaj|vaga|lediga|stillinger|rekry|lavora",
    re.IGNORECASE,
)


def clues(page: Page) -> list[Candidate]:
    """Everything that a page in HTML points to, the best reason first."""
    source = source_of(page)
    root = markup.parse(source)
    return best_of_each([*_boards(page, root, source), *_own(page, source), *_postings(page, root), *_feeds(page, root)])


def ways_on(page: Page, most: int = 4) -> list[str]:
    """Links of the same site that promise jobs, the likeliest first; and where a page sends its visitors by itself."""
    root = markup.parse(source_of(page))
    here = parts(page.url)
    if here is None:
        return []
    found = [each for each in _refreshes(root, page.url) if each != page.url]
    scored: dict[str, int] = {}
    for each in markup.links(root, page.url):
        there = parts(each.url)
        if there is None or not same_site(here.host, there.host) or each.url.partition("#")[0] == page.url.partition("#")[0]:
            continue
        path, words = urlsplit(each.url).path, each.words[:80]
        worth = 2 * bool(JOB_WORDS.search(words)) + 2 * bool(JOB_WORDS.search(path)) + 3 * (there.host != here.host)
        deep = path.count("/") > 3 or re.search(r"\d{3}", path)
        if worth >= 2 and (JOB_WORDS.search(words + path) or JOB_WORDS.search(there.host)) and not deep:
            scored.setdefault(each.url.partition("#")[0], worth)
    found += sorted(scored, key=lambda url: (-scored[url], len(url)))
    frames = [
        each for each in markup.embeds(root, page.url) if JOB_WORDS.search(each) and not each.partition("?")[0].endswith(".js")
    ]
    return list(dict.fromkeys([*found[:1], *frames, *found[1:]]))[:most]


def same_site(one: str, other: str) -> bool:
    """Do two hosts belong to one employer, as far as names tell ("www.acme.com" and "careers.acme.com")?"""
    return one == other or brand(one)[1] == brand(other)[1] != ""


def brand(host: str) -> tuple[str, str]:
    """The name that an employer's host tells, and the domain that it is registered under: ("acme", "acme.co.uk")."""
    labels = host.split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "net", "ac", "gov", "or", "ne"}
    own = labels[-(3 if short else 2) :]
    return (own[0], ".".join(own)) if len(own) > 1 and not host.replace(".", "").isdigit() else ("", "")


def source_of(page: Page) -> str:
    """The source of a page, with the usual ways of hiding an address in a script undone."""
    said = decode(page.body[:_MOST], charset_of(page.headers.get("content-type", "")))
    for hidden, plain in _ESCAPES.items():
        said = said.replace(hidden, plain)
    return said


def _boards(page: Page, root: LexborHTMLParser, source: str) -> Iterator[Candidate]:
    """Boards whose addresses stand in the page: in frames and scripts, in links, or anywhere in its source."""
    embeds = dict.fromkeys(markup.embeds(root, page.url))
    links = dict.fromkeys(each.url for each in markup.links(root, page.url))
    yield from _recognised(embeds, "a frame or script", Rank.EMBED, page)
    yield from _recognised(links, "a link", Rank.LINK, page)
    written = [each for each in _written(source, page.url) if each not in links and each not in embeds]
    yield from _recognised(written, "an address", Rank.NAMED, page)
    for kind, options in signs.named(source):
        yield Candidate(kind, options, f"a name in the source of {page.url}", Rank.NAMED)


def _written(source: str, base: str) -> list[str]:
    """The addresses anywhere in a source, also inside another's parameters, and known hosts without "https://"."""
    whole = dict.fromkeys(found[0].rstrip(".,;:") for found in _WHOLE.finditer(source))
    inside = (unquote(each.partition("?")[2]) for each in whole if "%3a%2f%2f" in each.lower())
    whole |= dict.fromkeys(found[0] for each in inside for found in _WHOLE.finditer(each))
    bare = dict.fromkeys(found[0].rstrip(".,;:") for found in _BARE.finditer(source))
    domains = signs.table().domains
    written = [*_likely(whole), *(f"https://{each}" for each in _likely(bare) if domains.search(each))]
    return [address for each in written if (address := link(each, base))]


def _recognised(addresses: Iterable[str], what: str, rank: Rank, page: Page) -> Iterator[Candidate]:
    here = parts(page.url)
    for address in _likely(addresses):
        there = parts(address)
        found = employers_board(address) if there else None
        if there and found and not _is_the_systems_own(there, found[1]):
            # What stands on the site itself is certain only after it has answered.
            own = here is not None and there.host == here.host
            yield Candidate(*found, f"{what} in {page.url}", max(rank, Rank.LINK) if own else rank, address)


def _likely(addresses: Iterable[str]) -> list[str]:
    """Those under the domains of known systems, and a bounded number of all others."""
    domains, found, others = signs.table().domains, list[str](), list[str]()
    for address in addresses:
        (found if domains.search(address) else others).append(address)
    return [*found[:_MOST_ADDRESSES], *others[:_MOST_UNKNOWN]]


def _is_the_systems_own(there: Parts, options: Mapping[str, object]) -> bool:
    """Is this the system's own host ("assets.recruitee.com") and no board?"""
    label = there.host.partition(".")[0]
    return label in signs.table().not_boards and label in options.values()


def _own(page: Page, source: str) -> Iterator[Candidate]:
    """The systems that made the page, asked on its own host."""
    if here := parts(page.url):
        for kind, options in signs.on_own_host(source, here):
            yield Candidate(kind, options, f"the make of {page.url}", Rank.OWN_HOST, page.url)


def _postings(page: Page, root: LexborHTMLParser) -> Iterator[Candidate]:
    """The page itself, and its site's map."""
    shown = len(jsonld.postings(root))
    why = f"{shown} postings in its markup" if shown else "the page itself"
    yield Candidate("page", {"url": page.url}, why, Rank.PAGE if shown > 1 else Rank.SINGLE, page.url)
    if here := parts(page.url):
        for way in (here.origin, f"{here.origin}/sitemap.xml"):
            yield Candidate("sitemap", {"url": way}, f"the map of {here.origin}", Rank.SITEMAP, way)


def _feeds(page: Page, root: LexborHTMLParser) -> Iterator[Candidate]:
    """The feeds that the page names; one that does not speak of jobs may be a blog."""
    for each in markup.feeds(root, page.url):
        if re.search(r"/comments/|/comment-", each.url):
            continue
        found = employers_board(each.url)
        about_jobs = JOB_WORDS.search(urlsplit(each.url).path + each.words) or JOB_WORDS.search(urlsplit(each.url).query)
        rank = Rank.LINK if found else Rank.FEED if about_jobs else Rank.DOUBTFUL
        kind, options = found or ("rss", {"url": each.url})
        yield Candidate(kind, options, f"a feed that {page.url} names", rank, each.url)


def _refreshes(root: LexborHTMLParser, url: str) -> Iterator[str]:
    for node in root.css("meta[http-equiv='refresh' i]"):
        _, sign, said = (markup.attribute(node, "content") or "").partition("=")
        address = link(said.strip(" '\""), url) if sign else None
        if address:
            yield address
