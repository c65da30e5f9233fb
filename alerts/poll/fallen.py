"""Entries that fell out of a listing which shows only the latest, while their details were outstanding.

No later listing brings them back to mind, and while they are outstanding nothing may vouch for the list. So they are asked
for as those that are listed, for a while; then they are judged by what the list had said.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.model.pending import Pending
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.poll.crawl import Listing
from alerts.poll.entry import Entry
from alerts.store.postings import Known, Stored
from alerts.store.store import Store

#: What is new is told by what the list had said after this time, rather than ever later.
LONGEST = timedelta(days=1)


def recall_fallen(source: Source, listing: Listing, store: Store) -> list[Entry]:
    """The outstanding postings that this listing, which is not of all, does not show."""
    if listing.complete or listing.unchanged:
        return []
    fallen = [known for known in store.postings.pending_of(source.key) if known.source_id not in listing.raws]
    stored = store.postings.many([known.id for known in fallen])
    return [_entry(known, stored[known.id]) for known in fallen if known.id in stored]


def is_given_up(entry: Entry, now: datetime, most_tries: int) -> bool:
    """Is it asked for no more? What was listed long ago gets one try, a change all of them."""
    if not entry.fallen or entry.known is None or entry.known.pending is None:
        return entry.tries >= most_tries
    late = entry.seen is not None and now - entry.seen >= LONGEST
    enough = {Pending.NEW: late, Pending.BASELINE: late and entry.tries > 0, Pending.CHANGE: False}
    return entry.tries >= most_tries or enough[entry.known.pending]


def _entry(known: Known, stored: Stored) -> Entry:
    # The list's words of a change are not stored: should it be listed again, it is looked at once more.
    key = "" if known.pending is Pending.CHANGE else known.raw
    return Entry(
        raw=_as_listed(stored.posting),
        key=key,
        known=known,
        seen=stored.first_seen,
        before=stored.posting,
        tries=known.tries,
        fallen=True,
    )


def _as_listed(posting: Posting) -> RawPosting:
    """As much as it takes to ask for the details."""
    return RawPosting(posting.source_id, posting.url, posting.title, company=posting.company, detailed=False)
