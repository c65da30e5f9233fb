"""Which stored postings a listing still shows: what is missing for long is closed, what comes back opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.dedupe import presence
from alerts.dedupe.decide import What
from alerts.dedupe.presence import ListingVerdict, Presence
from alerts.model.event import EventKind
from alerts.model.plan import Source
from alerts.poll.announce import Announcer
from alerts.poll.crawl import Listing
from alerts.poll.summary import Happened
from alerts.store.postings import Known
from alerts.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Closes and opens the postings of one source; call it inside a transaction."""

    store: Store
    announcer: Announcer
    source: Source
    now: datetime

    def judge(self, listing: Listing) -> ListingVerdict:
        """Does the listing count for what it does not show? A sharp drop is remembered until it repeats."""
        if listing.unchanged:
            return ListingVerdict(False, "nothing changed")
        state = self.store.sources.state(self.source.key)
        before = state.dropped if state.dropped is not None else state.listed
        known = len(self.store.postings.open_of(self.source.key))
        verdict = presence.judge_listing(known, len(listing.raws), before, listing.complete)
        dropped = len(listing.raws) if listing.complete and not verdict.counts else None
        self.store.sources.keep_drop(self.source.key, dropped)
        return verdict

    def come_back(self, listing: Listing) -> list[Happened]:
        """What is listed again was never gone; a job that was closed for it is reopened."""
        happened = []
        for one in self.store.postings.known(self.source.key, list(listing.raws)).values():
            if not (one.missed or one.closed):
                continue
            self.store.postings.keep_presence(one.id, 0, None, None)
            job = self.store.postings.job(one.job)
            if job is not None and job.closed is not None:
                self.store.postings.keep_job(job.id, closed=None)
                happened.append(self._tell(EventKind.REOPENED, job.id, one))
        return happened

    def count_missing(self, listing: Listing, verdict: ListingVerdict) -> list[Happened]:
        """Count one more miss for every posting that is not listed; close what is missing for long."""
        happened = []
        for one in self._missing(listing, verdict):
            after = presence.not_seen(Presence(one.missed, one.first_missed), self.now)
            self.store.postings.keep_presence(one.id, after.missed, after.first_missed, after.closed_at)
            if after.closed_at and not self.store.postings.has_open(one.job):
                # The last open posting of a job is closed, and so is the job.
                self.store.postings.keep_job(one.job, closed=self.now)
                happened.append(self._tell(EventKind.CLOSED, one.job, one))
        return happened

    def _missing(self, listing: Listing, verdict: ListingVerdict) -> list[Known]:
        known = self.store.postings.open_of(self.source.key)
        if listing.unchanged:
            # The same listing once more: what it lacked before, it lacks again.
            return [one for one in known if one.missed]
        return [one for one in known if one.source_id not in listing.raws] if verdict.counts else []

    def _tell(self, kind: EventKind, job: int, one: Known) -> Happened:
        event = self.store.events.add(job, kind, self.now, one.id)
        stored = self.store.postings.many([one.id]).get(one.id)
        told = self.announcer.event(kind, event, job, stored.posting, self.now) if stored else 0
        return Happened(What.KNOWN, kind, told)
