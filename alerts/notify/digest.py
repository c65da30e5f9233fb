"""The weekly summary: what was watched, found, told and hidden, and what is in trouble. It comes when nothing was found, too."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.notify.context import Context

#: The fact under which the time of the next summary is kept.
NEXT = "summary"


def summarise(context: Context, now: datetime) -> bool:
    """Owe the summary when its time has come; the first time only the next one is set. True when one is owed."""
    schedule = context.plan.settings.summary
    if schedule is None:
        return False
    kept = context.store.fact(NEXT)
    following = schedule.next(now, context.plan.settings.timezone)
    if kept is None or datetime.fromisoformat(kept[0]) > following:
        context.store.keep_fact(NEXT, following.isoformat(), now)
        return False
    if datetime.fromisoformat(kept[0]) > now:
        return False
    channel = context.plan.settings.notify or next(iter(context.plan.channels), None)
    with context.store.transaction():
        context.store.keep_fact(NEXT, following.isoformat(), now)
        if channel:
            context.store.outbox.notice(f"summary-{kept[0]}"[:40], channel, "job-alerts: your week", words(context, now), now)
    return channel is not None


def words(context: Context, now: datetime) -> str:
    """The summary as text."""
    week = now - timedelta(days=7)
    events, matched = context.store.events.counts(week), context.store.searches.counts(week)
    sources = context.store.sources.states()
    bad = [state for state in sources if state.trouble or state.failures]
    _, _, open_postings = context.store.postings.count()
    watched = _count(len(sources), "source was", "sources were")
    lines = [
        f"{watched} watched; {_count(open_postings, 'posting is', 'postings are')} open.",
        f"This week: {', '.join(f'{events.get(kind, 0)} {kind}' for kind in ('new', 'changed', 'closed', 'reposted'))}.",
    ]
    lines += [f"{saved.name}: {matched.get(saved.name, 0)} matched" for saved in context.plan.searches]
    for name, counts in sorted(context.store.outbox.counts().items()):
        lines.append(f"{name}: {', '.join(f'{counts[state]} {state}' for state in sorted(counts))} in all")
    if hidden := context.store.marks.hidden(now):
        lines.append(f"Hidden by you: {', '.join(sorted(f'{of} {subject}' for of, subject in hidden))[:500]}")
    lines += [f"Needs a look: {state.name}: {state.trouble or state.error}" for state in bad] or ["All sources are well."]
    return "\n".join(lines)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
