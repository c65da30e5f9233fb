"""The marks ``saved`` and ``applied`` say the same as the application of a job; each may be the first to know."""

from __future__ import annotations

from datetime import datetime

from alerts.model.application import BEFORE, Application, State
from alerts.store.store import Store

#: The state that a mark stands for.
MARKS = {"saved": State.SAVED, "applied": State.APPLIED}


def say_by_marks(store: Store, job: int, now: datetime) -> None:
    """After an application changed."""
    known = store.applications.of_job(job)
    states = {state for state, _ in known.states} if known else set()
    there = {mark.mark for mark in store.marks.of("job", str(job))} & set(MARKS)
    wanted = "applied" if states - BEFORE else "saved" if states else None
    if wanted and wanted not in there:
        store.marks.add(wanted, "job", str(job), now)
    for mark in there:
        if wanted is None or (mark == "applied" and wanted == "saved"):
            store.marks.remove(mark, "job", str(job))


def take_back(store: Store, job: int, mark: str, now: datetime) -> None:
    """A mark was taken back, so the state that it stands for was not reached; all else of the application stays."""
    known = store.applications.of_job(job)
    for state, entry in known.states if known else ():
        if state is MARKS.get(mark):
            store.applications.take_back(entry.id, now)


def follow(store: Store, job: int, other: int, now: datetime) -> None:
    """A listing became a job of its own; where the application went with it, so do the marks."""
    if store.applications.of_job(other) is None:
        return
    for mark in store.marks.of("job", str(job)):
        if mark.mark in MARKS:
            store.marks.add(mark.mark, "job", str(other), mark.at)
    if store.applications.of_job(job) is None:
        for name in MARKS:
            store.marks.remove(name, "job", str(job))
    else:
        say_by_marks(store, job, now)


def marked(store: Store) -> dict[tuple[str, int], datetime]:
    """(mark, job) of every job that bears one, under its number of today; since when."""
    found: dict[tuple[str, int], datetime] = {}
    for name in MARKS:
        for mark in store.marks.all(name):
            state = store.postings.job(int(mark.subject)) if mark.of == "job" and mark.subject.isdecimal() else None
            if state:
                found[name, state.id] = mark.at
    return found


def lacks(known: Application | None, mark: str) -> bool:
    """Does the application not know yet what a mark says?"""
    states = {state for state, _ in known.states} if known else set()
    return not states or (mark == "applied" and states <= BEFORE)


def unmarked(store: Store, known: Application, marks: dict[tuple[str, int], datetime], now: datetime) -> bool:
    """What a mark had said is not so any more where the mark is gone; True where anything of that kind was found."""
    gone = [
        entry
        for _, entry in known.states
        if (mark := entry.more.get("mark")) and (mark, known.job) not in marks and ("applied", known.job) not in marks
    ]
    for entry in gone:
        store.applications.take_back(entry.id, now)
    return bool(gone)
