"""What is said after sources were read for the first time: what was read, what matches, and why it is told or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alerts.cli.commands import _judged as judging
from alerts.model.plan import SavedSearch
from alerts.notify.means import Means
from alerts.render import wording


def unread(means: Means) -> set[str]:
    """The sources that were never read."""
    return {state.key for state in means.store.sources.states() if state.first_read is None}


def lines(means: Means, before: set[str], now: datetime) -> Iterator[str]:
    """For a person; nothing where no source was read for the first time."""
    new = {state.key: state for state in means.store.sources.states() if state.key in before and state.first_read is not None}
    if not new:
        return
    names = ", ".join(state.name for state in new.values())
    read = sum(len(means.store.postings.open_of(key)) for key in new)
    yield f"First reading of {names}: {_count(read, 'posting')}, {wording.clock(now, means.plan.settings.timezone)}."
    if not means.plan.searches:
        yield "  There is no search yet, so nothing is told: say what you look for under [[searches]]."
    for saved in means.plan.searches:
        yield f"  {saved.name}: {_verdict(saved, means, now)}"


def _verdict(saved: SavedSearch, means: Means, now: datetime) -> str:
    """ "3 jobs match; 1 is told, 2 were there already and are older than backfill = …"."""
    plan, store = means.plan, means.store
    found = list(judging.judged([saved], plan, store, now, near=False))
    if not found:
        near = sum(1 for _ in judging.judged([saved], plan, store, now, near=True))
        hint = f"; {_count(near, 'job')} missed by one condition only: job-alerts jobs --near" if near else ""
        return f"nothing matches, so nothing is told{hint}"
    told = sum(1 for one in found if any(saved.name in (owed.search, *owed.also) for owed in store.outbox.told(one.job)))
    rest = len(found) - told
    said = f"{_count(len(found), 'job')} match{'es' if len(found) == 1 else ''}"
    if told:
        said += f"; {told} told{'' if saved.when.cron is None else ', when its time comes'}"
    return f"{said}; {rest} not: {_why_not(saved)}" if rest else said


def _why_not(saved: SavedSearch) -> str:
    """What was there before is no news, unless the search asks for it."""
    if not saved.channels:
        return "the search has no channel; write one under [channels.NAME]"
    if saved.backfill:
        return f"older than its backfill of {saved.backfill.days} days (see them: job-alerts jobs)"
    return 'there already when it was first read (see them: job-alerts jobs; backfill = "7d" in the search tells the last week)'


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
