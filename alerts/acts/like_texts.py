"""The texts at the addresses that ``like`` of a search names, as far as they are known; read they are by the daemon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.match.compile import KEYS
from alerts.model.errors import UsageError
from alerts.model.plan import SavedSearch
from alerts.model.posting import Posting
from alerts.model.search import Search
from alerts.store.store import Store

#: Characters of a text that are kept; likeness looks at no more.
MOST = 20_000
ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)


def settled(saved: SavedSearch, store: Store) -> SavedSearch:
    """The search with the texts at the addresses that ``like`` names; raises UsageError where it has nothing to go by."""
    ready, unread = as_known(saved, store)
    if not asks_something(ready.search):
        raise UsageError(
            f"search {saved.name!r}: the job that it shall be like ({', '.join(unread)}) has not been read;"
            " job-alerts poll reads it, or says why it cannot"
        )
    return ready


def as_known(saved: SavedSearch, store: Store) -> tuple[SavedSearch, tuple[str, ...]]:
    """The search with the texts that are known, without asking for any; and the addresses that have not been read."""
    return with_texts(saved, lambda address: known(address, store))


def known(address: str, store: Store) -> str | None:
    """The text that was kept for an address, or that of the stored posting there."""
    if fact := store.fact(f"like:{address}"):
        return fact[0]
    for one in store.postings.find(address, blocks(fingerprint(Posting("", "", address, "")))):
        if one.posting.text:
            return text(one.posting)
    return None


def asks_something(search: Search) -> bool:
    """Is there any condition? A search without one would want every job."""
    return any(getattr(search, key) for key in KEYS)


def with_texts(saved: SavedSearch, text_of: Callable[[str], str | None]) -> tuple[SavedSearch, tuple[str, ...]]:
    """The search with the texts that ``text_of`` knows in place of addresses, and the addresses that it does not know."""
    found = {entry: text_of(entry.strip()) for entry in saved.search.like if ADDRESS.fullmatch(entry)}
    if not found:
        return saved, ()
    texts = tuple(words for entry in saved.search.like if (words := found.get(entry, entry)) is not None)
    # What was read is part of what the search asks for: once it can be read, the search is run over the store again.
    digest = hashlib.sha256("\n".join((saved.digest, *texts)).encode()).hexdigest()[:16]
    unread = tuple(entry.strip() for entry, text in found.items() if text is None)
    return replace(saved, search=replace(saved.search, like=texts), digest=digest), unread


def text(posting: Posting) -> str:
    """What likeness goes by."""
    return f"{posting.title}\n{posting.text}"[:MOST]
