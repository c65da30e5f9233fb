"""An address → candidates: short links are followed, files told apart, pages read, and the careers page behind a home page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts import plugins
from alerts.discover import clues, signs
from alerts.discover.candidate import Candidate, Rank, best_of_each
from alerts.discover.detect_kind import GENERIC, recognise
from alerts.fetch.fetcher import Fetcher
from alerts.model.errors import FetchError, SourceError
from alerts.model.page import Page, Request
from alerts.parse.addresses import Parts, link, parts
from alerts.sandbox.reader import Reader
from alerts.sources import _boards

#: Further pages of a site that are read when the first names no board.
MOST_PAGES = 4
_BUSY = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
#: Parameters that say: this is a job of that system. → (kind, its option)
_JOB_MARKS = {"gh_jid": ("greenhouse", "board"), "ashby_jid": ("ashby", "board")}


@dataclass(slots=True)
class Trail:
    """Where an address led."""

    candidates: list[Candidate] = field(default_factory=list)
    #: What a person should know, above all where nothing was found.
    notes: list[str] = field(default_factory=list)


def follow(address: str, fetcher: Fetcher, reader: Reader, now: datetime) -> Trail:
    """All that ``address`` may stand for, the best reason first; asks the network only where the address alone is not certain."""
    trail = Trail()
    here = parts(address)
    if here is None:
        trail.notes.append("this is no http:// or https:// address")
        return trail
    url = link(address) or f"https://{address.strip().removeprefix('//')}"
    if found := recognise(address):
        trail.candidates.append(Candidate(*found, "the address itself", Rank.ITSELF, url))
        return trail
    if kind := signs.needs_key(here.host):
        fields = plugins.load("sources", kind).Options.model_fields
        needed = ", ".join(name for name, each in fields.items() if each.is_required())
        how = f"write the source yourself, with {needed} (job-alerts kinds {kind})"
        trail.notes.append(f'this is read as kind = "{kind}" with a key of your own; {how}')
        return trail
    if said := signs.refused(url):
        trail.notes.append(said)
        return trail
    if here.host.removeprefix("www.") == "github.com" and len(here.steps) >= 2:
        trail.candidates += _repository(here)
        return trail
    if system := signs.closed_system(here.host):
        trail.notes.append(f"no kind of source reads {system}; what its site shows to visitors is looked at all the same")
    _read(url, here, trail, fetcher, reader, now)
    trail.candidates = best_of_each(_with_expected(here, [*trail.candidates, *_guesses(here)]))
    return trail


def _read(url: str, here: Parts, trail: Trail, fetcher: Fetcher, reader: Reader, now: datetime) -> None:
    """What the page at ``url`` is, or points to."""
    page = _page(url, trail, fetcher, now)
    if page is None:
        return
    if page.url != url and (found := recognise(page.url)):
        trail.candidates.append(Candidate(*found, f"where {url} leads", Rank.ITSELF, page.url))
        return
    if not _BUSY.search(page.body[:5000].decode("latin-1")) and "html" not in page.content_type:
        trail.candidates += _files(page, reader)
        if not trail.candidates:
            trail.notes.append(
                "it answers with a file that no kind reads by itself; for JSON write a mapping (job-alerts kinds json)"
            )
        return
    trail.candidates += clues.clues(page)
    if not _certain(trail.candidates, here):
        _go_on(page, here, trail, fetcher, now)


def _certain(candidates: Iterable[Candidate], here: Parts) -> bool:
    """Is the employer's own board among them, so that no further page needs to be read?"""
    name = clues.brand(here.host)[0]
    return any(each.rank <= Rank.NAMED or (each.rank <= Rank.OWN_HOST and each.named_like(name)) for each in candidates)


def _go_on(page: Page, here: Parts, trail: Trail, fetcher: Fetcher, now: datetime) -> None:
    """Read on where the site promises jobs, until a board is found or enough was read."""
    seen, waiting = {page.url}, clues.ways_on(page)
    for _ in range(MOST_PAGES):
        way = next((each for each in waiting if each not in seen), None)
        if way is None:
            return
        seen.add(way)
        if found := recognise(way):
            trail.candidates.append(Candidate(*found, f"a link in {page.url}", Rank.LINK, way))
        elif fetcher.robots_allows(way, now) and (further := _page(way, None, fetcher, now)):
            seen.add(further.url)
            trail.candidates += _further(further)
            waiting += clues.ways_on(further)
        if _certain(trail.candidates, here):
            return


def _page(url: str, trail: Trail | None, fetcher: Fetcher, now: datetime) -> Page | None:
    try:
        return fetcher.fetch(Request(url, conditional=False), now=now).page
    except FetchError as error:
        if trail is None:
            return None
        trail.notes.append(str(error))
        if error.moved_to and (found := recognise(error.moved_to)):
            trail.candidates.append(Candidate(*found, f"where {url} leads", Rank.ITSELF, error.moved_to))
        return None


def _further(page: Page) -> list[Candidate]:
    """What a further page of the site points to; where a redirect led to a board, that."""
    if found := recognise(page.url):
        return [Candidate(*found, "where a link of the site leads", Rank.LINK, page.url)]
    return clues.clues(page)


def _files(page: Page, reader: Reader) -> list[Candidate]:
    """A feed, list or map: of the kinds that need its address alone the one that reads the most."""
    found: list[tuple[int, Candidate]] = []
    for kind in plugins.kinds("sources"):
        fields = plugins.load("sources", kind).Options.model_fields
        if "url" not in fields or any(each.is_required() for name, each in fields.items() if name != "url"):
            continue
        options = {"url": page.request.url}
        try:
            reading = reader.read(kind, page, plugins.load("sources", kind).Options.model_validate(options))
        except (SourceError, ValueError):
            continue
        if reading.postings or (reading.next and page.body.lstrip()[:1] == b"<"):
            candidate = Candidate(kind, options, "what the address answers", Rank.ITSELF, page.request.url)
            found.append((len(reading.postings), candidate))
    return [candidate for _, candidate in sorted(found, key=lambda each: (-each[0], each[1].kind in GENERIC))[:1]]


def _repository(here: Parts) -> list[Candidate]:
    """Lists of jobs that a repository may keep."""
    base = f"https://raw.githubusercontent.com/{here.step(0)}/{here.step(1)}/HEAD"
    why = "a list that such repositories keep"
    files = {"listings": f"{base}/.github/scripts/listings.json", "readme": f"{base}/README.md"}
    return [Candidate(kind, {"url": url}, why, Rank.GUESS, url) for kind, url in files.items()]


def _with_expected(here: Parts, candidates: list[Candidate]) -> Iterator[Candidate]:
    """The id in ``gh_jid=`` must be on the board that is taken."""
    for candidate in candidates:
        marks = [here.query[mark] for mark, (kind, _) in _JOB_MARKS.items() if kind == candidate.kind and mark in here.query]
        yield replace(candidate, expected=marks[0]) if marks else candidate


def _guesses(here: Parts) -> Iterator[Candidate]:
    """A job of a known system on the employer's own host: the board may bear the employer's name."""
    name = clues.brand(here.host)[0]
    for mark, (kind, option) in _JOB_MARKS.items():
        if mark in here.query and name:
            for guess in dict.fromkeys([name, name.replace("-", "")]):
                yield Candidate(kind, {option: guess}, f"a board named like {here.host}", Rank.GUESS)
            for board in known_boards(name):
                if board.kind == kind and (options := plugins.load("sources", kind).recognise(board.address)):
                    yield Candidate(kind, options, "the list of known boards", Rank.GUESS, board.address)


def known_boards(name: str) -> list[_boards.Board]:
    """The boards of the shipped list whose employer has exactly this name."""
    wanted = _boards.folded(name).replace(" ", "")
    return [board for board in _boards.find(name, 50) if _boards.folded(board.company).replace(" ", "") == wanted]


def similar_boards(name: str, limit: int = 10) -> list[_boards.Board]:
    """The boards of the shipped list whose employer's name is like this."""
    return _boards.find(name, limit)


def closed_to_us(host: str) -> bool:
    """Is this the host of a system or site that tells nothing of one employer's name?"""
    return bool(signs.closed_system(host) or signs.refusing_site(host) or signs.needs_key(host))
