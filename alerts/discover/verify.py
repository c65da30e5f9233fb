"""A candidate → what it answers: openings, employer, a sample, and what today's searches would take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from alerts import plugins
from alerts.discover.candidate import Candidate, Rank
from alerts.discover.title_form import title_form
from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.errors import FetchError, ReadError, SourceError
from alerts.model.options import Options
from alerts.model.page import Asking, Page, Request
from alerts.model.raw import About, RawPosting
from alerts.normalise.posting import normalise
from alerts.sandbox.reader import Reader

#: Requests made to look at one candidate; a longer list is counted by what the source says of itself.
MOST_REQUESTS = 5
#: Postings that the searches are tried on.
_MOST_TRIED = 2000

State = Literal["good", "empty", "unknown", "terms", "failed"]


@dataclass(slots=True)
class Found:
    """What a candidate answered. ``unknown``: there is no such board; ``terms``: they must be accepted before it is read."""

    candidate: Candidate
    state: State = "failed"
    why: str = ""
    about: About = field(default_factory=lambda: About(""))
    company: str | None = None
    #: The board's own name.
    name: str | None = None
    #: The feed's own title.
    title: str | None = None
    raws: dict[str, RawPosting] = field(default_factory=dict)
    #: How many there are, where the source says so or all were read.
    openings: int = 0
    #: All open postings of the place are among those counted.
    complete: bool = False
    #: Not all pages were looked at.
    more: bool = False
    #: Search → how many it would take.
    wanted: Mapping[str, int] = field(default_factory=dict)
    #: How its titles name the employer, where that is certain (the option ``title``).
    title_form: str | None = None
    #: Postings of which only a list entry was read.
    unread: int = 0

    @property
    def titles(self) -> list[str]:
        """Three titles of different jobs."""
        return list(dict.fromkeys(raw.title for raw in self.raws.values()))[:3]

    @property
    def expected(self) -> bool:
        """Is the posting there that the address spoke of?"""
        wanted = self.candidate.expected
        return bool(wanted) and any(wanted in (raw.source_id, raw.group) or wanted in raw.url for raw in self.raws.values())


class Verifier:
    """Looks at candidates as a source of the configuration would be read, but at a few pages only."""

    def __init__(
        self, fetcher: Fetcher, reader: Reader, now: datetime, wanted: Matcher | None = None, *, accept_terms: bool = False
    ) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._now = now
        self._wanted = wanted
        self._accept_terms = accept_terms

    def look(self, candidate: Candidate) -> Found:
        """What the candidate answers; every failure is a state."""
        module = plugins.load("sources", candidate.kind)
        found = Found(candidate, about=module.ABOUT)
        try:
            options = module.Options.model_validate(dict(candidate.options))
        except ValidationError as error:
            keys = ", ".join(str(each["loc"][0]) for each in error.errors() if each["loc"])
            how = f"write the source yourself (job-alerts kinds {candidate.kind})"
            found.why = f"{found.about.title} also needs {keys or 'other options'}; {how}"
            return found
        if found.about.must_accept and not self._accept_terms:
            found.state, found.why = "terms", "its terms must be accepted first"
            return found
        try:
            self._read(found, options)
        except FetchError as error:
            found.state = "unknown" if error.status in (404, 410) else "failed"
            found.why = f"there is no such place: {error}" if found.state == "unknown" else str(error)
        except SourceError as error:
            found.why = str(error)
        return found

    def _read(self, found: Found, options: Options) -> None:
        """Take the first pages, and judge what they say."""
        self._pages(found, options)
        if not found.raws:
            found.state, found.why = (
                "empty",
                "it answers, but lists no job; some systems answer so for a board that does not exist",
            )
            return
        if found.candidate.rank in (Rank.SITEMAP, Rank.GUESS) and not self._holds(found, options):
            return
        found.state = "good"
        found.company = _employer(found)
        if found.candidate.kind == "rss" and "title" not in found.candidate.options:
            found.title_form = title_form(found.raws.values())
        self._try_searches(found)

    def _pages(self, found: Found, options: Options) -> None:
        module = plugins.load("sources", found.candidate.kind)
        requests = list(module.first(options, self._wanted.asking(None) if self._wanted else Asking()))
        asked, ends, total = 0, [], None
        while requests and asked < MOST_REQUESTS:
            request = requests.pop(0)
            asked += 1
            reading = self._reader.read(found.candidate.kind, self._page(request, found.about), options)
            before = len(found.raws)
            for raw in reading.postings:
                found.raws.setdefault(raw.source_id, raw)
            found.name = found.name or reading.name
            found.title = found.title or reading.title
            total = total if reading.total is None else reading.total
            if reading.next is not None and (len(found.raws) > before or not reading.postings):
                requests.insert(0, reading.next)
            else:
                ends.append(reading.complete)
        found.more = bool(requests)
        found.complete = found.about.complete if found.more else all(ends)
        found.openings = max(len(found.raws), total or 0) if found.more else len(found.raws)

    def _page(self, request: Request, about: About) -> Page:
        if about.robots:
            self._fetcher.heed_robots(request.url, self._now)
        page = self._fetcher.fetch(request, now=self._now).page
        if page is None:
            raise ReadError("no page came")
        return page

    def _holds(self, found: Found, options: Options) -> bool:
        """A guess must have the very job; of a site's map one of the first jobs must be a job when its page is read."""
        if found.candidate.rank == Rank.GUESS:
            if found.candidate.expected and not found.expected:
                found.why = f"the job {found.candidate.expected} is not there, so it is another employer's board"
                return False
            return True
        module = plugins.load("sources", found.candidate.kind)
        for key, raw in list(found.raws.items())[:2]:
            try:
                request = module.detail(raw, options)
                page = self._page(request, found.about)
                found.raws[key] = self._reader.read_detail(found.candidate.kind, page, raw, options)
            except (SourceError, AttributeError):
                continue
            return True
        found.why = "its addresses look like those of jobs, but their pages show no job that can be read"
        return False

    def _try_searches(self, found: Found) -> None:
        """How many of the postings the searches would take, judged by what was read."""
        found.unread = sum(not raw.detailed for raw in found.raws.values())
        if self._wanted is None:
            return
        employer = found.company or found.name
        postings = [
            normalise(raw, source="add", now=self._now, remote=found.about.remote, company=employer)
            for raw in list(found.raws.values())[:_MOST_TRIED]
        ]
        takers = Counter(saved.name for taken in self._wanted.find(postings, self._now) for saved, _ in taken)
        found.wanted = {saved.name: takers[saved.name] for saved in self._wanted.searches}


def _employer(found: Found) -> str | None:
    """The employer of (nearly) all postings."""
    names = Counter(raw.company for raw in found.raws.values() if raw.company)
    for name, count in names.most_common(1):
        if count >= 0.8 * len(found.raws):
            return name
    return found.name if found.candidate.is_board and not names else None
