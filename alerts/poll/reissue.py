"""Ids that change: a posting that takes the place of one with the same title, place and text is that posting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from alerts.dedupe.places import fold as fold_places
from alerts.dedupe.title import fold as fold_title
from alerts.model.plan import Source
from alerts.model.posting import Posting
from alerts.poll.crawl import Listing
from alerts.poll.entry import Entry
from alerts.store.posting_rows import Known
from alerts.store.store import Store

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"\w+")


def content_block(posting: Posting) -> str:
    """The key by which postings of one source with the same title, place and text find each other."""
    said = [posting.source, fold_title(posting.title), repr(sorted(map(repr, fold_places(posting.places)))), _words(posting)]
    return "c:" + blake2b("\x1f".join(said).encode("utf-8", "replace"), digest_size=9).hexdigest()


def find_reissues(source: Source, entries: Sequence[Entry], listing: Listing, store: Store) -> None:
    """Give the entries that took a stored posting's place, which its listing lacks now, that posting.

    Each stored posting is replaced once. Without any text to go by, only where more than half of the listing came under
    new ids: a board that lists the same few words again under one new id may well have a second opening.
    """
    fresh = [entry for entry in entries if entry.posting and not (entry.lacking or entry.fallen) and _untold(entry)]
    for entry in fresh:
        entry.block = content_block(entry.now)
    missing = store.postings.open_by_key(source.key, sorted({entry.block for entry in fresh if entry.block}))
    listed = listing.ids
    gone = {key: [one for one in rows if one.source_id not in listed] for key, rows in missing.items()}
    pairs = [(entry, rows.pop(0)) for entry in fresh if (rows := gone.get(entry.block or ""))]
    renumbered = len(pairs) > 1 and len(pairs) * 2 > len(listed)
    pairs = [(entry, old) for entry, old in pairs if renumbered or _words(entry.now)]
    _take_over(pairs, store)


def _untold(entry: Entry) -> bool:
    """Was nobody told of it under its own id?"""
    return entry.known is None or (entry.known.pending is not None and not entry.taken_back)


def _take_over(pairs: Sequence[tuple[Entry, Known]], store: Store) -> None:
    stored = store.postings.many([old.id for _, old in pairs])
    for entry, old in pairs:
        if entry.known is not None or old.pending is not None:
            entry.reissue_of = old.job
        elif before := stored.get(old.id):
            entry.known, entry.before, entry.seen = old, before.posting, before.first_seen


def _words(posting: Posting) -> str:
    return " ".join(_WORD.findall(_ADDRESS.sub(" ", posting.text).casefold()))
