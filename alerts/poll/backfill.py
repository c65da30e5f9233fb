"""A new or edited search is run over the open jobs that are stored; only ``backfill`` makes it tell what is old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.dedupe.presence import is_over
from alerts.match.matcher import Matcher
from alerts.model.event import EventKind
from alerts.model.pending import Pending
from alerts.model.plan import Plan, SavedSearch
from alerts.model.search import Match
from alerts.notify.context import Context
from alerts.notify.enqueue import enqueue, visible, within_backfill
from alerts.poll.portions import in_portions
from alerts.store.posting_rows import Stored
from alerts.store.store import Store


def backfill(context: Context, now: datetime, rested: Mapping[str, datetime]) -> dict[str, int]:
    """Run every search that is new or was edited; by name how many alerts it owes now.

    ``rested``: by name since when a search could not be run; what came new since then is told.
    """
    return Backfill(store=context.store, plan=context.plan, matcher=context.matcher, rested=rested).run(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """Runs searches over the store."""

    store: Store
    plan: Plan
    matcher: Matcher
    rested: Mapping[str, datetime]

    def run(self, now: datetime) -> dict[str, int]:
        """Run every search that is new or was edited; by name how many alerts it owes now.

        What was told before an edit is not told again: an alert is unique by channel, job and event.
        """
        known = self.store.searches.digests()
        changed = [saved for saved in self.matcher.searches if known.get(saved.name) != saved.digest]
        told = {saved.name: 0 for saved in changed}
        if not changed:
            return told
        for batch in self.store.postings.open():
            for saved in changed:
                told[saved.name] += self._run(saved, batch, now)
            self._ask_for_details(batch, now)
        with self.store.transaction():
            for saved in changed:
                self.store.searches.keep(saved.name, saved.digest, now)
        return told

    def _run(self, saved: SavedSearch, batch: Sequence[Stored], now: datetime) -> int:
        # What is outstanding is judged when its details come, as the new posting that it may be.
        found = [(one, self.matcher.judge(saved, one.posting, now, one.first_seen)) for one in batch]
        wanted = [(one, match) for one, match in found if match.wanted and one.pending is not Pending.NEW]
        return sum(in_portions(self.store, wanted, lambda found: self._keep(saved, *found, now)))

    def _keep(self, saved: SavedSearch, one: Stored, match: Match, now: datetime) -> int:
        """Owe the alert, or remember only that the search wants the job; how many alerts are new."""
        first_seen = None if one.baseline else one.first_seen
        over = is_over(one.posting.expires, now, self.plan.settings.timezone)
        tells = within_backfill(saved, one.posting, now, first_seen) or self._came_meanwhile(saved, first_seen)
        if tells and not over and EventKind.NEW in saved.events:
            shown = visible(self.store, one.job, one.posting, [(saved, match)], now)
            return enqueue(self.store, self.plan, one.job, EventKind.NEW, shown, now)
        self.store.searches.keep_match(saved.name, one.job, now, match.reasons, match.score)
        return 0

    def _came_meanwhile(self, saved: SavedSearch, first_seen: datetime | None) -> bool:
        rested = self.rested.get(saved.name)
        return rested is not None and first_seen is not None and first_seen >= rested

    def _ask_for_details(self, batch: Sequence[Stored], now: datetime) -> None:
        """Postings of which only the list entry is known, and which the searches of now could want, are to be completed.

        Those whose details are outstanding already stay what they are: a new one is no old one because a search was edited.
        """
        brief = [one for one in batch if one.pending is None and not one.posting.detailed]
        wanted = [one for one in brief if self.matcher.could_want(one.posting, now)]
        in_portions(self.store, wanted, lambda one: self.store.postings.keep_tries(one.id, 0, Pending.BASELINE))
