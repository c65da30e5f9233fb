"""A new or edited search is run over the open jobs that are stored; only ``backfill`` makes it tell what is old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.model.event import EventKind
from alerts.model.plan import SavedSearch
from alerts.notify.enqueue import enqueue, visible, within_backfill
from alerts.notify.means import Means
from alerts.store.postings import Stored


def backfill(means: Means, now: datetime) -> dict[str, int]:
    """Run every search that is new or was edited; by name how many alerts it owes now.

    What was told before an edit is not told again: an alert is unique by channel, job and event.
    """
    known = means.store.searches.digests()
    changed = [saved for saved in means.matcher.searches if known.get(saved.name) != saved.digest]
    told = {saved.name: 0 for saved in changed}
    if not changed:
        return told
    for batch in means.store.postings.open():
        with means.store.transaction():
            for saved in changed:
                told[saved.name] += _run(saved, batch, means, now)
            _ask_for_details(batch, means, now)
    with means.store.transaction():
        for saved in changed:
            means.store.searches.keep(saved.name, saved.digest, now)
    return told


def _run(saved: SavedSearch, batch: Sequence[Stored], means: Means, now: datetime) -> int:
    told = 0
    for one in batch:
        match = means.matcher.judge(saved, one.posting, now, one.first_seen)
        if not match.wanted:
            continue
        first_seen = None if one.quiet else one.first_seen
        if within_backfill(saved, one.posting, now, first_seen) and EventKind.NEW in saved.events:
            shown = visible(means.store, one.job, one.posting, [(saved, match)], now)
            told += enqueue(means.store, means.plan, one.job, EventKind.NEW, shown, now)
        else:
            means.store.searches.keep_match(saved.name, one.job, now, match.reasons, match.score)
    return told


def _ask_for_details(batch: Sequence[Stored], means: Means, now: datetime) -> None:
    """Postings of which only the list entry is known, and which the searches of now could want, are to be completed."""
    for one in batch:
        if not one.posting.detailed and means.matcher.could_want(one.posting, now):
            means.store.postings.keep_tries(one.id, 0, "quiet")
