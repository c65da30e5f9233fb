"""The weekly summary: what was watched, found, told and hidden, and what is in trouble. It comes when nothing was found, too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from alerts.notify.context import Context
from alerts.render.tongue import count, say, speaking

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
            with speaking(context.plan.language_of(context.plan.channels[channel])):
                subject = "job-alerts: " + say("your week")
                context.store.outbox.notice(f"summary-{kept[0]}"[:40], channel, subject, words(context, now), now)
    return channel is not None


def words(context: Context, now: datetime) -> str:
    """The summary as text."""
    week = now - timedelta(days=7)
    plan = context.plan
    events, matched = context.store.events.counts(week), context.store.searches.counts(week)
    sources = context.store.sources.states()
    bad = [state for state in sources if state.trouble or state.failures]
    _, _, open_postings = context.store.postings.count()
    lines = [
        count(len(sources), "{number} source was watched", "{number} sources were watched")
        + count(open_postings, "; {number} posting is open.", "; {number} postings are open."),
        say(
            "This week: {new} new, {changed} changed, {closed} closed, {reposted} reposted.",
            **{kind: events.get(kind, 0) for kind in ("new", "changed", "closed", "reposted")},
        ),
    ]
    lines += [say("{name}: {number} matched", name=saved.name, number=matched.get(saved.name, 0)) for saved in plan.searches]
    for name, counts in sorted(context.store.outbox.counts().items()):
        lines.append(say("{name}: {counts} in all", name=name, counts=", ".join(_counted(counts))))
    if hidden := context.store.marks.hidden(now):
        what = ", ".join(sorted(f"{of} {subject}" for of, subject in hidden))[:500]
        lines.append(say("Hidden by you: {what}", what=what))
    lines += [say("Needs a look: {name}: {why}", name=state.name, why=state.trouble or state.error) for state in bad]
    return "\n".join(lines if bad else [*lines, say("All sources are well.")])


def _counted(counts: Mapping[str, int]) -> list[str]:
    """How many messages are in each state."""
    said = {
        "owed": say("{number} waiting", number=counts.get("owed", 0)),
        "sent": say("{number} sent", number=counts.get("sent", 0)),
        "dead": say("{number} given up", number=counts.get("dead", 0)),
        "dropped": say("{number} not told", number=counts.get("dropped", 0)),
        "counted": say("{number} only counted", number=counts.get("counted", 0)),
    }
    return [said.get(state, f"{counts[state]} {state}") for state in sorted(counts)]
