"""Find the job that a person names: by short id, address, or a source's own id."""

from __future__ import annotations

from alerts.errors import UsageError
from alerts.store.postings import JobState
from alerts.store.short import number
from alerts.store.store import Store


def job_of(store: Store, words: str) -> JobState:
    """The job; raises UsageError when there is none."""
    found = number(words)
    state = store.postings.job(found) if found is not None else None
    if state is None:
        postings = store.postings.find(words)
        state = store.postings.job(postings[0].job) if postings else None
    if state is None:
        raise UsageError(f"no job is known as {words!r}; name the short id of an alert, the address of a posting or its id")
    return state
