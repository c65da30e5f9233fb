"""What is said after sources were read for the first time: what was read, what matches, and why it is told or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from alerts.cli.commands import _judged as judging
from alerts.model.plan import SavedSearch
from alerts.notify.enqueue import is_hidden
from alerts.notify.means import Means
from alerts.render import wording

#: Judgements that are made only to say how near a search was.
MOST_NEAR = 20_000


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
    matched = _matched(means, list(new), now)
    named = {job: _told(means, job) for job in set().union(*matched.values())}
    told = {name: sum(name in named[job] for job in jobs) for name, jobs in matched.items()}
    near = _near([saved for saved in means.plan.searches if not matched[saved.name]], means, read, now)
    for saved in means.plan.searches:
        yield f"  {saved.name}: {_verdict(saved, len(matched[saved.name]), told[saved.name], near.get(saved.name))}"


def _matched(means: Means, sources: Sequence[str], now: datetime) -> dict[str, set[int]]:
    """By search: the jobs of these sources that it wants, as was just found, but for those that are hidden."""
    store, found = means.store, {saved.name: set[int]() for saved in means.plan.searches}
    hidden = store.marks.hidden(now)
    for search, job in store.searches.matches_of(sources):
        if search in found and ("search", search) not in hidden:
            found[search].add(job)
    if hidden:
        gone = {
            job
            for job in set().union(*found.values())
            for one in store.postings.of_job(job)
            if is_hidden(job, one.posting, hidden)
        }
        found = {search: jobs - gone for search, jobs in found.items()}
    return found


def _told(means: Means, job: int) -> set[str]:
    """The searches for which a job is told."""
    return {name for owed in means.store.outbox.told(job) for name in (owed.search, *owed.also)}


def _near(searches: Sequence[SavedSearch], means: Means, postings: int, now: datetime) -> dict[str, int]:
    """By search: how many jobs it missed by one condition; nothing where it would take long to say."""
    if not searches or len(searches) * postings > MOST_NEAR:
        return {}
    return Counter(one.search for one in judging.judged(searches, means.plan, means.store, now, near=True))


def _verdict(saved: SavedSearch, matched: int, told: int, near: int | None) -> str:
    """ "3 jobs match; 1 is told, 2 were there already and are older than backfill = …"."""
    if not matched:
        hint = f"; {_count(near, 'job')} missed by one condition only: job-alerts jobs --near" if near else ""
        return f"nothing matches, so nothing is told{hint}"
    rest = matched - told
    said = f"{_count(matched, 'job')} match{'es' if matched == 1 else ''}"
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
