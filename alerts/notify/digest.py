"""The weekly word: what was watched, found, told and hidden, and what is in trouble; a sign of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.notify.means import Means

#: The fact under which the time of the next summary is kept.
NEXT = "summary"


def summarise(means: Means, now: datetime) -> bool:
    """Owe the summary when its time has come; the first time only the next one is set. True when one is owed."""
    schedule = means.plan.settings.summary
    if schedule is None:
        return False
    kept = means.store.fact(NEXT)
    following = schedule.next(now, means.plan.settings.timezone)
    if kept is None or datetime.fromisoformat(kept[0]) > following:
        means.store.keep_fact(NEXT, following.isoformat(), now)
        return False
    if datetime.fromisoformat(kept[0]) > now:
        return False
    channel = means.plan.settings.notify or next(iter(means.plan.channels), None)
    with means.store.transaction():
        means.store.keep_fact(NEXT, following.isoformat(), now)
        if channel:
            means.store.outbox.notice(f"summary-{kept[0]}"[:40], channel, "job-alerts: your week", words(means, now), now)
    return channel is not None


def words(means: Means, now: datetime) -> str:
    """The summary as text."""
    week = now - timedelta(days=7)
    events, matched = means.store.events.counts(week), means.store.searches.counts(week)
    sources = means.store.sources.states()
    bad = [state for state in sources if state.trouble or state.failures]
    _, _, open_postings = means.store.postings.count()
    lines = [
        f"{len(sources)} sources were watched; {open_postings} postings are open.",
        f"This week: {', '.join(f'{events.get(kind, 0)} {kind}' for kind in ('new', 'changed', 'closed', 'reposted'))}.",
    ]
    lines += [f"{saved.name}: {matched.get(saved.name, 0)} matched" for saved in means.plan.searches]
    for name, counts in sorted(means.store.outbox.counts().items()):
        lines.append(f"{name}: {', '.join(f'{counts[state]} {state}' for state in sorted(counts))} in all")
    if hidden := means.store.marks.hidden(now):
        lines.append(f"Hidden by you: {', '.join(sorted(f'{of} {subject}' for of, subject in hidden))[:500]}")
    lines += [f"Needs a look: {state.name}: {state.trouble or state.error}" for state in bad] or ["All sources are well."]
    return "\n".join(lines)
