"""Marks that others made or took away (the desk, an older version) become applications, or are none any more."""

from __future__ import annotations

from datetime import datetime

from alerts.acts.application_marks import MARKS, lacks, marked, unmarked
from alerts.acts.applications import begin, keep_what_was_sent
from alerts.store.store import Store


def catch_up(store: Store, now: datetime) -> int:
    """How many applications changed; the posting is kept as it reads now, and says since when."""
    marks = marked(store)
    known = {each.job: each for each in store.applications.all(copies=False)}
    wanting = [(mark, job, at) for (mark, job), at in marks.items() if lacks(known.get(job), mark)]
    for mark, job, at in wanting:
        with store.transaction():
            if lacks(store.applications.of_job(job), mark):
                row, _ = begin(store, job, now)
                store.applications.add(row, "state", MARKS[mark], now, at=min(at, now), more={"mark": mark})
                keep_what_was_sent(store, row, job, MARKS[mark], now)
    return len(wanting) + sum(unmarked(store, each, marks, now) for each in known.values())
