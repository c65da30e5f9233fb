"""Entries that fell out of a listing while their details were outstanding.

No later listing brings them back to mind, and while they are outstanding nothing may vouch for the list. So they are asked
for as those that are listed, for a while; then they are judged by what the list had said. Where the listing is of all, that
ends when they count as closed: what nobody can apply for any more is owed to nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.model.pending import Pending
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.poll.crawl import Listing
from alerts.poll.entry import Entry
from alerts.store.listed import Said
from alerts.store.posting_rows import Known, Stored
from alerts.store.store import Store

#: What is new is told by what the list had said after this time, rather than ever later.
LONGEST = timedelta(days=1)


def recall_fallen(source: Source, listing: Listing, store: Store) -> list[Entry]:
    """The outstanding postings that this listing does not show."""
    if listing.unchanged:
        return []
    listed = listing.ids
    fallen = [known for known in store.postings.pending_of(source.key) if known.source_id not in listed]
    stored = store.postings.many([known.id for known in fallen])
    said = store.listed.of([known.id for known in fallen if known.pending is Pending.CHANGE])
    return [_entry(known, stored[known.id], said.get(known.id)) for known in fallen if known.id in stored]


def is_given_up(entry: Entry, now: datetime, most_tries: int) -> bool:
    """Is it asked for no more? What was there before anybody asked gets one try, however late."""
    if not entry.fallen or entry.known is None:
        return entry.tries >= most_tries
    late = entry.since is not None and now - entry.since >= LONGEST
    return entry.tries >= most_tries or (late and (entry.known.pending is not Pending.BASELINE or entry.tries > 0))


def _entry(known: Known, stored: Stored, said: Said | None) -> Entry:
    if said is None:
        # A change of which nobody knows any more what the list said: should it be listed again, it is looked at once more.
        key = "" if known.pending is Pending.CHANGE else known.raw
        said = Said(key, stored.posting, stored.first_seen)
    return Entry(
        raw=_as_listed(said.posting),
        key=said.raw,
        known=known,
        seen=stored.first_seen,
        posting=said.posting,
        before=stored.posting,
        tries=known.tries,
        fallen=True,
        since=said.since,
    )


def _as_listed(posting: Posting) -> RawPosting:
    """As much as it takes to ask for the details."""
    return RawPosting(posting.source_id, posting.url, posting.title, company=posting.company, detailed=False)
