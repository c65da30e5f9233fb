"""What a poll found → alerts owed: as new, as a change, as another event; to the searches that want and ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alerts.dedupe.consolidate import consolidate, in_order
from alerts.match.matcher import Matcher
from alerts.model.event import Change, EventKind
from alerts.model.plan import Plan
from alerts.model.posting import Posting
from alerts.notify.enqueue import enqueue, visible, within_backfill
from alerts.poll.entry import Found
from alerts.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcer:
    """Queues alerts; every method returns how many are new. Call them inside a transaction."""

    store: Store
    plan: Plan
    matcher: Matcher

    def new(self, job: int, posting: Posting, found: Found, now: datetime, changes: Iterable[Change] = ()) -> int:
        """A job is told as new, once for each channel."""
        asked = [(saved, match) for saved, match in found if EventKind.NEW in saved.events]
        shown = visible(self.store, job, posting, asked, now)
        return enqueue(self.store, self.plan, job, EventKind.NEW, shown, now, changes=changes)

    def recent(self, job: int, posting: Posting, found: Found, now: datetime) -> int:
        """A job that was there before anybody asked: only to searches that look back so far."""
        self.remember(job, found, now)
        return self.new(job, posting, [(saved, match) for saved, match in found if within_backfill(saved, posting, now)], now)

    def whole(self, job: int, posting: Posting, now: datetime) -> int:
        """A job with another listing: together they may say what a search waited for."""
        stored = [one.posting for one in self.store.postings.of_job(job) if one.closed is None]
        return self.new(job, posting, self._find(job, consolidate(in_order(stored or [posting])), now), now)

    def event(
        self,
        kind: EventKind,
        number: int,
        job: int,
        posting: Posting,
        now: datetime,
        found: Found | None = None,
        changes: Iterable[Change] = (),
    ) -> int:
        """One event of a job, known by its number. ``found``: the matches, where they are known already."""
        found = self._find(job, posting, now) if found is None else found
        watched = job in self.store.marks.watched()
        asked = [(saved, match) for saved, match in found if kind in saved.events or watched]
        shown = visible(self.store, job, posting, asked, now)
        return enqueue(self.store, self.plan, job, kind, shown, now, key=str(number), changes=changes)

    def remember(self, job: int, found: Found, now: datetime) -> None:
        """Keep that searches want a job, without telling it."""
        if found:
            self.store.searches.keep_matches(job, now, ((saved.name, match) for saved, match in found))

    def _find(self, job: int, posting: Posting, now: datetime) -> Found:
        state = self.store.postings.job(job)
        return self.matcher.find([posting], now, [state.first_seen if state else now])[0]
