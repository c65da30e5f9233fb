"""First half of the story: one source → the outbox.

    Poller.poll(source):
        crawl      fetch its pages and read them                           → Listing
        recall     what of it is new, changed or outstanding?              → entries
        complete   ask for details where they could matter; normalise      → entries with postings
        reissues   which took a stored posting's place under a new id?
        match      which searches want each, and did before?               → entries with matches
        record     in portions, each ONE short transaction { postings, jobs, events, alerts owed },
                   and in the last one the source's state

What vouches for "nothing changed" is kept with the last portion: after a crash the poll is done again, and what was recorded
is known.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from alerts.fetch.fetcher import Fetcher
from alerts.match.matcher import Matcher
from alerts.model.errors import AlertsError, FetchError, SourceError
from alerts.model.plan import Plan, SavedSearch, Source
from alerts.model.posting import Posting
from alerts.notify.context import Context
from alerts.notify.cut import keep_cut
from alerts.notify.enqueue import within_backfill
from alerts.poll import interval
from alerts.poll.announce import Announcer
from alerts.poll.closing import Closing
from alerts.poll.crawl import USUAL, Bounds, Listing, crawl
from alerts.poll.details import Completer
from alerts.poll.entry import Entry, recall
from alerts.poll.failure import failed
from alerts.poll.fallen import recall_fallen
from alerts.poll.record import Differences, Recorder
from alerts.poll.reissue import find_reissues
from alerts.poll.seen import still_stored
from alerts.poll.summary import Summary, summarise
from alerts.sandbox.reader import Reader
from alerts.store.sources import SourceState
from alerts.store.store import Store

log = logging.getLogger("alerts")
#: One reading in so many, and one in so long, is of the whole, whatever the server says of its validators.
MOST_UNVERIFIED, LONGEST_UNVERIFIED = 20, timedelta(days=7)
#: A poll that takes longer than this is taken for lost when another process looks at it.
LEASE = timedelta(hours=1)
#: What vouches for a page without the server's word.
_OWN = ("body", "entries")


@dataclass(frozen=True, slots=True)
class Report:
    """What one poll did, for the log and for people."""

    source: Source
    error: str | None = None
    unchanged: bool = False
    listed: int = 0
    recorded: Summary = field(default_factory=Summary)
    problems: Sequence[str] = ()
    #: What was left unread because there is too much of it.
    cut: str | None = None
    requests: int = 0
    moved_to: str | None = None


class PollContext(Context, Protocol):
    """… and the ways to the sources: what it takes to poll."""

    @property
    def fetcher(self) -> Fetcher:
        """The way to the sources."""

    @property
    def reader(self) -> Reader:
        """The child process that reads pages."""


def poll(source: Source, context: PollContext, now: datetime) -> Report:
    """Read one claimed source and record what it says; see :class:`Poller`."""
    poller = Poller(
        store=context.store, plan=context.plan, matcher=context.matcher, fetcher=context.fetcher, reader=context.reader
    )
    return poller.poll(source, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """Polls sources, with the searches of one configuration."""

    store: Store
    plan: Plan
    matcher: Matcher
    fetcher: Fetcher
    reader: Reader
    bounds: Bounds = USUAL

    def poll(self, source: Source, now: datetime) -> Report:
        """Read one claimed source and record what it says; a failure is recorded too, and never raised."""
        started = time.monotonic()
        try:
            state = self.store.sources.state(source.key)
            listing = self._crawl(source, state, now)
            entries = recall(source, listing, self.store) + recall_fallen(source, listing, self.store)
            saved = self._complete(source, entries, listing, now)
            find_reissues(source, entries, listing, self.store)
            self._match(entries, now, baseline=state.first_read is None)
            recorded = self._record(source, state, listing, entries, saved, now)
        except SourceError as error:
            if isinstance(error, FetchError) and error.retry_after:
                # The server counts from its answer, ``now`` is when the poll began.
                error.retry_after += time.monotonic() - started
            return self._failed(source, error, now)
        except AlertsError:
            raise
        except Exception as error:  # whatever a posting does to a stage: it costs this poll, and is seen in ``status``
            log.exception("%s: a fault of job-alerts; please report it", source.name)
            fault = f"reading it ran into a fault of job-alerts ({type(error).__name__}: {error}); please report it"
            return self._failed(source, SourceError(fault), now)
        return _report(source, listing, recorded)

    def _crawl(self, source: Source, state: SourceState, now: datetime) -> Listing:
        if source.missing:
            raise SourceError(f"it is not read without its secret: {source.missing}")
        # With details outstanding, or a drop that must repeat, the list itself is needed again: nothing may vouch for it.
        needed = state.dropped is not None or self.store.postings.pending_of(source.key)
        known = {} if needed else self.store.sources.validators(source.key)
        if state.unverified + 1 >= MOST_UNVERIFIED or (state.whole and now - state.whole >= LONGEST_UNVERIFIED):
            # A server that says "nothing changed" for ever is asked for the whole now and then; its last body still counts.
            known = {request: {name: one[name] for name in _OWN if name in one} for request, one in known.items()}
        asking, stored = self.matcher.asking(state.read), partial(still_stored, self.store.postings, source.key)
        return crawl(source, known, asking, self.fetcher, self.reader, now, self.bounds, stored)

    def _complete(self, source: Source, entries: Sequence[Entry], listing: Listing, now: datetime) -> int:
        completer = Completer(
            source=source,
            employer=source.company or listing.name,
            matcher=self.matcher,
            fetcher=self.fetcher,
            reader=self.reader,
            most=self.plan.settings.details,
        )
        return completer.complete(entries, listing, now)

    def _match(self, entries: Sequence[Entry], now: datetime, *, baseline: bool) -> None:
        """Which searches want each posting as it is, and as it was; with reasons where they may be told."""

        def told(saved: SavedSearch, posting: Posting) -> bool:
            return not baseline or within_backfill(saved, posting, now)

        whole = [entry for entry in entries if not entry.lacking and not entry.taken_back]
        found = self.matcher.find([entry.now for entry in whole], now, [entry.seen or now for entry in whole], reasons=told)
        for entry, matches in zip(whole, found, strict=True):
            entry.found = matches
        changed = [(entry, entry.before) for entry in whole if entry.before]
        seen = [entry.seen for entry, _ in changed]
        earlier = self.matcher.find([before for _, before in changed], now, seen, reasons=lambda *_: False)
        for (entry, _), matches in zip(changed, earlier, strict=True):
            entry.found_before = matches

    def _record(
        self, source: Source, state: SourceState, listing: Listing, entries: Sequence[Entry], saved: int, now: datetime
    ) -> Summary:
        announcer = Announcer(store=self.store, plan=self.plan, matcher=self.matcher)
        zone, baseline = self.plan.settings.timezone, state.first_read is None
        recorder = Recorder(store=self.store, announcer=announcer, baseline=baseline, now=now, zone=zone)
        closing = Closing(store=self.store, announcer=announcer, source=source, now=now)
        happened = closing.come_back(listing)
        happened += recorder.record(entries, Differences.of(entries))
        verdict = closing.judge(listing, state)
        happened += closing.count_missing(listing, verdict)
        recorded, counted = summarise(happened), len(listing.ids) if verdict.counts else None
        # An unchanged reading that a power cut takes back costs one more conditional request; so no disk is waited for.
        with self.store.transaction(lasting=not listing.unchanged or bool(happened)):
            closing.keep_drop(listing, verdict)
            self._keep_state(source, state, listing, recorded, counted, saved, now)
        return recorded

    def _keep_state(
        self,
        source: Source,
        state: SourceState,
        listing: Listing,
        recorded: Summary,
        counted: int | None,
        saved: int,
        now: datetime,
    ) -> None:
        sources = self.store.sources
        if state.unreachable:
            sources.hasten_unreachable(now)
        if source.auto and not listing.unchanged:
            learned = interval.learn(state, source.every, changed=recorded.something)
            state = replace(state, interval=learned.total_seconds())
        sources.keep_good(
            source.key,
            now,
            now + interval.after_good(source, state, listing.ttl_minutes),
            changed=recorded.something,
            listed=counted,
            requests=listing.requests,
            saved=saved,
            unproved=listing.unproved,
            interval=state.interval,
        )
        if listing.validators != sources.validators(source.key):
            sources.keep_validators(source.key, listing.validators)
        if not listing.unchanged:
            keep_cut(self.store, source.key, listing.cut, now)

    def _failed(self, source: Source, error: SourceError, now: datetime) -> Report:
        with self.store.transaction():
            why = failed(source, error, self.store.sources, now)
        return Report(source, error=why)


def _report(source: Source, listing: Listing, recorded: Summary) -> Report:
    return Report(
        source,
        unchanged=listing.unchanged,
        listed=len(listing.ids),
        recorded=recorded,
        problems=tuple(listing.problems),
        cut=listing.cut,
        requests=listing.requests,
        moved_to=listing.moved_to,
    )
