"""Adding a source: an address, an employer's name or a feed is followed, looked at and written into the file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts import plugins
from alerts.config.edit import add_source, written
from alerts.daemon.adding_outcome import Outcome
from alerts.discover.candidate import Candidate, Rank
from alerts.discover.choose import Choice, choose
from alerts.discover.detect_kind import recognise
from alerts.discover.trail import Trail, closed_to_us, follow, known_boards, similar_boards
from alerts.discover.verify import Found, Verifier
from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.plan import Plan, Source
from alerts.parse.addresses import link, parts
from alerts.render import clean
from alerts.sandbox.reader import Reader

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
#: Options that say how a place is read, not which place it is.
_HOW = frozenset({"company", "language", "accept_terms", "pages", "days", "token", "title"})


def is_address(place: str) -> bool:
    """Is this an address (with or without https://), and no company's name?"""
    return _ADDRESS.fullmatch(place.strip()) is not None


@dataclass
class How:
    """How it is added: the options of ``add``."""

    kind: str | None = None
    name: str | None = None
    every: str | None = None
    yes_terms: bool = False
    even_empty: bool = False
    no_verify: bool = False
    dry_run: bool = False


class Adding:
    """Finds, looks, and adds, one after another; each is on the disk before it is told."""

    def __init__(self, how: How, plan: Plan, fetcher: Fetcher, reader: Reader, now: datetime) -> None:
        self._how = how
        self._plan = plan
        self._fetcher = fetcher
        self._reader = reader
        self._now = now
        self._verifier = Verifier(fetcher, reader, now, Matcher(plan.searches, aliases=plan.aliases), accept_terms=how.yes_terms)

    def place(self, place: str) -> Outcome:
        """An address (with or without https://), or an employer's name."""
        return self.address(place) if self._how.kind or is_address(place) else self.company(place)

    def address(self, place: str) -> Outcome:
        """Follow an address to what it stands for, and add the best of it."""
        trail = Trail([_said(self._how.kind, place)]) if self._how.kind else self._follow(place)
        sure = [each for each in trail.candidates if each.rank == Rank.ITSELF]
        if len(sure) == 1 and (there := self._there(sure[0])):
            return Outcome(place, "there", name=there.name)
        outcome = self._best(place, choose(trail.candidates, place, self._verifier), trail.notes)
        here = parts(place)
        if outcome.state == "not" and here and not sure and not closed_to_us(here.host):
            known = known_boards(here.host.removeprefix("www.").partition(".")[0])
            outcome.others += [(f"{board.company} at {board.kind}", _command(board.address)) for board in known]
        return outcome

    def company(self, name: str) -> Outcome:
        """Look a company up in the list of known boards."""
        exact = known_boards(name)
        if len(exact) == 1:
            outcome = self.address(exact[0].address)
            outcome.asked = f"{name} ({exact[0].address})"
            return outcome
        boards = exact or similar_boards(name)
        why = "there are several; choose one" if exact else "no board of exactly this name is known"
        if not boards:
            why = "no board of this name is known; give the address of the company's careers page"
        return Outcome(name, why=why, others=[(f"{board.company} at {board.kind}", _command(board.address)) for board in boards])

    def feed(self, url: str, name: str) -> Outcome:
        """Add one feed of a feed reader."""
        kind, options = recognise(url) or ("rss", {"url": url})
        candidate = Candidate(kind, options, "a subscription", Rank.ITSELF, url)
        asked = f"{name} ({url})" if name else url
        if there := self._there(candidate):
            return Outcome(asked, "there", name=there.name)
        if self._how.no_verify:
            found = Found(candidate, "good", about=plugins.load("sources", kind).ABOUT)
            if found.about.must_accept and not self._how.yes_terms:
                return Outcome(asked, why=_unaccepted(found), found=found)
        else:
            found = self._verifier.look(candidate)
        found.name = name or found.name
        return self._add(Outcome(asked, found=found), found)

    def listed(self, url: str, name: str) -> Outcome:
        """Add one place of a list: a feed, or a page behind which one is looked for; the list's own name is kept."""
        self._how.name = None if any(source.name == name for source in self._plan.sources) else name or None
        return self.address(url)

    def _follow(self, place: str) -> Trail:
        return follow(place, self._fetcher, self._reader, self._now)

    def _best(self, asked: str, choice: Choice, notes: list[str]) -> Outcome:
        """The best of a choice, added; what else was found is told with the command that adds it."""
        found = choice.best
        if found is None and self._how.even_empty:
            found = next((each for each in choice.looked if each.state in ("empty", "unknown")), None)
        others = [each.candidate for each in choice.looked if each is not found and each.state in ("good", "terms")] + choice.left
        outcome = Outcome(asked, found=found, others=[(_what(each), _again(each)) for each in others[:12] if each.address])
        if found is None:
            outcome.found = choice.looked[0] if len(choice.looked) == 1 else None
            outcome.why = _why_nothing(choice, notes)
            return outcome
        if there := self._there(found.candidate):
            outcome.state, outcome.name = "there", there.name
            return outcome
        return self._add(outcome, found)

    def _add(self, outcome: Outcome, found: Found) -> Outcome:
        if found.state == "terms":
            outcome.why = _unaccepted(found)
        elif found.state != "good" and not (self._how.even_empty and found.state in ("empty", "unknown")):
            outcome.why = found.why + (" (--even-empty adds it all the same)" if found.state in ("empty", "unknown") else "")
        else:
            table = self._table(found)
            outcome.toml, outcome.table = written(table), table
            outcome.name = str(table.get("name") or found.about.title)
            if self._how.dry_run:
                outcome.state, outcome.why = "would", "this was a dry run"
                return outcome
            self._plan = add_source(self._plan.path, table)
            there = self._there(found.candidate)
            outcome.state, outcome.name = "added", there.name if there else outcome.name
        return outcome

    def _table(self, found: Found) -> Mapping[str, object]:
        """The source as it will stand in the file."""
        table: dict[str, object] = {}
        if name := self._how.name or self._name(found):
            table["name"] = name
        table |= {"kind": found.candidate.kind, **found.candidate.options}
        if found.title_form:
            table["title"] = found.title_form
        if self._how.every:
            table["every"] = self._how.every
        if found.about.must_accept:
            table["accept_terms"] = True
        return table

    def _name(self, found: Found) -> str:
        """The employer's or the feed's name, unlike that of every other source; "" for the kind's own."""
        said = clean.line(found.company or found.name or found.title, 100)
        if found.candidate.is_board and "url" not in found.candidate.options:
            base = f"{said} ({found.about.title})" if said else ""
        else:
            base = said or _site_name(str(found.candidate.options.get("url", "")))
        taken = {source.name for source in self._plan.sources}
        names = [base, *(f"{base} {number}" for number in range(2, 1000))]
        return next(name for name in names if name not in taken) if base else ""

    def _there(self, candidate: Candidate) -> Source | None:
        """The source of the configuration that reads the same place."""
        module = plugins.load("sources", candidate.kind)
        try:
            wanted = _place(module.Options.model_validate(dict(candidate.options)).model_dump(mode="json"))
        except ValueError:
            return None
        same = (each for each in self._plan.sources if each.kind == candidate.kind)
        return next((each for each in same if _place(each.options.model_dump(mode="json")) == wanted), None)


def _place(options: Mapping[str, object]) -> str:
    """What tells one place from another."""
    return str(sorted((key, value) for key, value in options.items() if key not in _HOW)).casefold()


def _site_name(url: str) -> str:
    """What to call a feed, page or list that names itself not at all: its site, or its repository."""
    here = parts(url)
    if here is None:
        return ""
    return "/".join(here.steps[:2]) if here.host == "raw.githubusercontent.com" else here.host.removeprefix("www.")


def _what(candidate: Candidate) -> str:
    title = plugins.load("sources", candidate.kind).ABOUT.title
    return f"{title} ({', '.join(str(value) for value in candidate.options.values())})"


def _again(candidate: Candidate) -> str:
    """The command that adds a candidate."""
    found = recognise(candidate.address)
    sure = found is not None and found[0] == candidate.kind
    return _command(candidate.address) if sure else f"{_command(candidate.address)} --kind {candidate.kind}"


def _command(address: str) -> str:
    return f"job-alerts add {shlex.quote(address)}"


def _unaccepted(found: Found) -> str:
    return f"{found.about.title} sets terms: {found.about.terms} If you accept them, add it with --yes-terms"


def _why_nothing(choice: Choice, notes: list[str]) -> str:
    """Why nothing could be taken, in one line."""
    if choice.directory:
        return "the page names the boards of many employers; choose one"
    whys = [*notes, *dict.fromkeys(f"{each.candidate.kind}: {each.why}" for each in choice.looked if each.why)]
    if len(choice.looked) == 1 and not notes:
        whys = [choice.looked[0].why]
    empty = any(each.state in ("empty", "unknown") and each.candidate.is_board for each in choice.looked)
    hint = " (--even-empty adds it all the same)" if empty else ""
    return ("; ".join(whys[:5]) or "no board, feed, job or map of jobs was found there") + hint


def _said(kind: str, place: str) -> Candidate:
    """The candidate of ``--kind``: the options that the address gives, the address itself, or its host."""
    module = plugins.load("sources", kind)
    url = link(place) or f"https://{place.strip()}"
    here = parts(place)
    fields = module.Options.model_fields
    options = module.recognise(place)
    if options is None and here is not None:
        options = {"url": url} if "url" in fields else {"base_url": here.origin} if "base_url" in fields else {}
        options |= {"host": here.host} if "host" in fields else {}
    return Candidate(kind, options or {}, "what you said", Rank.ITSELF, url)
