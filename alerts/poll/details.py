"""Entries of a listing → whole postings: details are asked for where a search could still want them, so many a poll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from alerts import plugins
from alerts.dedupe.decide import Standing
from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.errors import FetchError, SourceError
from alerts.model.options import country_of
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.normalise.posting import normalise
from alerts.poll.crawl import Listing, has_details, read_details
from alerts.poll.entry import Entry
from alerts.poll.fallen import is_given_up
from alerts.sandbox.reader import Reader

#: The details of a posting are asked for this often in vain, then it is judged by what the list says.
MOST_TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Completer:
    """Completes the entries of one source."""

    source: Source
    #: The employer of all its postings, where one is known.
    employer: str | None
    matcher: Matcher
    fetcher: Fetcher
    reader: Reader
    #: Details asked for in one poll, at most.
    most: int

    def complete(self, entries: Sequence[Entry], listing: Listing, now: datetime) -> int:
        """Give every entry its posting; how many requests were saved because no search could want the details."""
        for entry in entries:
            entry.posting = entry.now if entry.fallen else self._normalise(entry.raw, now)
        brief = [entry for entry in entries if not entry.raw.detailed and not entry.taken_back]
        brief = brief if has_details(self.source) else []
        wanted = [entry for entry in brief if self.matcher.could_want(entry.now, now)]
        # What failed often comes last, so that it keeps no room from what was never asked for.
        wanted.sort(key=lambda entry: entry.tries)
        for entry in wanted:
            entry.lacking = True
        for entry in wanted[: self.most]:
            listing.requests += 1
            if not self._ask(entry, now):
                # Where nobody answers, the others would only wait as long.
                break
        for entry in wanted:
            if entry.lacking and is_given_up(entry, now, MOST_TRIES):
                self._give_up(entry)
        return len(brief) - len(wanted)

    def _normalise(self, raw: RawPosting, now: datetime) -> Posting:
        remote = plugins.load("sources", self.source.kind).ABOUT.remote
        country = country_of(self.source.options)
        return normalise(raw, source=self.source.key, now=now, remote=remote, company=self.employer, country=country)

    def _ask(self, entry: Entry, now: datetime) -> bool:
        """Read the details of one posting; False when nobody answered."""
        try:
            entry.raw = read_details(self.source, entry.raw, self.fetcher, self.reader, now)
        except SourceError as error:
            entry.tries += 1
            return not (isinstance(error, FetchError) and error.unreachable)
        listed, entry.lacking = entry.now, False
        entry.posting = self._normalise(entry.raw, now)
        if entry.fallen and entry.before:
            entry.posting = _filled(_filled(entry.now, listed), entry.before)
        return True

    def _give_up(self, entry: Entry) -> None:
        """Judge it by what its list says."""
        entry.lacking = False
        if entry.before and entry.standing in (Standing.KNOWN, Standing.CHANGE_AWAITED):
            entry.posting = _filled(entry.now, entry.before)


def _filled(now: Posting, before: Posting) -> Posting:
    """What the list says now; where it is silent, what was read before."""
    silent = {field.name: getattr(before, field.name) for field in fields(Posting) if not getattr(now, field.name)}
    return replace(now, **silent | {"evidence": {**before.evidence, **now.evidence}})
