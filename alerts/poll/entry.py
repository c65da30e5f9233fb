"""One entry of a listing on its way through a poll, and which entries of a listing need a look at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.dedupe.changes import content_key
from alerts.dedupe.decide import Heard, Standing, standing
from alerts.model.pending import Pending
from alerts.model.plan import SavedSearch, Source
from alerts.model.posting import Posting
from alerts.model.raw import RawPosting
from alerts.model.search import Match
from alerts.poll.crawl import Listing
from alerts.store.posting_rows import Known
from alerts.store.retention import THINNED
from alerts.store.store import Store

Found = Sequence[tuple[SavedSearch, Match]]


@dataclass(slots=True)
class Entry:
    """One posting that may be new, or may say something new."""

    raw: RawPosting
    #: Hash of what the list said.
    key: str
    known: Known | None = None
    #: When it was first seen: now, unless it is stored.
    seen: datetime | None = None
    #: As the list, and the details where they were read, say it now.
    posting: Posting | None = None
    #: As it was stored, where it was.
    before: Posting | None = None
    #: Its details are wanted and did not come.
    lacking: bool = False
    #: How often they were asked for in vain.
    tries: int = 0
    #: It is outstanding, and fell out of the listing …
    fallen: bool = False
    #: … outstanding since then.
    since: datetime | None = None
    #: The key by which postings of the same words find each other, where it was made.
    block: str | None = None
    #: The job of the posting whose place it took under another id.
    reissue_of: int | None = None
    #: The searches that want it …
    found: Found = field(default=())
    #: … and those that wanted it as it was.
    found_before: Found = field(default=())

    @property
    def standing(self) -> Standing:
        """How it is stored."""
        return standing(self.known is not None, self.known.pending if self.known else None)

    @property
    def taken_back(self) -> bool:
        """The list says again what it said before the change whose details are outstanding."""
        return self.known is not None and self.known.pending is Pending.CHANGE and self.known.raw == self.key

    @property
    def thinned(self) -> bool:
        """It was closed for so long that its text, or more, is no longer stored: what came to it since cannot be told."""
        return self.known is not None and self.known.raw in THINNED

    @property
    def heard(self) -> Heard:
        """What this poll says of it."""
        if self.taken_back:
            return Heard.SAME
        return Heard.LACKING if self.lacking else Heard.WHOLE

    @property
    def now(self) -> Posting:
        """The posting as it is now; raises ValueError before it is normalised."""
        if self.posting is None:
            raise ValueError("a posting is recorded only once it is normalised")
        return self.posting


def recall(source: Source, listing: Listing, store: Store) -> list[Entry]:
    """Those entries that are new, say something new, or of which something is outstanding."""
    known = store.postings.known(source.key, list(listing.raws))
    entries = []
    for source_id, raw in listing.raws.items():
        key, before = content_key(raw), known.get(source_id)
        if before is None or before.raw != key or before.pending:
            entries.append(Entry(raw, key, before, tries=before.tries if before else 0))
    stored = store.postings.many([entry.known.id for entry in entries if entry.known])
    for entry in entries:
        if entry.known and (found := stored.get(entry.known.id)):
            entry.before, entry.seen = found.posting, found.first_seen
    return entries
