"""A job is marked as saved or applied for, or not any more: the mark and the application change together."""

from __future__ import annotations

from datetime import datetime

from alerts.acts.application_marks import MARKS, take_back
from alerts.acts.applications import Said, by_mark
from alerts.acts.prepare import keep_answers
from alerts.model.plan import Plan
from alerts.store.store import Store


def say(
    store: Store, plan: Plan, mark: str, job: int, now: datetime, *, until: datetime | None = None, note: str = ""
) -> tuple[Said, ...]:
    """Keep a mark of a job; where that means saved or applied for, the application begins. What else to say."""
    with store.transaction():
        store.marks.add(mark, "job", str(job), now, until=until, note=note)
        if mark not in MARKS:
            return ()
        more = by_mark(store, job, mark, now, plan.settings.timezone)
        return more + (keep_answers(store, plan, job, now) if mark == "applied" else ())


def unsay(store: Store, mark: str, job: int, now: datetime) -> int:
    """Take a mark back, and the state that it stands for; how many marks went."""
    with store.transaction():
        take_back(store, job, mark, now)
        return store.marks.remove(mark, "job", str(job))
