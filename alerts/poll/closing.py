"""Which stored postings a listing still shows: what is missing for long is closed, what comes back opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.dedupe import presence
from alerts.dedupe.decide import What
from alerts.dedupe.presence import ListingVerdict, Presence
from alerts.model.event import EventKind
from alerts.model.plan import Source
from alerts.poll.announce import Announcer
from alerts.poll.crawl import Listing
from alerts.poll.portions import in_portions
from alerts.poll.summary import Happened
from alerts.store.posting_rows import Known
from alerts.store.sources import SourceState
from alerts.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Closes and opens the postings of one source."""

    store: Store
    announcer: Announcer
    source: Source
    now: datetime

    def come_back(self, listing: Listing) -> list[Happened]:
        """What is listed again was never gone; a job that was closed for it is reopened."""
        return self._each(self.store.postings.gone(self.source.key, list(listing.ids)), self._comes_back)

    def judge(self, listing: Listing, state: SourceState) -> ListingVerdict:
        """Does the listing count for what it does not show?"""
        if listing.unchanged:
            return ListingVerdict(False, "nothing changed")
        before = state.dropped if state.dropped is not None else state.listed
        known = self.store.postings.count_open(self.source.key) if listing.complete else 0
        return presence.judge_listing(known, len(listing.ids), before, listing.complete)

    def count_missing(self, listing: Listing, verdict: ListingVerdict) -> list[Happened]:
        """Count one more miss for every posting that is not listed; close what is missing for long."""
        return self._each(self._missing(listing, verdict), self._is_missing)

    def keep_drop(self, listing: Listing, verdict: ListingVerdict) -> None:
        """A sharp drop is remembered until it repeats; call it inside the last transaction of the poll."""
        if not listing.unchanged:
            dropped = len(listing.ids) if listing.complete and not verdict.counts else None
            self.store.sources.keep_drop(self.source.key, dropped)

    def _each(self, postings: Sequence[Known], work: Callable[[Known], Happened | None]) -> list[Happened]:
        return [one for one in in_portions(self.store, postings, work) if one]

    def _comes_back(self, one: Known) -> Happened | None:
        self.store.postings.keep_presence(one.id, 0, None, None)
        job = self.store.postings.job(one.job)
        if job is None or job.closed is None:
            return None
        self.store.postings.keep_job(job.id, closed=None)
        return self._tell(EventKind.REOPENED, job.id, one)

    def _is_missing(self, one: Known) -> Happened | None:
        after = presence.not_seen(Presence(one.missed, one.first_missed), self.now)
        self.store.postings.keep_presence(one.id, after.missed, after.first_missed, after.closed_at)
        if not after.closed_at or self.store.postings.has_open(one.job):
            return None
        # The last open posting of a job is closed, and so is the job.
        self.store.postings.keep_job(one.job, closed=self.now)
        return self._tell(EventKind.CLOSED, one.job, one)

    def _missing(self, listing: Listing, verdict: ListingVerdict) -> list[Known]:
        if listing.unchanged:
            # The same listing once more: what it lacked before, it lacks again.
            return self.store.postings.missed_of(self.source.key)
        listed = listing.ids
        known = self.store.postings.open_of(self.source.key) if verdict.counts else []
        return [one for one in known if one.source_id not in listed]

    def _tell(self, kind: EventKind, job: int, one: Known) -> Happened:
        event = self.store.events.add(job, kind, self.now, one.id)
        stored = self.store.postings.many([one.id]).get(one.id)
        told = self.announcer.event(kind, event, job, stored.posting, self.now) if stored else 0
        return Happened(What.KNOWN, kind, told)
