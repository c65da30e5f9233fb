"""Find the job that a person names: by short id, address, or a source's own id."""

from __future__ import annotations

from alerts.dedupe.blocks import blocks
from alerts.dedupe.fingerprint import fingerprint
from alerts.model.errors import UsageError
from alerts.model.posting import Posting
from alerts.store.posting_rows import JobState, Stored
from alerts.store.short import number
from alerts.store.store import Store


def job_of(store: Store, words: str) -> JobState:
    """The job; raises UsageError when there is none."""
    found = number(words)
    state = store.postings.job(found) if found is not None else None
    if state is None:
        postings = postings_of(store, words)
        state = store.postings.job(postings[0].job) if postings else None
    if state is None:
        raise UsageError(f"no job is known as {words!r}; name the short id of an alert, the address of a posting or its id")
    return state


def postings_of(store: Store, words: str) -> list[Stored]:
    """The postings that an address or a source's own id names, the exact ones first."""
    keys = blocks(fingerprint(Posting("", "", words, ""))) if "://" in words else ()
    found = store.postings.find(words, keys)
    return sorted(found, key=lambda one: words not in (one.posting.url, one.posting.apply_url, one.posting.source_id))
